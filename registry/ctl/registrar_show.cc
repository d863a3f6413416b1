// Registrars as the operator sees them.
#include <iostream>

#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/ctl/registrar_actions.h"

namespace ctl {
namespace {

using registry::Concat;
using registry::Directory;
using registry::Registrar;
using registry::store::RegistrarAccount;

RegistrarAccount Of(const std::vector<RegistrarAccount>& accounts, registry::RegistrarKey key) {
  for (const RegistrarAccount& account : accounts) {
    if (account.registrar == key) return account;
  }
  return {};
}

std::string State(const Registrar& registrar) {
  return registrar.suspended ? "suspended" : "active";
}

void AddMoney(Record& record, const std::string& key, const std::string& title,
              registry::Money money, const std::string& currency) {
  record.AddForPeople(title, {Concat(FormatMoney(money), " ", currency)});
  record.AddForPrograms(key, boost::json::value(FormatMoney(money)));
}

void AddPassword(Record& record, const Registrar& registrar, const RegistrarAccount& account) {
  record.Add("password_set", "Password set", registry::FormatUtc(registrar.password_set));
  const bool expires = registrar.password_days != 0;
  record.AddForPeople("Password ends",
                      {expires ? registry::FormatUtc(registrar.PasswordExpires()) : "never"});
  if (expires) {
    record.AddForPrograms("password_expires",
                          boost::json::value(registry::FormatUtc(registrar.PasswordExpires())));
  }
  record.AddForPrograms("password_days", registrar.password_days);
  record.AddNumber("failed_logins", "Failed logins", account.failed_logins);
}

void AddContact(Record& record, const std::string& key, const std::string& title,
                const registry::RegistrarContact& contact) {
  record.Add(key + "_name", title + " contact", contact.name);
  record.Add(key + "_phone", title + " phone", contact.phone);
  record.Add(key + "_fax", title + " fax", contact.fax);
  record.Add(key + "_email", title + " e-mail", contact.email);
}

void AddAddress(Record& record, const Registrar& registrar) {
  record.AddList("street", "Street", registrar.street);
  record.Add("city", "City", registrar.city);
  record.Add("state_province", "State/province", registrar.state);
  record.Add("postal_code", "Postal code", registrar.postal_code);
  record.Add("country", "Country", registrar.country);
  record.Add("phone", "Phone", registrar.phone);
  record.Add("fax", "Fax", registrar.fax);
  record.Add("email", "E-mail", registrar.email);
  record.Add("url", "Web site", registrar.url);
  record.Add("whois_server", "WHOIS server", registrar.whois_server);
  record.Add("rdap_base", "RDAP base", registrar.rdap_base);
  record.Add("abuse_email", "Abuse e-mail", registrar.abuse_email);
  record.Add("abuse_phone", "Abuse phone", registrar.abuse_phone);
  AddContact(record, "admin", "Admin.", registrar.admin);
  AddContact(record, "tech", "Technical", registrar.tech);
}

Record Describe(const Registrar& registrar, const RegistrarAccount& account,
                const std::string& currency) {
  Record record;
  record.Add("id", "Registrar", registrar.id.text());
  record.Add("name", "Name", registrar.name);
  record.AddNumber("iana_id", "IANA ID", registrar.iana_id);
  record.Add("state", "State", State(registrar));
  AddMoney(record, "balance", "Balance", account.balance, currency);
  AddMoney(record, "credit_limit", "Credit limit", registrar.credit_limit, currency);
  record.Add("account", "Account",
             registry::Money{} < registrar.credit_limit ? "postpaid" : "prepaid");
  AddMoney(record, "low_balance", "Told below", registrar.low_balance, currency);
  record.AddForPrograms("currency", boost::json::value(currency));
  record.Add("data_model", "Data model", registrar.minimum_data ? "minimum" : "maximum");
  record.AddNumber("poll_messages", "Poll messages", account.poll_messages);
  record.AddList("tlds", "May sell", registrar.tlds);
  if (registrar.tlds.empty()) record.AddForPeople("May sell", {"all"});
  record.AddForPrograms("all_tlds", registrar.tlds.empty());
  record.AddNumber("max_sessions", "Max. sessions", registrar.max_sessions);
  AddPassword(record, registrar, account);
  AddAddress(record, registrar);
  std::vector<std::string> certificates;
  for (const auto& fingerprint : registrar.certificates) {
    certificates.push_back(registry::FormatFingerprint(fingerprint));
  }
  record.AddList("certificates", "Certificate", std::move(certificates));
  return record;
}

}  // namespace

int Confirm(Session& session, const std::string& what, const std::string& id) {
  Record record;
  record.Add("registrar", "Registrar", id);
  record.Add("done", "Done", what);
  record.Print(std::cout, session.json);
  return kExitOk;
}

absl::StatusOr<RegistrarAccount> AccountOf(const std::string& database,
                                           registry::RegistrarKey key) {
  const auto accounts = registry::store::ReadAccounts(database);
  if (!accounts.ok()) return accounts.status();
  return Of(*accounts, key);
}

int ListRegistrars(Session& session) {
  const auto accounts = registry::store::ReadAccounts(session.database);
  if (!accounts.ok()) return ReportFailure(accounts.status(), session.json);
  const auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  const std::string& currency = (*directory)->settings.currency;
  Table table({{"id", "Id"},
               {"name", "Name"},
               {"iana_id", "IANA ID", Table::Form::kNumber},
               {"state", "State"},
               {"balance", Concat("Balance, ", currency), Table::Form::kMoney},
               {"credit_limit", Concat("Credit limit, ", currency), Table::Form::kMoney},
               {"poll_messages", "Messages", Table::Form::kNumber}});
  for (const Registrar* registrar : (*directory)->registrars()) {
    const RegistrarAccount account = Of(*accounts, registrar->key);
    table.AddRow({registrar->id.text(), registrar->name, std::to_string(registrar->iana_id),
                  State(*registrar), FormatMoney(account.balance),
                  FormatMoney(registrar->credit_limit), std::to_string(account.poll_messages)});
  }
  table.Print(std::cout, session.json);
  return kExitOk;
}

int ShowRegistrar(Session& session, const std::string& id) {
  return WithRegistrar(session, id, [&](const Directory& directory, const Registrar& registrar) {
    const auto account = AccountOf(session.database, registrar.key);
    if (!account.ok()) return ReportFailure(account.status(), session.json);
    Describe(registrar, *account, directory.settings.currency).Print(std::cout, session.json);
    return int{kExitOk};
  });
}

}  // namespace ctl
