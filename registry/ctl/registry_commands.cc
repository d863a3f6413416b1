#include <iostream>
#include <optional>

#include "registry/base/config.h"
#include "registry/base/text.h"
#include "registry/ctl/session.h"
#include "registry/store/operator_reader.h"
#include "registry/store/settings.h"

namespace ctl {
namespace {

int Show(Session& session) {
  const auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  const registry::RegistrySettings& settings = (*directory)->settings;
  Record record;
  record.Add("repository_id", "Repository identifier", settings.repository_id);
  record.Add("currency", "Currency", settings.currency);
  record.Add("sandbox", "Sandbox", settings.sandbox ? "yes" : "no");
  record.Add("contact_transfer_wait", "Transfers of contacts wait",
             registry::FormatDuration(settings.contact_transfer_wait));
  record.Add("contact_auth_info_ttl", "AuthInfo of contacts lasts",
             registry::FormatDuration(settings.contact_auth_info_ttl));
  record.Add("maintenance_courtesy", "Reminder before a maintenance",
             registry::FormatDuration(settings.maintenance_courtesy));
  record.Print(std::cout, session.json);
  return kExitOk;
}

// False if it is none.
bool ReadPeriod(const std::string& text, std::optional<absl::Duration>* period) {
  if (text.empty()) return true;
  const absl::StatusOr<absl::Duration> parsed = registry::ParseDuration(text);
  if (!parsed.ok()) return false;
  *period = *parsed;
  return true;
}

int Set(Session& session, const std::string& wait, const std::string& ttl,
        const std::string& courtesy) {
  registry::store::SettingsChange change;
  if (!ReadPeriod(wait, &change.contact_transfer_wait)) {
    return ReportUsage(registry::Concat(wait, ": not a duration such as 5d"), session.json);
  }
  if (!ReadPeriod(ttl, &change.contact_auth_info_ttl)) {
    return ReportUsage(registry::Concat(ttl, ": not a duration such as 14d"), session.json);
  }
  if (!ReadPeriod(courtesy, &change.maintenance_courtesy)) {
    return ReportUsage(registry::Concat(courtesy, ": not a duration such as 24h"), session.json);
  }
  if (!change.contact_transfer_wait && !change.contact_auth_info_ttl &&
      !change.maintenance_courtesy) {
    return ReportUsage("registry set: nothing to set", session.json);
  }
  const absl::Status set = registry::store::ChangeSettings(session.database, change);
  if (absl::IsInvalidArgument(set)) return ReportUsage(std::string(set.message()), session.json);
  return set.ok() ? Show(session) : ReportFailure(set, session.json);
}

}  // namespace

void AddRegistryCommands(CLI::App& app, Session& session) {
  CLI::App* group = app.add_subcommand("registry", "Settings of the registry as a whole");
  group->require_subcommand(1);
  Example(group, "registry show");

  CLI::App* show = group->add_subcommand("show", "All of them");
  Example(show, "registry show");
  show->callback([&session] { session.chosen = [&session] { return Show(session); }; });

  static std::string wait, ttl, courtesy;
  CLI::App* set = group->add_subcommand(
      "set",
      "Changes what concerns contacts, which belong to no TLD, and maintenances. Running servers\n"
      "follow within a second; transfers that are pending keep their date, and so do reminders.");
  set->add_option("--contact-transfer-wait", wait,
                  "After so long a pending transfer of a contact is approved")
      ->type_name("DURATION");
  set->add_option("--contact-auth-info-ttl", ttl,
                  "So long an authInfo of a contact can be used; 0s: until it is replaced")
      ->type_name("DURATION");
  set->add_option("--maintenance-courtesy", courtesy,
                  "Registrars are reminded of a maintenance so long before it begins; 0s: never")
      ->type_name("DURATION");
  Example(set, "registry set --contact-transfer-wait 5d --contact-auth-info-ttl 14d");
  set->callback(
      [&session] { session.chosen = [&session] { return Set(session, wait, ttl, courtesy); }; });
}

}  // namespace ctl
