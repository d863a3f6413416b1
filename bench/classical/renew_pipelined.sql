-- The statements of renew.sql without waiting for any answer. prepare.sql made the ids, so the client knows them.
\set number random(1, 100000)
\set id 3000000000000 + :number
\startpipeline
BEGIN;
SELECT balance, credit_limit FROM balances WHERE registrar = 100000 + :client_id;
SELECT id, expires, statuses, phase, sponsor, version FROM domains WHERE name = 'peer-' || :number || '.org' FOR NO KEY UPDATE;
\include renew_rows.sql
COMMIT;
\endpipeline
