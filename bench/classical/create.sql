-- A domain create as lean classical SQL: the same rows in the same tables, eleven statements, one transaction.
\set number random(1, 1000000000)
BEGIN;
SELECT balance, credit_limit FROM balances WHERE registrar = 100000 + :client_id;
SELECT id FROM domains WHERE name = md5(:number::text) || '-' || :run || '.org';
SELECT id, addresses FROM hosts WHERE name IN ('ns1.demo.org', 'ns2.demo.org') ORDER BY id FOR KEY SHARE;
SELECT id FROM contacts WHERE handle = 'demo-contact' FOR KEY SHARE;
INSERT INTO domains (id, name, sponsor, creator, updater, created, expires, statuses, auth, registrant, contacts, contact_roles, name_servers, ds, phase, grace, version) VALUES (nextval('classical_ids'), md5(:number::text) || '-' || :run || '.org', 1, 1, 0, now(), now() + interval '1 year', 0, decode(md5('a') || md5('b') || md5('c'), 'hex'), 1, '{1,1}', 'at', '{1,2}', '{}', 0, '1 1800000000000 900 1 1', 1) RETURNING id \gset
INSERT INTO links SELECT t, :id, r FROM unnest('{1,2,3,3,3}'::bigint[], '{n,n,r,a,t}'::"char"[]) x(t, r);
INSERT INTO calendar VALUES (now() + interval '5 days', :id);
INSERT INTO history (at, number, kind, object, version, actor, client_id, command, change) VALUES (now(), :id, 'D', :id, 1, 1, 'load', 'domain-create', '{"name":"sql-0000000000-00-0000000000.org","sponsor":1,"expires":"2027-11-23T00:00:00.000Z","registrant":3,"contacts":["a3","t3"],"name_servers":[1,2],"auth":"set"}');
INSERT INTO ledger (at, registrar, kind, amount, what, domain, domain_version, number) VALUES (now(), 100000 + :client_id, 'c', -900, 'create', :id, 1, :id);
INSERT INTO feed (ordinal, kind, object, name, tld) VALUES (1, 'D', :id, md5(:number::text) || '-' || :run || '.org', 'org');
UPDATE balances SET balance = balance - 900 WHERE registrar = 100000 + :client_id;
COMMIT;
