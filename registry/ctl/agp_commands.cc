#include <iostream>
#include <optional>

#include "absl/strings/ascii.h"
#include "registry/base/clock.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/ctl/session.h"
#include "registry/rules/reasons.h"
#include "registry/store/add_grace_limits.h"
#include "registry/store/operator_reader.h"

namespace ctl {
namespace {

using registry::store::AddGraceUse;

struct Arguments {
  std::string month, registrar, tld;
};

std::optional<absl::CivilMonth> ParseMonth(const std::string& text) {
  absl::CivilMonth month;
  if (text.size() != 7 || !absl::ParseCivilTime(text, &month)) return std::nullopt;
  return month;
}

std::string_view StateName(const AddGraceUse& use) {
  switch (use.state) {
    case AddGraceUse::State::kCharged:
      return "charged";
    case AddGraceUse::State::kExempt:
      return "exempt";
    case AddGraceUse::State::kOpen:
      break;
  }
  return use.excess > 0 ? "open" : "";
}

int Show(Session& session, absl::CivilMonth month) {
  const auto uses = registry::store::ReadAddGraceUse(session.database, month);
  if (!uses.ok()) return ReportFailure(uses.status(), session.json);
  Table table({{"registrar", "Registrar"},
               {"tld", "TLD"},
               {"created", "Created", Table::Form::kNumber},
               {"deleted", "Deleted in add grace", Table::Form::kNumber},
               {"excess", "Excess", Table::Form::kNumber},
               {"charge", "Charge", Table::Form::kMoney},
               {"state", "State"}});
  for (const AddGraceUse& use : *uses) {
    table.AddRow({use.registrar, use.tld, std::to_string(use.created), std::to_string(use.deleted),
                  std::to_string(use.excess), FormatMoney(use.charge),
                  std::string(StateName(use))});
  }
  table.Print(std::cout, session.json);
  return kExitOk;
}

int Exempt(Session& session, absl::CivilMonth month, const Arguments& arguments) {
  const auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  if ((*directory)->Tld(absl::AsciiStrToLower(arguments.tld)) == nullptr) {
    return ReportRejection(
        registry::Reject(registry::kUnknownTld, registry::Excerpt(arguments.tld)), session.json);
  }
  const absl::Status status = registry::store::ExemptFromAddGraceLimits(
      session.database, month, arguments.registrar, absl::AsciiStrToLower(arguments.tld));
  if (absl::IsNotFound(status)) {
    return ReportRejection(registry::Reject(registry::kRegistrarNotFound, arguments.registrar),
                           session.json);
  }
  if (absl::IsAlreadyExists(status)) {
    return ReportRefusal("charged-already", std::string(status.message()), session.json);
  }
  return status.ok() ? Show(session, month) : ReportFailure(status, session.json);
}

int WithMonth(Session& session, const std::string& text,
              const std::function<int(absl::CivilMonth)>& then) {
  const std::optional<absl::CivilMonth> month = ParseMonth(text);
  if (!month) {
    return ReportUsage(registry::Concat(text, ": not a month such as 2026-11"), session.json);
  }
  return then(*month);
}

}  // namespace

void AddAgpCommands(CLI::App& app, Session& session) {
  static Arguments arguments;
  CLI::App* agp = app.add_subcommand(
      "agp", "Deletions in the add grace period, and what of them is charged (AGP limits)");
  agp->require_subcommand(1);
  Example(agp, "agp show --month 2026-11");

  CLI::App* show = agp->add_subcommand("show", "Who deleted how many in a month");
  show->add_option("--month", arguments.month, "Such as 2026-11")->required();
  Example(show, "agp show --month 2026-11");
  show->callback([&session] {
    session.chosen = [&session] {
      return WithMonth(session, arguments.month,
                       [&](absl::CivilMonth month) { return Show(session, month); });
    };
  });

  CLI::App* exempt = agp->add_subcommand(
      "exempt",
      "Extraordinary circumstances: do not charge a registrar's excess of a month.\n"
      "Before it is charged, that is until an hour after the month");
  exempt->add_option("REGISTRAR", arguments.registrar, "Such as gold")->required();
  exempt->add_option("TLD", arguments.tld, "Such as org")->required();
  exempt->add_option("--month", arguments.month, "Such as 2026-11")->required();
  Example(exempt, "agp exempt gold org --month 2026-11");
  exempt->callback([&session] {
    session.chosen = [&session] {
      return WithMonth(session, arguments.month,
                       [&](absl::CivilMonth month) { return Exempt(session, month, arguments); });
    };
  });
}

}  // namespace ctl
