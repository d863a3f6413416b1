// The statements that write registrars and TLDs: seldom, one at a time.
#include <string>

#include "registry/base/text.h"
#include "registry/store/flush.h"

namespace registry::store {
namespace {

constexpr char kColumns[] =
    "handle, suspended, tlds, password_hash, certificates, max_sessions, name, iana_id, street, "
    "city, state, postal_code, country, phone, fax, email, url, whois_server, rdap_base, "
    "abuse_email, abuse_phone, password_set, password_days, "
    "minimum_data, admin_name, admin_phone, admin_fax, admin_email, tech_name, tech_phone, "
    "tech_fax, tech_email";
constexpr char kValues[] =
    "$2::text, $3::bool, $4::text[], $5::text, $6::bytea[], $7::int4, $8::text, $9::int4, "
    "$10::text[], $11::text, $12::text, $13::text, $14::text, $15::text, $16::text, $17::text, "
    "$18::text, $19::text, $20::text, $21::text, $22::text, $30::timestamptz, $31::int4, "
    "$33::bool, "
    "$34::text, $35::text, $36::text, $37::text, $38::text, $39::text, $40::text, $41::text";

// What follows every change of a registrar: history without the password, and the feed.
constexpr char kRecord[] =
    ", entry AS (INSERT INTO history (at, number, kind, object, version, actor, client_id, "
    "command, change) SELECT $24::timestamptz, $25::int8, 'R', id, 0, $26::int4, $27::text, "
    "$28::text, (to_jsonb(put) - 'password_hash' || jsonb_build_object('credit_limit', "
    "$23::int8, 'low_balance', $32::int8))::text FROM put) INSERT INTO feed (ordinal, kind, "
    "object, name, tld) SELECT "
    "$29::int4, 'R', id, handle, '' FROM put WHERE $1::int4 IS NOT NULL";

const Statement& InsertRegistrar() {
  static const Statement statement{
      "insert_registrar",
      Concat("WITH put AS (INSERT INTO registrars (", kColumns, ") VALUES (", kValues,
             ") RETURNING *), account AS (INSERT INTO balances (registrar, balance, credit_limit, "
             "low_balance) SELECT id, 0, $23::int8, $32::int8 FROM put)",
             kRecord)};
  return statement;
}

const Statement& UpdateRegistrar() {
  static const Statement statement{
      "update_registrar",
      Concat("WITH put AS (UPDATE registrars SET (", kColumns, ") = (", kValues,
             ") WHERE id = $1::int4 RETURNING *), account AS (UPDATE balances SET credit_limit = "
             "$23::int8, low_balance = $32::int8 WHERE registrar = $1::int4)",
             kRecord)};
  return statement;
}

Texts TextArray(const std::vector<std::string>& texts) {
  Texts array;
  for (const std::string& text : texts) array.Add(text);
  return array;
}

}  // namespace

void Flush::QueueDirectory(Connection& connection, const Terms& terms) const {
  // Decided by the version that was loaded, so it must still be that one.
  static const Statement kNextVersion{
      "next_directory_version",
      "WITH changed AS (UPDATE registry SET version = version + 1 WHERE version = $1::int8 "
      "RETURNING 1) SELECT refuse('PT001', 'the directory has changed meanwhile') FROM changed "
      "HAVING count(*) <> 1"};
  static const Statement kNotify{"notify_directory", "SELECT pg_notify('postel_directory', '')"};
  connection.Queue(kNextVersion, Parameters().Add(terms.directory_version));
  auto ordinal = static_cast<int32_t>(feed_.size());
  for (const auto& [registrar, by] : registrars_) {
    QueueRegistrar(connection, registrar, by, ordinal++);
  }
  for (const auto& [policy, by] : tlds_) QueueTld(connection, policy, by, ordinal++);
  for (const auto& [table, by] : idn_tables_) QueueIdnTable(connection, table, by);
  connection.Queue(kNotify);
}

void Flush::QueueRegistrar(Connection& connection, const Registrar& registrar, const PutBy& by,
                           int32_t ordinal) const {
  ByteStrings certificates;
  for (const Fingerprint& fingerprint : registrar.certificates) {
    certificates.Add(
        Bytes{{reinterpret_cast<const char*>(fingerprint.data()), fingerprint.size()}});
  }
  Parameters parameters;
  parameters.Add(Number(registrar.key))
      .Add(registrar.id.text())
      .Add(registrar.suspended)
      .Add(TextArray(registrar.tlds))
      .Add(registrar.password_hash)
      .Add(certificates)
      .Add(int32_t{registrar.max_sessions})
      .Add(registrar.name)
      .Add(int32_t{registrar.iana_id})
      .Add(TextArray(registrar.street));
  for (const std::string* text :
       {&registrar.city, &registrar.state, &registrar.postal_code, &registrar.country,
        &registrar.phone, &registrar.fax, &registrar.email, &registrar.url, &registrar.whois_server,
        &registrar.rdap_base, &registrar.abuse_email, &registrar.abuse_phone}) {
    parameters.Add(*text);
  }
  parameters.Add(registrar.credit_limit.minor)
      .Add(now_)
      .Add(by.number)
      .Add(Number(by.actor))
      .Add(by.client_id)
      .Add(by.command)
      .Add(ordinal)
      .Add(registrar.password_set)
      .Add(int32_t{registrar.password_days})
      .Add(registrar.low_balance.minor)
      .Add(registrar.minimum_data);
  for (const RegistrarContact* contact : {&registrar.admin, &registrar.tech}) {
    parameters.Add(contact->name).Add(contact->phone).Add(contact->fax).Add(contact->email);
  }
  connection.Queue(registrar.key == kNoRegistrar ? InsertRegistrar() : UpdateRegistrar(),
                   parameters);
}

void Flush::QueueTld(Connection& connection, const TldPolicy& policy, const PutBy& by,
                     int32_t ordinal) const {
  static const Statement kPut{
      "put_tld",
      "WITH put AS (INSERT INTO tlds (tld, policy) VALUES ($1::text, $2::text) ON CONFLICT (tld) "
      "DO UPDATE SET policy = excluded.policy RETURNING *), entry AS (INSERT INTO history (at, "
      "number, kind, object, version, actor, client_id, command, change) SELECT $3::timestamptz, "
      "$4::int8, 'T', 0, 0, $5::int4, $6::text, $7::text, to_jsonb(put)::text FROM put) INSERT "
      "INTO feed (ordinal, kind, object, name, tld) SELECT $8::int4, 'T', 0, tld, tld FROM put"};
  connection.Queue(kPut, Parameters()
                             .Add(policy.tld)
                             .Add(FormatTldPolicy(policy))
                             .Add(now_)
                             .Add(by.number)
                             .Add(Number(by.actor))
                             .Add(by.client_id)
                             .Add(by.command)
                             .Add(ordinal));
}

// Nothing that is published comes of it by itself, so the feed does not hear of it.
void Flush::QueueIdnTable(Connection& connection, const IdnTable& table, const PutBy& by) const {
  static const Statement kPut{
      "put_idn_table",
      "WITH put AS (INSERT INTO idn_tables (id, content) VALUES ($1::text, $2::text) ON CONFLICT "
      "(id) DO UPDATE SET content = excluded.content RETURNING *) INSERT INTO history (at, number, "
      "kind, object, version, actor, client_id, command, change) SELECT $3::timestamptz, $4::int8, "
      "'I', 0, 0, $5::int4, $6::text, $7::text, to_jsonb(put)::text FROM put"};
  connection.Queue(kPut, Parameters()
                             .Add(table.id)
                             .Add(table.text)
                             .Add(now_)
                             .Add(by.number)
                             .Add(Number(by.actor))
                             .Add(by.client_id)
                             .Add(by.command));
}

}  // namespace registry::store
