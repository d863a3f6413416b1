-- The statements of create.sql without waiting for any answer. No answer can be used, so the client makes the id.
\set next :next + 1
\set number permute(:next * 64 + :client_id, 4294967296)
\set id 1000000000000000000 + :run * 1000000000 + :client_id * 10000000 + :next
\startpipeline
BEGIN;
SELECT balance, credit_limit FROM balances WHERE registrar = 100000 + :client_id;
SELECT id FROM domains WHERE name = 'n' || :number || '-pipe-' || :run || '.org';
SELECT id, addresses FROM hosts WHERE name IN ('ns1.demo.org', 'ns2.demo.org') ORDER BY id FOR KEY SHARE;
SELECT id FROM contacts WHERE handle = 'demo-contact' FOR KEY SHARE;
INSERT INTO domains (id, name, sponsor, creator, updater, created, expires, statuses, auth, registrant, contacts, contact_roles, name_servers, ds, phase, grace, version) VALUES (:id, 'n' || :number || '-pipe-' || :run || '.org', 1, 1, 0, now(), now() + interval '1 year', 0, decode(md5('a') || md5('b') || md5('c'), 'hex'), 3, '{3,3}', 'at', '{1,2}', '{}', 0, '1 1800000000000 900 1 1', 1);
\include links.sql
INSERT INTO calendar VALUES (now() + interval '5 days', :id);
INSERT INTO history (at, number, kind, object, version, actor, client_id, command, change) VALUES (now(), :id, 'D', :id, 1, 1, 'load', 'domain-create', '{"name":"n0000000000-pipe-00000000.org","expires":"2027-11-25T00:00:00.000Z","auth":"set","registrant":100003,"contacts":[{"role":"admin","contact":100003},{"role":"tech","contact":100003}],"name_servers":[100001,100002],"grace":[{"kind":"add","ends":"2026-11-30T00:00:00.000Z","fee":900,"payer":1,"years":1}],"sponsor":1,"creator":1,"created":"2026-11-25T00:00:00.000Z"}');
INSERT INTO ledger (at, registrar, kind, amount, what, domain, domain_version, number) VALUES (now(), 100000 + :client_id, 'c', -900, 'create', :id, 1, :id);
INSERT INTO feed (ordinal, kind, object, name, tld) VALUES (0, 'D', :id, 'n' || :number || '-pipe-' || :run || '.org', 'org');
UPDATE balances SET balance = balance - 900 WHERE registrar = 100000 + :client_id;
COMMIT;
\endpipeline
