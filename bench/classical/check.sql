-- Is the name taken? One prepared statement.
\set number random(1, 100000)
SELECT id FROM domains WHERE name = 'peer-' || :number || '.org';
