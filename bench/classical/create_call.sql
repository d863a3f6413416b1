-- A domain create as one call of a stored function (functions.sql).
\set next :next + 1
\set number permute(:next * 64 + :client_id, 4294967296)
SELECT classical_create('n' || :number || '-call-' || :run || '.org', 100000 + :client_id);
