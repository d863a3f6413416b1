\include links.sql
INSERT INTO calendar VALUES (now() + interval '5 days', :id);
INSERT INTO history (at, number, kind, object, version, actor, client_id, command, change) VALUES (now(), :id, 'D', :id, 1, 1, 'load', 'domain-create', '{"name":"n0000000000-sql-00000000.org","expires":"2027-11-25T00:00:00.000Z","auth":"set","registrant":100003,"contacts":[{"role":"admin","contact":100003},{"role":"tech","contact":100003}],"name_servers":[100001,100002],"grace":[{"kind":"add","ends":"2026-11-30T00:00:00.000Z","fee":900,"payer":1,"years":1}],"sponsor":1,"creator":1,"created":"2026-11-25T00:00:00.000Z"}');
INSERT INTO ledger (at, registrar, kind, amount, what, domain, domain_version, number) VALUES (now(), 100000 + :client_id, 'c', -900, 'create', :id, 1, :id);
INSERT INTO feed (ordinal, kind, object, name, tld) VALUES (0, 'D', :id, 'n' || :number || '-sql-' || :run || '.org', 'org');
UPDATE balances SET balance = balance - 900 WHERE registrar = 100000 + :client_id;
