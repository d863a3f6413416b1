#include <fstream>
#include <iostream>

#include "registry/base/text.h"
#include "registry/commands/registrar_create.h"
#include "registry/commands/registrar_password.h"
#include "registry/commands/registrar_update.h"
#include "registry/ctl/registrar_actions.h"
#include "registry/ctl/registrar_options.h"
#include "registry/store/password.h"

namespace ctl {
namespace {

using registry::Outcome;
using registry::Registrar;
using registry::RegistrarId;
using registry::RegistrarUpdate;

// What the command line of any `registrar` subcommand can hold.
struct Arguments {
  std::string id;
  RegistrarOptions options;
  std::string password_file;
  std::string amount, reference;
  std::string action, certificate;
  int limit = 50;
};

// The first line of the file, or of standard input for "-", as it is stored.
absl::StatusOr<Outcome<std::string>> ReadPassword(const std::string& path, const RegistrarId& id) {
  std::string password;
  if (path == "-") {
    std::getline(std::cin, password);
  } else {
    std::ifstream file(path);
    if (!file) return absl::InvalidArgumentError(registry::Concat(path, ": cannot be read"));
    std::getline(file, password);
  }
  if (auto checked = registry::CheckPassword(password, id); !checked) {
    return Outcome<std::string>(checked.rejection());
  }
  return Outcome<std::string>(registry::store::HashPassword(password));
}

int Create(Session& session, const Arguments& arguments) {
  const Outcome<RegistrarId> id = RegistrarId::Parse(arguments.id);
  if (!id) return ReportRejection(id.rejection(), session.json);
  const Outcome<RegistrarUpdate> given = arguments.options.Parse(*id);
  if (!given) return ReportRejection(given.rejection(), session.json);
  const auto hash = ReadPassword(arguments.password_file, *id);
  if (!hash.ok()) return ReportFailure(hash.status(), session.json);
  if (!hash->ok()) return ReportRejection(hash->rejection(), session.json);
  Registrar registrar;
  registrar.id = *id;
  registrar.name = arguments.id;
  registrar.password_hash = **hash;
  given->WriteTo(registrar);
  registry::RegistrarCreate command{std::move(registrar)};
  return session.Run("registrar-create", std::move(command),
                     [&](const auto&) { return Confirm(session, "created", arguments.id); });
}

int Update(Session& session, const Arguments& arguments) {
  const Outcome<RegistrarId> id = RegistrarId::Parse(arguments.id);
  if (!id) return ReportRejection(id.rejection(), session.json);
  Outcome<RegistrarUpdate> update = arguments.options.Parse(*id);
  if (!update) return ReportRejection(update.rejection(), session.json);
  if (update->empty()) return ReportUsage("nothing to change", session.json);
  return session.Run("registrar-update", *std::move(update),
                     [&](const auto&) { return Confirm(session, "updated", arguments.id); });
}

int Suspend(Session& session, const Arguments& arguments, bool suspended) {
  const Outcome<RegistrarId> id = RegistrarId::Parse(arguments.id);
  if (!id) return ReportRejection(id.rejection(), session.json);
  RegistrarUpdate command{.id = *id, .suspended = suspended};
  return session.Run("registrar-suspend", std::move(command), [&](const auto&) {
    return Confirm(session, suspended ? "suspended" : "resumed", arguments.id);
  });
}

int Password(Session& session, const Arguments& arguments) {
  return WithRegistrar(
      session, arguments.id, [&](const registry::Directory&, const Registrar& registrar) {
        const auto hash = ReadPassword(arguments.password_file, registrar.id);
        if (!hash.ok()) return ReportFailure(hash.status(), session.json);
        if (!hash->ok()) return ReportRejection(hash->rejection(), session.json);
        registry::RegistrarPassword command{registrar.key, **hash};
        return session.Run("registrar-password", std::move(command), [&](const auto&) {
          return Confirm(session, "password changed", arguments.id);
        });
      });
}

// Adds subcommands that take the registrar's identifier, and remembers which one was chosen.
class Adder {
 public:
  Adder(CLI::App& registrar, Session& session, Arguments& arguments)
      : registrar_(registrar), session_(session), arguments_(arguments) {}

  template <class Run>
  CLI::App* Add(const char* name, const char* help, const char* example, Run run) {
    CLI::App* command = registrar_.add_subcommand(name, help);
    command->callback([&session = session_, &arguments = arguments_, run] {
      session.chosen = [&session, &arguments, run] { return run(session, arguments); };
    });
    Example(command, registry::Concat("registrar ", example));
    return command;
  }

  template <class Run>
  CLI::App* AddWithId(const char* name, const char* help, const char* example, Run run) {
    CLI::App* command = Add(name, help, example, run);
    command
        ->add_option("ID", arguments_.id,
                     "The registrar's EPP client identifier, 3 to 16 letters, digits and hyphens")
        ->required();
    return command;
  }

 private:
  CLI::App& registrar_;
  Session& session_;
  Arguments& arguments_;
};

void AddAccountCommands(Adder adder, Arguments& arguments) {
  constexpr char kPasswordFile[] = "File whose first line is the password; - for standard input";
  CLI::App* create =
      adder.AddWithId("create", "Admit a registrar",
                      "create gold --name 'Gold Inc.' --iana-id 9995 --password-file FILE", Create);
  arguments.options.AddTo(*create);
  create->add_option("--password-file", arguments.password_file, kPasswordFile)->required();
  CLI::App* update =
      adder.AddWithId("update", "Change what is given, keep the rest; \"\" takes a text away",
                      "update gold --city Reston --fax ''", Update);
  arguments.options.AddTo(*update);
  adder.AddWithId("suspend", "Refuse its logins and commands from now on", "suspend gold",
                  [](Session& s, const Arguments& a) { return Suspend(s, a, true); });
  adder.AddWithId("resume", "End a suspension", "resume gold",
                  [](Session& s, const Arguments& a) { return Suspend(s, a, false); });
  CLI::App* password = adder.AddWithId("password", "Set a new password",
                                       "password gold --password-file FILE", Password);
  password->add_option("--password-file", arguments.password_file, kPasswordFile)->required();
}

void AddMoneyCommands(Adder adder, Arguments& arguments) {
  CLI::App* deposit = adder.AddWithId(
      "deposit", "Book money that it paid (or, negative, took back)",
      "deposit gold 1000.00 --reference 'invoice 42'",
      [](Session& s, const Arguments& a) { return Deposit(s, a.id, a.amount, a.reference); });
  deposit->add_option("AMOUNT", arguments.amount, "Such as 1000.00")->required();
  deposit->add_option("--reference", arguments.reference,
                      "For the ledger, such as an invoice number");
  CLI::App* ledger = adder.AddWithId(
      "ledger", "Its newest charges, refunds and deposits, oldest first", "ledger gold --limit 100",
      [](Session& s, const Arguments& a) { return ShowLedger(s, a.id, a.limit); });
  ledger->add_option("--limit", arguments.limit, "At most so many")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
}

void AddCertificateCommand(Adder adder, Arguments& arguments) {
  CLI::App* certificate = adder.AddWithId(
      "certificate", "Client certificates that may log in as this registrar",
      "certificate gold add client.pem",
      [](Session& s, const Arguments& a) { return Certificate(s, a.id, a.action, a.certificate); });
  certificate->add_option("ACTION", arguments.action, "add, remove or list")
      ->required()
      ->check(CLI::IsMember({"add", "remove", "list"}));
  certificate->add_option("CERTIFICATE", arguments.certificate,
                          "add: a PEM file; remove: a SHA-256 fingerprint as list shows it");
}

}  // namespace

void AddRegistrarCommands(CLI::App& app, Session& session) {
  static Arguments arguments;
  CLI::App* registrar =
      app.add_subcommand("registrar", "Registrars: accounts, money, certificates");
  registrar->require_subcommand(1);
  Example(registrar, "registrar list");
  Adder adder(*registrar, session, arguments);
  AddAccountCommands(adder, arguments);
  adder.Add("list", "All registrars with their balances", "list",
            [](Session& s, const Arguments&) { return ListRegistrars(s); });
  adder.AddWithId("show", "Everything about one registrar", "show gold",
                  [](Session& s, const Arguments& a) { return ShowRegistrar(s, a.id); });
  AddMoneyCommands(adder, arguments);
  AddCertificateCommand(adder, arguments);
}

}  // namespace ctl
