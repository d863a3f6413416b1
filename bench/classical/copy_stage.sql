-- The rows of `rows` creates, made by the stored function in tables without indexes; then COPY takes them from there.
CREATE SCHEMA staging;
CREATE UNLOGGED TABLE staging.domains (LIKE public.domains INCLUDING INDEXES INCLUDING DEFAULTS INCLUDING GENERATED);  -- the function looks for its name
CREATE UNLOGGED TABLE staging.links (LIKE public.links);
CREATE UNLOGGED TABLE staging.calendar (LIKE public.calendar);
CREATE UNLOGGED TABLE staging.history (LIKE public.history);
CREATE UNLOGGED TABLE staging.ledger (LIKE public.ledger);
CREATE UNLOGGED TABLE staging.feed (LIKE public.feed INCLUDING DEFAULTS);
CREATE UNLOGGED TABLE staging.balances (LIKE public.balances);  -- stays empty: one row that is updated again and again is slow
SET search_path = staging, public;
SELECT count(classical_create('n' || n * 2654435761 % 4294967296 || '-copy-' || :'run' || '.org', 100000))
FROM generate_series(1, :rows::bigint) n;
\copy staging.domains TO 'domains' (FORMAT binary)
\copy (SELECT * FROM staging.links) TO 'links' (FORMAT binary)
\copy (SELECT * FROM staging.calendar) TO 'calendar' (FORMAT binary)
\copy (SELECT * FROM staging.history) TO 'history' (FORMAT binary)
\copy (SELECT * FROM staging.ledger) TO 'ledger' (FORMAT binary)
\copy (SELECT row_number() OVER ()::int, kind, object, name, tld FROM staging.feed) TO 'feed' (FORMAT binary)
DROP SCHEMA staging CASCADE;
