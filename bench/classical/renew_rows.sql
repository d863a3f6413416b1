UPDATE domains SET expires = expires + interval '1 year', version = version + 1, updater = 1, updated = now(), grace = '2 1800000000000 900 1 1' WHERE id = :id;
INSERT INTO calendar VALUES (now() + interval '5 days', :id) ON CONFLICT DO NOTHING;
INSERT INTO history (at, number, kind, object, version, actor, client_id, command, change) VALUES (now(), :id, 'D', :id, 2, 1, 'load', 'domain-renew', '{"expires":"2028-11-25T00:00:00.000Z","grace":[{"kind":"renew","ends":"2026-11-30T00:00:00.000Z","fee":900,"payer":1,"years":1}],"updated":"2026-11-25T00:00:00.000Z"}');
INSERT INTO ledger (at, registrar, kind, amount, what, domain, domain_version, number) VALUES (now(), 100000 + :client_id, 'c', -900, 'renew', :id, 2, :id);
INSERT INTO feed (ordinal, kind, object, name, tld) VALUES (0, 'D', :id, 'peer-' || :number || '.org', 'org');
UPDATE balances SET balance = balance - 900 WHERE registrar = 100000 + :client_id;
