-- The same rows by COPY in one transaction: what the tables and their indexes cost, and nothing else.
SELECT extract(epoch FROM clock_timestamp());
BEGIN;
\copy domains FROM 'domains' (FORMAT binary)
\copy links FROM 'links' (FORMAT binary)
\copy calendar FROM 'calendar' (FORMAT binary)
\copy history FROM 'history' (FORMAT binary)
\copy ledger FROM 'ledger' (FORMAT binary)
\copy feed (ordinal, kind, object, name, tld) FROM 'feed' (FORMAT binary)
COMMIT;
SELECT extract(epoch FROM clock_timestamp());
