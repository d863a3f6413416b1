-- A renewal as one call of a stored function (functions.sql).
\set number random(1, 100000)
SELECT classical_renew('peer-' || :number || '.org', 100000 + :client_id);
