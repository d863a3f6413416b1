-- A renewal as lean classical SQL: the rows that Postel writes, in the same tables, in one transaction.
\set number random(1, 100000)
BEGIN;
SELECT balance, credit_limit FROM balances WHERE registrar = 100000 + :client_id;
SELECT id, expires, statuses, phase, sponsor, version FROM domains WHERE name = 'peer-' || :number || '.org' FOR NO KEY UPDATE \gset
\include renew_rows.sql
COMMIT;
