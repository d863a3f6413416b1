-- Registrars, hosting providers and word lists for deploy/fill. Safe to repeat.
SET client_min_messages = warning;
BEGIN;
LOCK TABLE registrars IN SHARE ROW EXCLUSIVE MODE;
INSERT INTO registrars (handle, suspended, tlds, password_hash, certificates, max_sessions, name, iana_id, street, city,
                        state, postal_code, country, phone, fax, email, url, whois_server, rdap_base, abuse_email, abuse_phone)
SELECT 'fill-' || lpad(k::text, 2, '0'), false, '{}', '', '{}', 0, 'Fill Registrar ' || k, 9900 + k, '{"1 Fill Street"}',
       'Filltown', 'ON', 'K1A0B1', 'CA', '+1.5555550100', '', 'contact@fill-' || k || '.example',
       'https://fill-' || k || '.example/', 'whois.fill-' || k || '.example', 'https://rdap.fill-' || k || '.example/',
       'abuse@fill-' || k || '.example', '+1.5555550101'
FROM generate_series(1, 20) k
ON CONFLICT (handle) DO NOTHING;
WITH made AS (
  INSERT INTO balances (registrar, balance, credit_limit)
  SELECT id, 100000000000, 0 FROM registrars WHERE handle LIKE 'fill-__'
  ON CONFLICT DO NOTHING RETURNING registrar, balance
)
INSERT INTO ledger (at, registrar, kind, amount, what, domain_version, number)
SELECT date_trunc('milliseconds', now()), registrar, 'd', balance, 'deposit: fill', 0, 0 FROM made;
UPDATE registry SET version = version + 1;

-- Providers: P hosts in pairs, external to our TLDs. A domain picks one with a strong preference for the first.
SELECT nextval('transactions') AS first \gset
SELECT setval('transactions', :first + 4096 * 4);
WITH made AS (
INSERT INTO hosts (id, name, sponsor, creator, updater, created, statuses, addresses, version)
SELECT :first + 4096 + 2 * p + n, 'ns' || n || '.provider-' || p || '.example', r.id, r.id, 0,
       '2016-01-01T00:00:00Z', 0, '{}', 1
FROM generate_series(1, 2000) p, generate_series(0, 1) n, registrars r
WHERE r.handle = 'fill-' || lpad((1 + p % 20)::text, 2, '0')
ON CONFLICT (name) DO NOTHING RETURNING id, name)
INSERT INTO history (at, number, kind, object, version, actor, client_id, command, change)
SELECT date_trunc('milliseconds', now()), id, 'H', id, 1, -1, '', 'fill', '{"name":"' || name || '"}' FROM made;
WITH made AS (
INSERT INTO contacts (id, handle, sponsor, creator, updater, created, statuses, international, voice, voice_extension,
                      email, disclose_flag, disclose_fields, version)
SELECT :first + 4096 * 3 + k, 'FILL-TECH-' || lpad(k::text, 2, '0'), r.id, r.id, 0, '2016-01-01T00:00:00Z', 0,
       ARRAY['Hostmaster', 'Provider ' || k, 'Filltown', 'ON', 'K1A0B1', 'CA', '2 Fill Street'], '+1.5555550102', '',
       'hostmaster@provider-' || k || '.example', false, 0, 1
FROM generate_series(1, 20) k, registrars r
WHERE r.handle = 'fill-' || lpad(k::text, 2, '0')
ON CONFLICT (handle) DO NOTHING RETURNING id, handle)
INSERT INTO history (at, number, kind, object, version, actor, client_id, command, change)
SELECT date_trunc('milliseconds', now()), id, 'C', id, 1, -1, '', 'fill', '{"id":"' || handle || '"}' FROM made;

-- Words that end in letters beyond f, so that a hexadecimal number behind them stays apart.
CREATE TABLE IF NOT EXISTS fill_words (n int PRIMARY KEY, word text NOT NULL);
INSERT INTO fill_words
SELECT ordinality - 1, word FROM unnest(string_to_array(
  'amber ocean silver maple winter summer harbor garden forest mountain river crystal golden velvet copper hollow '
  'bright gentle ancient modern public common open civic northern southern eastern western coastal valley upland '
  'lantern compass anchor beacon bridges meadow willow cedar juniper heron falcon otter salmon marlin robin '
  'mission charity support mentor scholar children youth family health justice hunger shelter water animal '
  'housing learning library museum heritage culture music theater gallery studio orchestr festival', ' ')) WITH ORDINALITY AS w(word, ordinality)
ON CONFLICT DO NOTHING;
COMMIT;
