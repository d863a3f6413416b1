-- A domain create as lean classical SQL: the rows that Postel writes, in the same tables, by prepared statements in one
-- transaction. `next` counts the client's transactions; names are scattered over the alphabet, as Postel's are.
\set next :next + 1
\set number permute(:next * 64 + :client_id, 4294967296)
BEGIN;
SELECT balance, credit_limit FROM balances WHERE registrar = 100000 + :client_id;
SELECT id FROM domains WHERE name = 'n' || :number || '-sql-' || :run || '.org';
SELECT id, addresses FROM hosts WHERE name IN ('ns1.demo.org', 'ns2.demo.org') ORDER BY id FOR KEY SHARE;
SELECT id FROM contacts WHERE handle = 'demo-contact' FOR KEY SHARE;
INSERT INTO domains (id, name, sponsor, creator, updater, created, expires, statuses, auth, registrant, contacts, contact_roles, name_servers, ds, phase, grace, version) VALUES (nextval('classical_ids'), 'n' || :number || '-sql-' || :run || '.org', 1, 1, 0, now(), now() + interval '1 year', 0, decode(md5('a') || md5('b') || md5('c'), 'hex'), 3, '{3,3}', 'at', '{1,2}', '{}', 0, '1 1800000000000 900 1 1', 1) RETURNING id \gset
\include create_rows.sql
COMMIT;
