-- A create and a renewal as one stored function each: the same rows, one round trip, plans kept by the server.
CREATE FUNCTION classical_create(new_name text, payer int) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  new_id bigint := nextval('public.classical_ids');
BEGIN
  PERFORM balance, credit_limit FROM balances WHERE registrar = payer;
  PERFORM id FROM domains WHERE name = new_name;
  IF FOUND THEN RETURN NULL; END IF;
  PERFORM id, addresses FROM hosts WHERE name IN ('ns1.demo.org', 'ns2.demo.org') ORDER BY id FOR KEY SHARE;
  PERFORM id FROM contacts WHERE handle = 'demo-contact' FOR KEY SHARE;
  INSERT INTO domains (id, name, sponsor, creator, updater, created, expires, statuses, auth, registrant, contacts,
                       contact_roles, name_servers, ds, phase, grace, version)
  VALUES (new_id, new_name, 1, 1, 0, now(), now() + interval '1 year', 0,
          decode(md5('a') || md5('b') || md5('c'), 'hex'), 3, '{3,3}', 'at', '{1,2}', '{}', 0, '1 1800000000000 900 1 1', 1);
  \include links.sql
  INSERT INTO calendar VALUES (now() + interval '5 days', new_id);
  INSERT INTO history (at, number, kind, object, version, actor, client_id, command, change)
  VALUES (now(), new_id, 'D', new_id, 1, 1, 'load', 'domain-create',
          '{"name":"n0000000000-sql-00000000.org","expires":"2027-11-25T00:00:00.000Z","auth":"set","registrant":100003,"contacts":[{"role":"admin","contact":100003},{"role":"tech","contact":100003}],"name_servers":[100001,100002],"grace":[{"kind":"add","ends":"2026-11-30T00:00:00.000Z","fee":900,"payer":1,"years":1}],"sponsor":1,"creator":1,"created":"2026-11-25T00:00:00.000Z"}');
  INSERT INTO ledger (at, registrar, kind, amount, what, domain, domain_version, number)
  VALUES (now(), payer, 'c', -900, 'create', new_id, 1, new_id);
  INSERT INTO feed (ordinal, kind, object, name, tld) VALUES (0, 'D', new_id, new_name, 'org');
  UPDATE balances SET balance = balance - 900 WHERE registrar = payer;
  RETURN new_id;
END $$;

CREATE FUNCTION classical_renew(renewed_name text, payer int) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  old record;
BEGIN
  PERFORM balance, credit_limit FROM balances WHERE registrar = payer;
  SELECT id, expires, statuses, phase, sponsor, version INTO old FROM domains WHERE name = renewed_name FOR NO KEY UPDATE;
  UPDATE domains SET expires = expires + interval '1 year', version = version + 1, updater = 1, updated = now(),
                     grace = '2 1800000000000 900 1 1' WHERE id = old.id;
  INSERT INTO calendar VALUES (now() + interval '5 days', old.id) ON CONFLICT DO NOTHING;
  INSERT INTO history (at, number, kind, object, version, actor, client_id, command, change)
  VALUES (now(), old.id, 'D', old.id, old.version + 1, 1, 'load', 'domain-renew',
          '{"expires":"2028-11-25T00:00:00.000Z","grace":[{"kind":"renew","ends":"2026-11-30T00:00:00.000Z","fee":900,"payer":1,"years":1}],"updated":"2026-11-25T00:00:00.000Z"}');
  INSERT INTO ledger (at, registrar, kind, amount, what, domain, domain_version, number)
  VALUES (now(), payer, 'c', -900, 'renew', old.id, old.version + 1, old.id);
  INSERT INTO feed (ordinal, kind, object, name, tld) VALUES (0, 'D', old.id, renewed_name, 'org');
  UPDATE balances SET balance = balance - 900 WHERE registrar = payer;
  RETURN old.id;
END $$;
