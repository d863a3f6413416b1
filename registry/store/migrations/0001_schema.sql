-- The schema of the registry. Lean on purpose: index entries are what a create costs.
-- No foreign keys: the store locks what it refers to, and `postelctl audit` checks the references.

-- Raises an error of our own from inside a statement: a COMMIT that was sent behind it in the same
-- batch then does not happen.
CREATE FUNCTION refuse(state text, reason text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', reason USING ERRCODE = state;
END $$;

-- What every process holds in memory (model/directory.h) ------------------------------------------

CREATE TABLE registry (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  version bigint NOT NULL DEFAULT 1,  -- of this row, tlds, idn_tables, registrars and credit limits together
  repository_id text NOT NULL CHECK (repository_id <> ''),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  sandbox boolean NOT NULL,
  clock_offset_ms bigint NOT NULL DEFAULT 0,
  contact_transfer_wait_ms bigint NOT NULL DEFAULT 5 * 86400000,
  contact_auth_info_ttl_ms bigint NOT NULL DEFAULT 14 * 86400000,  -- 0: authInfo does not end
  maintenance_courtesy_ms bigint NOT NULL DEFAULT 86400000,  -- 0: registrars are not reminded
  CONSTRAINT only_a_sandbox_moves_its_clock CHECK (sandbox OR clock_offset_ms = 0),
  CHECK (contact_transfer_wait_ms >= 0 AND contact_auth_info_ttl_ms >= 0),
  CHECK (maintenance_courtesy_ms >= 0),
  CONSTRAINT clock_stays_within_a_century CHECK (abs(clock_offset_ms) <= 36525 * 86400000::bigint)
);

CREATE FUNCTION keep_registry_as_made() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR NEW.sandbox <> OLD.sandbox OR NEW.repository_id <> OLD.repository_id THEN
    RAISE EXCEPTION 'the registry''s row stays as it was made' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_registry_as_made BEFORE UPDATE OR DELETE ON registry
  FOR EACH ROW EXECUTE FUNCTION keep_registry_as_made();
CREATE TRIGGER keep_registry BEFORE TRUNCATE ON registry
  FOR EACH STATEMENT EXECUTE FUNCTION keep_registry_as_made();

CREATE TABLE tlds (
  tld text COLLATE "C" PRIMARY KEY,
  policy text NOT NULL,  -- model/tld_policy.h, FormatTldPolicy
  listed boolean NOT NULL DEFAULT false  -- listed_labels has some of its labels
);

CREATE TABLE idn_tables (
  id text COLLATE "C" PRIMARY KEY,
  content text NOT NULL  -- model/idn_table.h, ParseIdnTable
);

CREATE TABLE registrars (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  handle text COLLATE "C" NOT NULL UNIQUE,
  suspended boolean NOT NULL,
  tlds text[] NOT NULL,
  password_hash text NOT NULL CHECK (password_hash = '' OR password_hash LIKE '$argon2id$%'),
  certificates bytea[] NOT NULL,  -- SHA-256 of each
  max_sessions int NOT NULL,
  name text NOT NULL,
  iana_id int NOT NULL,
  street text[] NOT NULL,
  city text NOT NULL,
  state text NOT NULL,
  postal_code text NOT NULL,
  country text NOT NULL,
  phone text NOT NULL,
  fax text NOT NULL,
  email text NOT NULL,
  url text NOT NULL,
  whois_server text NOT NULL,
  rdap_base text NOT NULL,
  abuse_email text NOT NULL,
  abuse_phone text NOT NULL,
  password_set timestamptz NOT NULL,
  password_days int NOT NULL CHECK (password_days >= 0),  -- after which it expires; 0: never
  minimum_data boolean NOT NULL DEFAULT false,  -- where a TLD leaves the data model to registrars
  admin_name text NOT NULL DEFAULT '',
  admin_phone text NOT NULL DEFAULT '',
  admin_fax text NOT NULL DEFAULT '',
  admin_email text NOT NULL DEFAULT '',
  tech_name text NOT NULL DEFAULT '',
  tech_phone text NOT NULL DEFAULT '',
  tech_fax text NOT NULL DEFAULT '',
  tech_email text NOT NULL DEFAULT ''
);

-- Labels that are withheld or premium, beside the policies' own short lists: never held whole by a
-- process, looked up for the names at hand (tlds.listed: is there anything to look up?).
CREATE TABLE listed_labels (
  tld text COLLATE "C" NOT NULL,
  label text COLLATE "C" NOT NULL,
  kind "char" NOT NULL CHECK (kind IN ('r', 'b', 'p')),  -- reserved, blocked, premium
  premium_class text CHECK (premium_class <> ''),  -- of the TLD's policy
  PRIMARY KEY (tld, label),
  CHECK (CASE kind WHEN 'p' THEN premium_class IS NOT NULL WHEN 'b' THEN premium_class IS NULL
         ELSE true END)
);

-- Every change of them, append only.
CREATE TABLE listed_label_changes (
  at timestamptz NOT NULL,
  actor text NOT NULL,  -- the operator's user name
  reason text NOT NULL,
  tld text COLLATE "C" NOT NULL,
  label text COLLATE "C" NOT NULL,
  kind "char",  -- what it became; NULL: removed
  premium_class text
);

-- Of RFC 8495. The text is not here: it is the bearer's, and stands with the domain that used it.
CREATE TABLE allocation_tokens (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  digest bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32),  -- SHA-256 of the text
  kind "char" NOT NULL CHECK (kind IN ('r', 'p')),  -- model/allocation_token.h
  purpose "char" NOT NULL CHECK (purpose IN ('c', 't')),
  registrar int,  -- NULL: any; likewise tld and name
  tld text COLLATE "C",
  name text COLLATE "C",
  starts timestamptz,
  ends timestamptz,
  max_uses bigint NOT NULL CHECK (max_uses >= 0),  -- 0: no limit
  uses bigint NOT NULL DEFAULT 0 CHECK (uses >= 0 AND (max_uses = 0 OR uses <= max_uses)),
  discount int NOT NULL CHECK (discount BETWEEN 0 AND 100),
  price bigint CHECK (price >= 0),
  promoted_years int NOT NULL CHECK (promoted_years BETWEEN 1 AND 10),
  made timestamptz NOT NULL,
  made_by text NOT NULL,
  revoked timestamptz,
  revoked_by text,
  CHECK ((revoked IS NULL) = (revoked_by IS NULL))
) WITH (fillfactor = 50);

-- Of clients of RDAP that see or may do more than the public. Every process holds them whole: each
-- change of them changes registry.version.
CREATE TABLE rdds_tokens (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE,
  digest bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32),  -- SHA-256 of the secret
  unredacted boolean NOT NULL,
  reverse_search boolean NOT NULL,
  per_minute int NOT NULL CHECK (per_minute >= 0),  -- queries; 0: what every token may
  purpose text NOT NULL,
  made timestamptz NOT NULL,
  made_by text NOT NULL,
  expires timestamptz,  -- NULL: never
  revoked timestamptz,
  revoked_by text,
  CHECK ((revoked IS NULL) = (revoked_by IS NULL))
);

-- Maintenances that registrars are told of, RFC 9167: a short list. Those that ended stay.
CREATE TABLE maintenances (
  id text COLLATE "C" PRIMARY KEY,
  content text NOT NULL,  -- model/maintenance.h, FormatMaintenance
  starts timestamptz NOT NULL,
  ends timestamptz NOT NULL,
  courtesy timestamptz,  -- when registrars are to be reminded; NULL: not, or they were
  ended boolean NOT NULL DEFAULT false,  -- registrars were told of the end
  CHECK (starts < ends)
);

-- What registrars were told of them, append only.
CREATE TABLE maintenance_changes (
  at timestamptz NOT NULL,
  actor text NOT NULL,  -- the operator's user name; clock
  kind "char" NOT NULL CHECK (kind IN ('c', 'u', 'd', 'r', 'e')),  -- model/maintenance.h
  id text COLLATE "C" NOT NULL,
  content text NOT NULL  -- as it was then
);

-- Failed logins since a registrar's last good one, by the hour: a flood of them is a row an hour.
CREATE TABLE failed_logins (
  registrar int NOT NULL,
  hour timestamptz NOT NULL,  -- when it began
  failures bigint NOT NULL CHECK (failures > 0),
  PRIMARY KEY (registrar, hour)
) WITH (fillfactor = 50);

-- Apart from the registrars, narrow and half empty: every charge changes a row here, in place.
CREATE TABLE balances (
  registrar int PRIMARY KEY,
  balance bigint NOT NULL,  -- minor units; the sum of the registrar's ledger
  credit_limit bigint NOT NULL CHECK (credit_limit >= 0),
  low_balance bigint NOT NULL DEFAULT 0 CHECK (low_balance >= 0)  -- 0: nobody is told
) WITH (fillfactor = 30, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- Numbers of commands, taken by every process in blocks of 4096: the svTRID, the key of history and
-- of the objects that a command creates.
CREATE SEQUENCE transactions INCREMENT 4096 MINVALUE 4096 START 4096;

-- Objects -----------------------------------------------------------------------------------------

-- Room for renewals in every page, and no index on what they change: they stay in place (HOT).
-- In PL/pgSQL since an expression in its place is parsed anew by every statement that writes a domain.
CREATE FUNCTION zone_line_of(name text, name_servers bigint[], ds text[], partner_ds text, ttls text)
RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF ds = '{}' AND partner_ds IS NULL AND ttls IS NULL THEN
    RETURN name || '|' || array_to_string(name_servers, ' ');
  END IF;
  RETURN name || '|' || array_to_string(name_servers, ' ') || '|' || array_to_string(ds, ';') || '|' ||
         coalesce(partner_ds, '') || '|' || coalesce(ttls, '');
END $$;

CREATE TABLE domains (
  -- First what a whole zone is read of (store/zone_line.h): a row is taken apart up to the last
  -- column that is wanted.
  id bigint PRIMARY KEY,
  statuses int NOT NULL,  -- bits of types/status.h
  -- active, redemption, pending delete, pending restore
  phase smallint NOT NULL CHECK (phase BETWEEN 0 AND 3),
  zone_line text COLLATE "C" NOT NULL
    GENERATED ALWAYS AS (zone_line_of(name, name_servers, ds, partner_ds, ttls)) STORED,
  name text COLLATE "C" NOT NULL UNIQUE,
  sponsor int NOT NULL,
  creator int NOT NULL,
  updater int NOT NULL,  -- 0: never updated; negative: operator, clock (types/keys.h)
  created timestamptz NOT NULL,
  updated timestamptz,
  transferred timestamptz,
  expires timestamptz NOT NULL,
  auth bytea,  -- salt and SHA-256, never the value; NULL: unset
  registrant bigint,
  contacts bigint[] NOT NULL,
  contact_roles text NOT NULL,  -- one letter for each of `contacts`
  name_servers bigint[] NOT NULL,
  ds text[] NOT NULL,
  phase_ends timestamptz,
  -- Periods: kind, end in milliseconds since 1970, fee, payer, years ("1+" if they began at a
  -- 29 February); by blanks.
  grace text NOT NULL,
  version int NOT NULL CHECK (version > 0),
  auth_ends timestamptz,
  redemption_ends timestamptz CHECK ((redemption_ends IS NOT NULL) = (phase = 3)),
  -- The latest: state, gaining, losing, requested and acted in milliseconds since 1970, years, fee,
  -- expiry or '-'; by blanks. NULL: none.
  transfer text,
  -- As the create said: the launch phase; the signed mark's identifier, or a notice's with its expiry
  -- and acceptance in milliseconds since 1970; by blanks. Then a line end and the mark. NULL: nothing.
  launch text,
  partner_ds text,  -- of the second name of a bundle, as `ds`; by semicolons. NULL: none
  idn_table text,  -- idn_tables, by whose leave it was registered
  -- What the variants of the name have in common, if it has any; NULL for nearly all. One of them
  -- leads, the others follow.
  variant_key text COLLATE "C",
  variant_follows boolean NOT NULL DEFAULT false,
  premium_class text CHECK (premium_class <> ''),  -- that it is priced by; NULL: none
  token text CHECK (token ~ '^[0-9]+ .'),  -- that the create used: its id and text; NULL: none
  ttls text,  -- of NS and DS in seconds, as the registrar chose, '-': not; by a blank. NULL: nothing
  -- RFC 8544: letter of the role, key, identifier by blanks; a line each. NULL: none
  organizations text CHECK (organizations ~ '^[dpr] [0-9]+ .'),
  CHECK (octet_length(auth) = 48),
  CHECK (length(contact_roles) = cardinality(contacts)),
  CHECK ((phase = 0) = (phase_ends IS NULL))
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05,
        autovacuum_analyze_scale_factor = 0.02);
-- Of two that would lead a set of variants one has to give way.
CREATE UNIQUE INDEX domains_by_variant
  ON domains (variant_key, (CASE WHEN variant_follows THEN id ELSE 0 END))
  WHERE variant_key IS NOT NULL;

CREATE TABLE hosts (
  id bigint PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE,
  sponsor int NOT NULL,  -- 0 for subordinate hosts: whoever sponsors the superordinate domain
  creator int NOT NULL,
  updater int NOT NULL,
  created timestamptz NOT NULL,
  updated timestamptz,
  transferred timestamptz,
  statuses int NOT NULL,
  addresses inet[] NOT NULL,
  superordinate bigint,  -- NULL: external
  version int NOT NULL CHECK (version > 0),
  ttls text,  -- of A and AAAA, as those of domains
  CHECK ((superordinate IS NULL) = (sponsor <> 0))
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX hosts_by_address ON hosts USING gin (addresses) WHERE addresses <> '{}';
CREATE INDEX hosts_by_superordinate ON hosts (superordinate) WHERE superordinate IS NOT NULL;

CREATE TABLE contacts (
  id bigint PRIMARY KEY,
  handle text COLLATE "C" NOT NULL UNIQUE,
  sponsor int NOT NULL,
  creator int NOT NULL,
  updater int NOT NULL,
  created timestamptz NOT NULL,
  updated timestamptz,
  transferred timestamptz,
  statuses int NOT NULL,
  auth bytea,
  -- name, organization, city, state, postal code, country, then the lines of the street
  international text[],
  localized text[],
  voice text,
  voice_extension text,
  fax text,
  fax_extension text,
  email text NOT NULL,
  disclose_flag boolean NOT NULL,
  disclose_fields int NOT NULL,  -- bits of types/contact_details.h
  version int NOT NULL CHECK (version > 0),
  auth_ends timestamptz,
  transfer text,  -- as of domains
  additional_email text,  -- RFC 9873; after '+' if it is to be written to first, else after '-'. NULL: none
  CHECK (octet_length(auth) = 48),
  CHECK (international IS NOT NULL OR localized IS NOT NULL)
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05);

-- The name of a contact by which it is searched, in lower case (ASCII): that of the form which is
-- published (whois/redaction.h), whether it is published or not.
CREATE FUNCTION shown_name(international text[], localized text[], disclose_flag boolean,
                           disclose_fields int)
  RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower((CASE WHEN international IS NULL
                       OR (localized IS NOT NULL AND disclose_flag AND disclose_fields & 3 = 2)
                     THEN localized[1] ELSE international[1] END) COLLATE "C")
$$;
-- 1 if it discloses that name: otherwise the public cannot find it.
CREATE FUNCTION shows_name(international text[], localized text[], disclose_flag boolean,
                           disclose_fields int)
  RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN disclose_flag AND disclose_fields & (
                CASE WHEN international IS NULL
                       OR (localized IS NOT NULL AND disclose_fields & 3 = 2) THEN 2 ELSE 1 END) <> 0
              THEN 1 ELSE 0 END
$$;
-- For RDAP's searches (store/object_search.h). Measured: 18 microseconds and 140 bytes a contact; the
-- last one has only those that are published.
CREATE INDEX contacts_by_name ON contacts (
  shows_name(international, localized, disclose_flag, disclose_fields),
  (shown_name(international, localized, disclose_flag, disclose_fields) COLLATE "C"),
  id);
CREATE INDEX contacts_by_email ON contacts ((lower(email COLLATE "C")));
CREATE INDEX contacts_published ON contacts (id)
  WHERE shows_name(international, localized, disclose_flag, disclose_fields) = 1;

-- RFC 8543. Denormalised where names never change: nobody has to look them up.
CREATE TABLE organizations (
  id bigint PRIMARY KEY,
  handle text COLLATE "C" NOT NULL UNIQUE,
  sponsor int NOT NULL,
  creator int NOT NULL,
  updater int NOT NULL,
  created timestamptz NOT NULL,
  updated timestamptz,
  transferred timestamptz,  -- never
  statuses int NOT NULL,
  roles text[] NOT NULL,  -- of each: letter, identifier, bits of its statuses
  parent bigint,
  parent_handle text COLLATE "C",
  international text[],  -- as of contacts; no country: no address
  localized text[],
  voice text,
  voice_extension text,
  fax text,
  fax_extension text,
  email text NOT NULL,
  url text NOT NULL,
  contacts text[] NOT NULL,  -- of each: letter of the type, key, identifier, name of the type
  version int NOT NULL CHECK (version > 0),
  CHECK (cardinality(roles) > 0 AND cardinality(roles) % 3 = 0 AND cardinality(contacts) % 4 = 0),
  CHECK ((parent IS NULL) = (parent_handle IS NULL))
);

-- Who refers to a host, a contact or an organization, in whatever role: the arrays of `domains` and
-- `organizations`, the other way round.
CREATE TABLE links (
  -- A key of hosts or contacts; they are distinct. Of an organization -4 times its key, less 0, 1, 2
  -- for each of its roles, less 3 as a parent (model/organization_link.h).
  target bigint NOT NULL,
  domain bigint NOT NULL,  -- or a key of organizations
  PRIMARY KEY (target, domain)
);

-- When the clock next does something to a domain. Entries may be stale.
CREATE TABLE calendar (
  at timestamptz NOT NULL,
  domain bigint NOT NULL,
  PRIMARY KEY (at, domain)
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE TABLE contact_calendar (
  at timestamptz NOT NULL,
  contact bigint NOT NULL,
  PRIMARY KEY (at, contact)
) WITH (autovacuum_vacuum_scale_factor = 0.02);

-- Append only -------------------------------------------------------------------------------------

CREATE TABLE history (
  at timestamptz NOT NULL,
  number bigint NOT NULL,
  kind "char" NOT NULL,  -- D, H, C, O: objects; R: registrar; T: TLD; I: IDN table
  object bigint NOT NULL,
  version int NOT NULL,
  actor int NOT NULL,
  client_id text NOT NULL,
  command text NOT NULL,
  change text NOT NULL,  -- JSON of the changed members
  happened timestamptz  -- when the clock did what was written at `at`
) PARTITION BY RANGE (at);
CREATE INDEX history_by_object ON history (object, number);
CREATE TABLE history_default PARTITION OF history DEFAULT;

-- Names that objects had before they were deleted or renamed, for their history's sake.
CREATE TABLE former_names (
  name text COLLATE "C" NOT NULL,
  kind "char" NOT NULL,
  object bigint NOT NULL,
  until timestamptz NOT NULL
);
CREATE INDEX former_names_by_name ON former_names (name);

CREATE TABLE ledger (
  at timestamptz NOT NULL,
  registrar int NOT NULL,
  kind "char" NOT NULL CHECK (kind IN ('c', 'r', 'd')),
  amount bigint NOT NULL,  -- what the balance changed by
  what text NOT NULL,
  domain bigint,
  domain_version int NOT NULL,
  number bigint NOT NULL,
  happened timestamptz  -- when the clock did what was booked at `at`
) PARTITION BY RANGE (at);
CREATE INDEX ledger_by_time ON ledger USING brin (at);
CREATE TABLE ledger_default PARTITION OF ledger DEFAULT;

-- What was charged for deletions in the add grace period beyond the limits (AGP policy), and who was
-- exempted (no amount); months that are through.
CREATE TABLE agp_charges (
  month timestamptz NOT NULL,
  registrar int NOT NULL,
  tld text COLLATE "C" NOT NULL,
  excess bigint NOT NULL,
  amount bigint NOT NULL CHECK (amount >= 0),
  at timestamptz NOT NULL,
  PRIMARY KEY (month, registrar, tld)
);
CREATE TABLE agp_months (month timestamptz PRIMARY KEY);

-- What registrars reported of restores, as they sent it.
CREATE TABLE restore_reports (
  at timestamptz NOT NULL,
  number bigint NOT NULL,  -- of the command
  domain bigint NOT NULL,
  pre_data text NOT NULL,
  post_data text NOT NULL,
  deleted timestamptz NOT NULL,
  restored timestamptz NOT NULL,
  reason text NOT NULL,
  statements text[] NOT NULL,
  other text NOT NULL
);
CREATE INDEX restore_reports_by_domain ON restore_reports (domain);

CREATE TABLE poll_messages (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  registrar int NOT NULL,
  queued timestamptz NOT NULL,
  text text NOT NULL,
  object_name text NOT NULL,
  acked_at timestamptz,
  notice "char" NOT NULL DEFAULT 't',  -- model/poll_message.h
  expires timestamptz,
  deleted_by bigint,  -- history's number and client_id of the <delete> that a purge ends
  deleted_by_client_id text,
  transfer text,  -- as of domains
  detail text,  -- of model/poll_message.h; NULL: ''
  CHECK (notice IN ('t', 'r', 'p', 'x', 'y', 'k', 'c', 'm')),
  CHECK ((notice IN ('x', 'y')) = (transfer IS NOT NULL)),
  CHECK ((notice = 'r') = (expires IS NOT NULL)),
  CHECK ((deleted_by IS NULL) = (deleted_by_client_id IS NULL))
);
CREATE INDEX poll_messages_waiting ON poll_messages (registrar, id) WHERE acked_at IS NULL;

-- CDS and CDNSKEY records of child zones (registry/cds/) -----------------------------------------------

-- What the last look gave, of delegations that ask for something or have something wrong; those
-- that are not here had nothing to say.
CREATE TABLE cds_scans (
  name text COLLATE "C" PRIMARY KEY,  -- either one of a bundle
  domain bigint NOT NULL,
  at timestamptz NOT NULL,
  since timestamptz NOT NULL,  -- it has been so
  result text NOT NULL,        -- ChildDsKindName of rules/child_ds.h
  problem text NOT NULL,       -- ChildDsProblem::id; '': none
  about text NOT NULL,         -- whom or what the problem is with
  wish text NOT NULL           -- the DS records, by semicolons
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX cds_scans_by_domain ON cds_scans (domain);

-- Where the pass over all delegations is.
CREATE TABLE cds_pass (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  started timestamptz NOT NULL,
  finished timestamptz,      -- NULL: it is under way
  after bigint NOT NULL      -- all domains up to this one are done
) WITH (fillfactor = 30);

-- What the operator wants to be looked at without waiting for the pass.
CREATE TABLE cds_requests (
  name text COLLATE "C" PRIMARY KEY,
  at timestamptz NOT NULL
);

-- Groups and what follows them ----------------------------------------------------------------------

-- Whether a commit whose answer was lost has happened.
CREATE TABLE commit_groups (
  id bigint PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now()  -- the server's clock, not the registry's
) WITH (autovacuum_vacuum_scale_factor = 0.1);

-- What changed, for those who publish it, by transaction: numbers are not in the order of commits.
CREATE TABLE feed (
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  ordinal int NOT NULL,  -- within the transaction
  kind "char" NOT NULL,
  object bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  tld text COLLATE "C" NOT NULL,
  PRIMARY KEY (xid, ordinal)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.5);

-- When, by the server's clock, everything below a transaction was there to be read: what was written
-- of the feed since then is kept for those that read it without a name (store/feed_watch.h).
CREATE TABLE feed_horizons (
  at timestamptz NOT NULL,
  xid xid8 NOT NULL
);

CREATE TABLE feed_readers (
  name text COLLATE "C" PRIMARY KEY,
  xid xid8 NOT NULL,  -- all up to (xid, ordinal) is consumed
  ordinal int NOT NULL,
  seen timestamptz NOT NULL DEFAULT clock_timestamp(),
  note text NOT NULL DEFAULT ''  -- what the reader keeps with its position
) WITH (fillfactor = 30);
