-- What the classical side needs: balances of its own, so that its clients do not wait for one row, and 100,000 names to
-- renew, check and read. The audit is not run on a registry that was measured.
CREATE SEQUENCE classical_ids START 1000000000000 CACHE 100;
INSERT INTO balances (registrar, balance, credit_limit)
SELECT 100000 + k, 1000000000000, 0 FROM generate_series(0, 255) k;
INSERT INTO domains (id, name, sponsor, creator, updater, created, expires, statuses, auth, registrant, contacts,
                     contact_roles, name_servers, ds, phase, grace, version)
SELECT nextval('classical_ids'), 'peer-' || n || '.org', 1, 1, 0, now(), now() + interval '1 year', 0,
       decode(md5('a') || md5('b') || md5('c'), 'hex'), c.id, ARRAY[c.id, c.id], 'at',
       (SELECT array_agg(h.id ORDER BY h.id) FROM hosts h WHERE h.name IN ('ns1.demo.org', 'ns2.demo.org')), '{}', 0, '', 1
FROM generate_series(1, 100000) n, contacts c WHERE c.handle = 'demo-contact';
