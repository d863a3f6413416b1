-- Domains number :from to :to. All that is random is a hash of the number, so that it is always the same.
SET client_min_messages = warning;
BEGIN;
SELECT nextval('transactions') AS first, 4 * (:to - :from + 1) AS ids \gset
SELECT setval('transactions', :first + 4096 * (2 + :ids / 4096));

CREATE TEMP TABLE chosen ON COMMIT DROP AS
WITH numbers AS (
  SELECT i, :first + 4096 + 4 * (i - :from) AS id,
         abs(hashint8extended(i, 1) % 1000000) AS a, abs(hashint8extended(i, 2) % 1000000) AS b,
         abs(hashint8extended(i, 3) % 1000000) AS c, abs(hashint8extended(i, 4) % 1000000) AS d,
         (SELECT count(*) FROM fill_words) AS words
  FROM generate_series(:from::bigint, :to::bigint) i
), drawn AS (
  SELECT n.*, x.word || CASE WHEN n.c % 3 = 0 THEN '' ELSE '-' END || y.word || to_hex(n.i) AS label,
         CASE WHEN n.a % 10 < 8 THEN 'org' WHEN n.a % 10 = 8 THEN 'ngo' ELSE 'ong' END AS tld,
         date_trunc('second', timestamptz '2025-06-01' - make_interval(secs => n.b * 300.0)) AS created,
         -- 2000^u - 1: a few providers have most of the domains.
         1 + floor(power(2000.0, n.c / 1000000.0) - 1)::int AS provider,
         1 + n.d % 20 AS registrar_number
  FROM numbers n JOIN fill_words x ON x.n = n.a % n.words JOIN fill_words y ON y.n = n.b % n.words
)
SELECT d.*, d.label || '.' || d.tld AS name, r.id AS sponsor, t.id AS tech,
       extract(year FROM age(now(), d.created))::int + 1 + (CASE WHEN d.d % 10 = 0 THEN 2 ELSE 0 END) AS years,
       d.d % 50 = 7 AS glue, d.a % 25 = 3 AS signed,
       ARRAY[p0.id, p1.id] AS provider_hosts
FROM drawn d
JOIN registrars r ON r.handle = 'fill-' || lpad(registrar_number::text, 2, '0')
JOIN contacts t ON t.handle = 'FILL-TECH-' || lpad(registrar_number::text, 2, '0')
JOIN hosts p0 ON p0.name = 'ns0.provider-' || d.provider || '.example'
JOIN hosts p1 ON p1.name = 'ns1.provider-' || d.provider || '.example';

INSERT INTO contacts (id, handle, sponsor, creator, updater, created, statuses, international, voice, voice_extension,
                      email, disclose_flag, disclose_fields, version)
SELECT id + 1, 'FILL-' || lpad(i::text, 10, '0'), sponsor, sponsor, 0, created, 0,
       ARRAY['Holder ' || i, initcap(replace(label, '-', ' ')), 'Filltown', 'ON', 'K1A0B1', 'CA', i || ' Fill Street'],
       '+1.555' || lpad((i % 10000000)::text, 7, '0'), '', 'holder@' || name, false, 0, 1
FROM chosen ORDER BY id;

INSERT INTO hosts (id, name, sponsor, creator, updater, created, statuses, addresses, superordinate, version)
SELECT id + 2 + n, 'ns' || n + 1 || '.' || name, sponsor, sponsor, 0, created, 0,
       ARRAY[('208.77.190.' || 192 + (i + n) % 64)::inet, ('2602:800:900e:1257::' || to_hex((i + n) % 65536))::inet], id, 1
FROM chosen, generate_series(0, 1) n WHERE glue ORDER BY id;

INSERT INTO domains (id, name, sponsor, creator, updater, created, expires, statuses, registrant, contacts, contact_roles,
                     name_servers, ds, phase, grace, version)
SELECT id, name, sponsor, sponsor, 0, created, created + make_interval(years => years), 0, id + 1, ARRAY[id + 1, tech], 'at',
       CASE WHEN glue THEN ARRAY[id + 2, id + 3] ELSE provider_hosts END,
       CASE WHEN signed THEN ARRAY[(d % 65535 + 1) || ' 13 2 ' || upper(md5(name) || md5(name || '!'))] ELSE '{}' END, 0, '', 1
FROM chosen ORDER BY id;

INSERT INTO links (target, domain, role)
SELECT unnest(CASE WHEN glue THEN ARRAY[id + 2, id + 3] ELSE provider_hosts END), id, 'n'::"char" FROM chosen
UNION ALL SELECT id + 1, id, 'r' FROM chosen
UNION ALL SELECT id + 1, id, 'a' FROM chosen
UNION ALL SELECT tech, id, 't' FROM chosen;

INSERT INTO calendar (at, domain) SELECT created + make_interval(years => years), id FROM chosen;

INSERT INTO history (at, number, kind, object, version, actor, client_id, command, change)
SELECT date_trunc('milliseconds', now()), id, 'D', id, 1, -1, '', 'fill', '{"name":"' || name || '"}' FROM chosen
UNION ALL
SELECT date_trunc('milliseconds', now()), id, 'C', id + 1, 1, -1, '', 'fill', '{"id":"FILL-' || lpad(i::text, 10, '0') || '"}' FROM chosen
UNION ALL
SELECT date_trunc('milliseconds', now()), id, 'H', id + 2 + n, 1, -1, '', 'fill', '{"name":"ns' || n + 1 || '.' || name || '"}'
FROM chosen, generate_series(0, 1) n WHERE glue;
INSERT INTO ledger (at, registrar, kind, amount, what, domain, domain_version, number)
SELECT date_trunc('milliseconds', now()), sponsor, 'c', -900, 'create', id, 1, id FROM chosen;
UPDATE balances SET balance = balance - spent
FROM (SELECT sponsor, 900 * count(*) AS spent FROM chosen GROUP BY sponsor) s WHERE registrar = s.sponsor;
INSERT INTO feed (ordinal, kind, object, name, tld)
SELECT row_number() OVER (ORDER BY tld), 'D', id, name, tld FROM (SELECT DISTINCT ON (tld) * FROM chosen ORDER BY tld) one_of_each;
COMMIT;
