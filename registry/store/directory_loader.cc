#include "registry/store/directory_loader.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "registry/base/text.h"
#include "registry/store/rdds_tokens.h"
#include "registry/store/row_reader.h"

namespace registry::store {
namespace {

const Statement kSettings{
    "load_settings",
    "SELECT version, repository_id, currency, sandbox, clock_offset_ms, contact_transfer_wait_ms, "
    "contact_auth_info_ttl_ms, maintenance_courtesy_ms FROM registry"};
const Statement kTlds{"load_tlds", "SELECT tld, policy, listed FROM tlds ORDER BY tld"};
const Statement kIdnTables{"load_idn_tables", "SELECT id, content FROM idn_tables ORDER BY id"};
const Statement kRegistrars{
    "load_registrars",
    "SELECT r.id, r.handle, r.suspended, b.credit_limit, b.low_balance, r.tlds, r.password_hash, "
    "r.certificates, "
    "r.max_sessions, r.name, r.iana_id, r.street, r.city, r.state, r.postal_code, r.country, "
    "r.phone, r.fax, r.email, r.url, r.whois_server, r.rdap_base, r.abuse_email, r.abuse_phone, "
    "r.password_set, r.password_days, r.minimum_data, r.admin_name, r.admin_phone, r.admin_fax, "
    "r.admin_email, r.tech_name, r.tech_phone, r.tech_fax, r.tech_email "
    "FROM registrars r JOIN balances b ON b.registrar = r.id ORDER BY r.id"};

absl::Status ReadSettings(Result& result, Directory& directory) {
  if (result.rows() != 1) return absl::InternalError("the registry has no settings row");
  RowReader row = result.Row(0);
  directory.version = row.Int8();
  directory.settings.repository_id = row.Text();
  directory.settings.currency = row.Text();
  directory.settings.sandbox = row.Bool();
  directory.settings.clock_offset = absl::Milliseconds(row.Int8());
  directory.settings.contact_transfer_wait = absl::Milliseconds(row.Int8());
  directory.settings.contact_auth_info_ttl = absl::Milliseconds(row.Int8());
  directory.settings.maintenance_courtesy = absl::Milliseconds(row.Int8());
  return absl::OkStatus();
}

absl::Status ReadIdnTables(Result& result, Directory& directory) {
  for (int i = 0; i < result.rows(); ++i) {
    RowReader row = result.Row(i);
    const std::string id = row.Text();
    absl::StatusOr<IdnTable> table =
        ParseIdnTable(Concat("the database's IDN table ", id), row.Text());
    if (!table.ok()) return table.status();
    directory.Add(*std::move(table));
  }
  return absl::OkStatus();
}

absl::Status ReadTlds(Result& result, Directory& directory) {
  for (int i = 0; i < result.rows(); ++i) {
    RowReader row = result.Row(i);
    const std::string tld = row.Text();
    absl::StatusOr<TldPolicy> policy = ParseTldPolicy(Concat("the database's policy of ", tld),
                                                      row.Text(), PolicyOrigin::kDatabase);
    if (!policy.ok()) return policy.status();
    directory.Add(*std::move(policy));
    if (row.Bool()) directory.SetListed(tld);
  }
  return absl::OkStatus();
}

Registrar ReadRegistrar(RowReader row) {
  Registrar registrar;
  registrar.key = RegistrarKey{row.Int4()};
  registrar.id = RegistrarId::Trusted(row.Text());
  registrar.suspended = row.Bool();
  registrar.credit_limit = Money{row.Int8()};
  registrar.low_balance = Money{row.Int8()};
  registrar.tlds = row.TextArray();
  registrar.password_hash = row.Text();
  for (const std::string& octets : row.TextArray()) {
    Fingerprint fingerprint{};
    std::copy_n(octets.begin(), std::min(octets.size(), fingerprint.size()), fingerprint.begin());
    registrar.certificates.push_back(fingerprint);
  }
  registrar.max_sessions = row.Int4();
  registrar.name = row.Text();
  registrar.iana_id = row.Int4();
  registrar.street = row.TextArray();
  for (std::string* text :
       {&registrar.city, &registrar.state, &registrar.postal_code, &registrar.country,
        &registrar.phone, &registrar.fax, &registrar.email, &registrar.url, &registrar.whois_server,
        &registrar.rdap_base, &registrar.abuse_email, &registrar.abuse_phone}) {
    *text = row.Text();
  }
  registrar.password_set = row.Time();
  registrar.password_days = row.Int4();
  registrar.minimum_data = row.Bool();
  for (RegistrarContact* contact : {&registrar.admin, &registrar.tech}) {
    contact->name = row.Text();
    contact->phone = row.Text();
    contact->fax = row.Text();
    contact->email = row.Text();
  }
  return registrar;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Directory>> LoadDirectory(Connection& connection) {
  // The version comes first: what is read after it may only be newer.
  for (const Statement* statement :
       {&kSettings, &kIdnTables, &kTlds, &kRegistrars, &RddsTokensInOrder()}) {
    connection.Queue(*statement);
  }
  absl::StatusOr<std::vector<Result>> results = connection.Run();
  if (!results.ok()) return results.status();
  auto directory = std::make_shared<Directory>();
  if (absl::Status status = ReadSettings((*results)[0], *directory); !status.ok()) return status;
  if (absl::Status status = ReadIdnTables((*results)[1], *directory); !status.ok()) {
    return status;
  }
  if (absl::Status status = ReadTlds((*results)[2], *directory); !status.ok()) return status;
  Result& registrars = (*results)[3];
  for (int i = 0; i < registrars.rows(); ++i) directory->Add(ReadRegistrar(registrars.Row(i)));
  for (RddsToken& token : ReadRddsTokens((*results)[4])) directory->Add(std::move(token));
  return directory;
}

}  // namespace registry::store
