#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "registry/base/clock.h"
#include "registry/ctl/output.h"
#include "registry/store/store.h"

namespace ctl {

// What all subcommands share: the options before them, and the store, opened when the first command
// asks for it.
class Session {
 public:
  std::string database;  // libpq connection string
  bool json = false;
  registry::OperatorNote note;  // what registrars are told of the command

  // The chosen subcommand; its result is the exit code. Run after the whole command line was
  // understood.
  std::function<int()> chosen;

  absl::StatusOr<registry::store::Store*> store();

  // Runs one command as the operator. An error is the world's, a rejection stands in the outcome.
  template <class Command>
  absl::StatusOr<registry::store::Reply<registry::store::AnswerOf<Command>>> Ask(
      std::string_view name, Command command) {
    absl::StatusOr<registry::store::Store*> opened = store();
    if (!opened.ok()) return opened.status();
    registry::store::Origin origin{registry::kOperator, "", name, note};
    auto reply = (*opened)->Run(std::move(origin), std::move(command));
    if (!reply.status.ok()) return reply.status;
    return reply;
  }

  // The same, with a refusal or failure reported. `then` gets the reply of what was accepted.
  template <class Command, class Then>
  int Run(std::string_view name, Command command, Then then) {
    auto reply = Ask(name, std::move(command));
    if (!reply.ok()) return ReportFailure(reply.status(), json);
    if (!reply->outcome->ok()) return ReportRejection(reply->outcome->rejection(), json);
    return then(std::as_const(*reply));
  }

 private:
  registry::SystemClock clock_;
  std::unique_ptr<registry::store::Store> store_;
};

// For `--help` of a subcommand.
inline void Example(CLI::App* command, const std::string& line) {
  command->footer("Example: postelctl " + line);
}

// Each adds its subcommands to the application.
void AddSchemaCommands(CLI::App& app, Session& session);       // migrate
void AddClockCommands(CLI::App& app, Session& session);        // clock ...
void AddRegistryCommands(CLI::App& app, Session& session);     // registry show, set
void AddTldCommands(CLI::App& app, Session& session);          // tld apply, show
void AddIdnCommands(CLI::App& app, Session& session);          // idn apply, show, variants
void AddRegistrarCommands(CLI::App& app, Session& session);    // registrar ...
void AddObjectCommands(CLI::App& app, Session& session);       // domain, host, contact
void AddAgpCommands(CLI::App& app, Session& session);          // agp show, exempt
void AddNamesCommands(CLI::App& app, Session& session);        // names ...
void AddTokenCommands(CLI::App& app, Session& session);        // token ...
void AddRddsCommands(CLI::App& app, Session& session);         // rdds-token ..., rdap-bootstrap
void AddMaintenanceCommands(CLI::App& app, Session& session);  // maintenance ...
void AddZoneCommands(CLI::App& app, Session& session);         // zone keys
void AddReportCommands(CLI::App& app, Session& session);       // audit, status

}  // namespace ctl
