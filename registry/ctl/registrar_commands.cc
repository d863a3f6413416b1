#include <algorithm>
#include <fstream>
#include <iostream>
#include <optional>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "registry/commands/registrar_create.h"
#include "registry/commands/registrar_deposit.h"
#include "registry/commands/registrar_password.h"
#include "registry/commands/registrar_update.h"
#include "registry/ctl/certificate_file.h"
#include "registry/ctl/registrar_options.h"
#include "registry/ctl/session.h"
#include "registry/store/operator_reader.h"
#include "registry/store/password.h"

namespace ctl {
namespace {

using registry::Outcome;
using registry::Registrar;
using registry::RegistrarId;

// What the command line of any `registrar` subcommand can hold.
struct Arguments {
  std::string id;
  RegistrarOptions options;
  std::string password_file;
  std::string amount, reference;
  std::string action, certificate;
};

int Confirm(Session& session, std::string_view what, const std::string& id) {
  Record record;
  record.Add("registrar", "Registrar", id);
  record.Add("done", "Done", std::string(what));
  record.Print(std::cout, session.json);
  return kExitOk;
}

// The first line of the file, or of standard input for "-".
absl::StatusOr<std::string> ReadPassword(const std::string& path) {
  std::string password;
  if (path == "-") {
    std::getline(std::cin, password);
  } else {
    std::ifstream file(path);
    if (!file) return absl::NotFoundError(registry::Concat(path, ": cannot be read"));
    std::getline(file, password);
  }
  return password;
}

int Create(Session& session, const Arguments& arguments) {
  Outcome<RegistrarId> id = RegistrarId::Parse(arguments.id);
  if (!id) return ReportRejection(id.rejection(), session.json);
  Registrar registrar;
  registrar.id = *id;
  registrar.name = arguments.id;
  if (auto taken = arguments.options.ApplyTo(registrar); !taken) {
    return ReportRejection(taken.rejection(), session.json);
  }
  absl::StatusOr<std::string> password = ReadPassword(arguments.password_file);
  if (!password.ok()) return ReportUsage(std::string(password.status().message()), session.json);
  if (auto checked = registry::CheckPassword(*password, *id); !checked) {
    return ReportRejection(checked.rejection(), session.json);
  }
  registrar.password_hash = registry::store::HashPassword(*password);
  registry::RegistrarCreate command{std::move(registrar)};
  return session.Run("registrar-create", std::move(command),
                     [&](const auto&) { return Confirm(session, "created", arguments.id); });
}

// The registrar's record as the database has it now.
Outcome<Registrar> Existing(const registry::Directory& directory, const std::string& text) {
  Outcome<RegistrarId> id = RegistrarId::Parse(text);
  if (!id) return id.rejection();
  const Registrar* registrar = directory.Registrar(*id);
  if (registrar == nullptr) return registry::Reject(registry::kRegistrarNotFound, text);
  return *registrar;
}

// Opens the store, finds the registrar, and goes on with `then(registrar)`.
template <class Then>
int WithRegistrar(Session& session, const std::string& id, Then then) {
  auto store = session.store();
  if (!store.ok()) return ReportFailure(store.status(), session.json);
  Outcome<Registrar> registrar = Existing(*(*store)->directory(), id);
  if (!registrar) return ReportRejection(registrar.rejection(), session.json);
  return then(*std::move(registrar));
}

int PutRecord(Session& session, Registrar registrar, std::string_view what) {
  const std::string id = registrar.id.text();
  registry::RegistrarUpdate command{registrar.id, std::move(registrar), std::nullopt};
  return session.Run("registrar-update", std::move(command),
                     [&](const auto&) { return Confirm(session, what, id); });
}

int Update(Session& session, const Arguments& arguments) {
  return WithRegistrar(session, arguments.id, [&](Registrar registrar) {
    if (auto taken = arguments.options.ApplyTo(registrar); !taken) {
      return ReportRejection(taken.rejection(), session.json);
    }
    return PutRecord(session, std::move(registrar), "updated");
  });
}

int Suspend(Session& session, const Arguments& arguments, bool suspended) {
  Outcome<RegistrarId> id = RegistrarId::Parse(arguments.id);
  if (!id) return ReportRejection(id.rejection(), session.json);
  registry::RegistrarUpdate command{*id, std::nullopt, suspended};
  return session.Run("registrar-suspend", std::move(command), [&](const auto&) {
    return Confirm(session, suspended ? "suspended" : "resumed", arguments.id);
  });
}

int Deposit(Session& session, const Arguments& arguments) {
  Outcome<RegistrarId> id = RegistrarId::Parse(arguments.id);
  if (!id) return ReportRejection(id.rejection(), session.json);
  Outcome<registry::Money> amount = registry::ParseMoney(arguments.amount);
  if (!amount) return ReportRejection(amount.rejection(), session.json);
  registry::RegistrarDeposit command{*id, *amount, arguments.reference};
  return session.Run("registrar-deposit", std::move(command), [&](const auto&) {
    return Confirm(session, registry::Concat("deposited ", FormatMoney(*amount)), arguments.id);
  });
}

int Password(Session& session, const Arguments& arguments) {
  return WithRegistrar(session, arguments.id, [&](const Registrar& registrar) {
    absl::StatusOr<std::string> password = ReadPassword(arguments.password_file);
    if (!password.ok()) return ReportUsage(std::string(password.status().message()), session.json);
    if (auto checked = registry::CheckPassword(*password, registrar.id); !checked) {
      return ReportRejection(checked.rejection(), session.json);
    }
    registry::RegistrarPassword command{registrar.key, registry::store::HashPassword(*password)};
    return session.Run("registrar-password", std::move(command), [&](const auto&) {
      return Confirm(session, "password changed", arguments.id);
    });
  });
}

int ListCertificates(Session& session, const Registrar& registrar) {
  Table table(std::vector<Table::Column>{{"sha256", "SHA-256 fingerprint"}});
  for (const auto& fingerprint : registrar.certificates) {
    table.AddRow({registry::FormatFingerprint(fingerprint)});
  }
  table.Print(std::cout, session.json);
  return kExitOk;
}

int AddCertificate(Session& session, Registrar registrar, const std::string& path) {
  absl::StatusOr<registry::Fingerprint> fingerprint = ReadCertificate(path);
  if (!fingerprint.ok())
    return ReportUsage(std::string(fingerprint.status().message()), session.json);
  auto& certificates = registrar.certificates;
  if (std::find(certificates.begin(), certificates.end(), *fingerprint) == certificates.end()) {
    certificates.push_back(*fingerprint);
  }
  return PutRecord(
      session, std::move(registrar),
      registry::Concat("certificate added: ", registry::FormatFingerprint(*fingerprint)));
}

int RemoveCertificate(Session& session, Registrar registrar, const std::string& text) {
  const size_t removed = std::erase_if(registrar.certificates, [&](const auto& fingerprint) {
    return registry::FormatFingerprint(fingerprint) == absl::AsciiStrToLower(text);
  });
  if (removed == 0)
    return ReportUsage(registry::Concat(text, ": no such certificate"), session.json);
  return PutRecord(session, std::move(registrar), "certificate removed");
}

int Certificate(Session& session, const Arguments& arguments) {
  if (arguments.action != "list" && arguments.certificate.empty()) {
    return ReportUsage("certificate add needs a PEM file, certificate remove a fingerprint",
                       session.json);
  }
  return WithRegistrar(session, arguments.id, [&](Registrar registrar) {
    if (arguments.action == "list") return ListCertificates(session, registrar);
    if (arguments.action == "add") {
      return AddCertificate(session, std::move(registrar), arguments.certificate);
    }
    return RemoveCertificate(session, std::move(registrar), arguments.certificate);
  });
}

using Account = registry::store::RegistrarAccount;

// The account of one registrar; an empty one if it has none yet.
Account AccountOf(const std::vector<Account>& accounts, registry::RegistrarKey key) {
  for (const Account& account : accounts) {
    if (account.registrar == key) return account;
  }
  return {};
}

int List(Session& session) {
  auto accounts = registry::store::ReadAccounts(session.database);
  if (!accounts.ok()) return ReportFailure(accounts.status(), session.json);
  auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  Table table({{"id", "Id"},
               {"name", "Name"},
               {"iana_id", "IANA ID", true},
               {"state", "State"},
               {"balance", "Balance"},
               {"credit_limit", "Credit limit"},
               {"poll_messages", "Messages", true}});
  for (const Registrar* registrar : (*directory)->registrars()) {
    const Account account = AccountOf(*accounts, registrar->key);
    table.AddRow({registrar->id.text(), registrar->name, std::to_string(registrar->iana_id),
                  registrar->suspended ? "suspended" : "active", FormatMoney(account.balance),
                  FormatMoney(registrar->credit_limit), std::to_string(account.poll_messages)});
  }
  table.Print(std::cout, session.json);
  return kExitOk;
}

Record Describe(const Registrar& registrar, const Account& account) {
  Record record;
  record.Add("id", "Registrar", registrar.id.text());
  record.Add("name", "Name", registrar.name);
  record.AddNumber("iana_id", "IANA ID", registrar.iana_id);
  record.Add("state", "State", registrar.suspended ? "suspended" : "active");
  record.Add("balance", "Balance", FormatMoney(account.balance));
  record.Add("credit_limit", "Credit limit", FormatMoney(registrar.credit_limit));
  record.AddNumber("poll_messages", "Poll messages", account.poll_messages);
  record.AddList("tlds", "May sell", registrar.tlds);
  record.AddNumber("max_sessions", "Max. sessions", registrar.max_sessions);
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
  std::vector<std::string> certificates;
  for (const auto& fingerprint : registrar.certificates) {
    certificates.push_back(registry::FormatFingerprint(fingerprint));
  }
  record.AddList("certificates", "Certificate", std::move(certificates));
  return record;
}

int Show(Session& session, const Arguments& arguments) {
  return WithRegistrar(session, arguments.id, [&](const Registrar& registrar) -> int {
    auto accounts = registry::store::ReadAccounts(session.database);
    if (!accounts.ok()) return ReportFailure(accounts.status(), session.json);
    Describe(registrar, AccountOf(*accounts, registrar.key)).Print(std::cout, session.json);
    return kExitOk;
  });
}

}  // namespace

void AddRegistrarCommands(CLI::App& app, Session& session) {
  static Arguments arguments;
  CLI::App* registrar =
      app.add_subcommand("registrar", "Registrars: accounts, money, certificates");
  registrar->require_subcommand(1);

  const auto add = [&](const char* name, const char* help, auto run) {
    CLI::App* command = registrar->add_subcommand(name, help);
    command->callback(
        [&session, run] { session.chosen = [&session, run] { return run(session); }; });
    return command;
  };
  const auto with_id = [&](const char* name, const char* help, auto run) {
    CLI::App* command = add(name, help, [run](Session& s) { return run(s, arguments); });
    command
        ->add_option("ID", arguments.id,
                     "The registrar's EPP client identifier, 3 to 16 characters")
        ->required();
    return command;
  };
  constexpr char kPasswordFile[] = "File whose first line is the password; - for standard input";

  CLI::App* create = with_id("create", "Admit a registrar", Create);
  arguments.options.AddTo(*create);
  create->add_option("--password-file", arguments.password_file, kPasswordFile)->required();

  CLI::App* update = with_id("update", "Change what is given, keep the rest", Update);
  arguments.options.AddTo(*update);

  add("list", "All registrars with their balances", List);
  with_id("show", "Everything about one registrar", Show);
  with_id("suspend", "Refuse its logins and commands from now on",
          [](Session& s, const Arguments& a) { return Suspend(s, a, true); });
  with_id("resume", "End a suspension",
          [](Session& s, const Arguments& a) { return Suspend(s, a, false); });

  CLI::App* deposit =
      with_id("deposit", "Book money that it paid (or, negative, took back)", Deposit);
  deposit->add_option("AMOUNT", arguments.amount, "Such as 1000.00")->required();
  deposit->add_option("--reference", arguments.reference,
                      "For the ledger, such as an invoice number");

  CLI::App* password = with_id("password", "Set a new password", Password);
  password->add_option("--password-file", arguments.password_file, kPasswordFile)->required();

  CLI::App* certificate =
      with_id("certificate", "Client certificates that may log in as this registrar", Certificate);
  certificate->add_option("ACTION", arguments.action, "add, remove or list")
      ->required()
      ->check(CLI::IsMember({"add", "remove", "list"}));
  certificate->add_option("CERTIFICATE", arguments.certificate,
                          "add: a PEM file; remove: a SHA-256 fingerprint as list shows it");
}

}  // namespace ctl
