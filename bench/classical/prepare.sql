-- What the classical side needs: balances of its own, so that its clients do not wait for one row, and 100,000 names to
-- renew, check and read, with two hosts, a registrant and two contacts, and a DS record. The audit is not run on a
-- registry that was measured: nobody keeps its promises for these rows.
CREATE SEQUENCE classical_ids START 1000000000000 CACHE 100;
INSERT INTO balances (registrar, balance, credit_limit)
SELECT 100000 + k, 1000000000000, 0 FROM generate_series(0, 255) k;

-- Names PREFIX-n.org that were made a year ago, so no grace period runs, and expire a year from the day of the first call.
CREATE PROCEDURE classical_names(prefix text, first_number bigint, last_number bigint, first_id bigint) LANGUAGE sql AS $$
  INSERT INTO domains (id, name, sponsor, creator, updater, created, expires, statuses, auth, registrant, contacts,
                       contact_roles, name_servers, ds, phase, grace, version)
  SELECT first_id + n, prefix || '-' || n || '.org', r.id, r.id, 0, now() - interval '1 year',
         coalesce((SELECT expires FROM domains WHERE name = 'peer-1.org'), now() + interval '1 year'), 0,
         decode(md5('a') || md5('b') || md5('c'), 'hex'), c.id, ARRAY[c.id, c.id], 'at', h.ids,
         '{12345 13 2 49FD46E6C4B45C55D4AC69CBD3CD34AC1AFE51DE49FD46E6C4B45C55D4AC69CB}', 0, '', 1
  FROM registrars r, contacts c,
       (SELECT array_agg(id ORDER BY id) AS ids FROM hosts WHERE name IN ('ns1.demo.org', 'ns2.demo.org')) h,
       generate_series(first_number, last_number) n
  WHERE r.handle = 'gold' AND c.handle = 'demo-contact'
$$;
CALL classical_names('peer', 1, 100000, 3000000000000);
