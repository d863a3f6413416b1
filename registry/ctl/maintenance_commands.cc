// Maintenances that registrars are told of, RFC 9167.
#include <openssl/rand.h>

#include <algorithm>
#include <iostream>

#include "absl/strings/ascii.h"
#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/base/utf8.h"
#include "registry/ctl/session.h"
#include "registry/net/user_name.h"
#include "registry/store/maintenance_notices.h"
#include "registry/store/operator_reader.h"
#include "registry/types/date_time.h"

namespace ctl {
namespace {

using registry::Concat;
using registry::Maintenance;
using registry::net::UserName;

// What stands on the command line. An update changes what is given.
struct Options {
  std::string id;
  std::optional<std::string> name, start, end, environment, environment_name, reason, detail,
      intervention;
  std::vector<std::string> types, systems, descriptions, tlds;
  std::vector<std::pair<std::string, std::string>> translations;
  bool all_tlds = false;
  bool all = false;
  int limit = 100;
};

absl::Status Wrong(std::string text) { return absl::InvalidArgumentError(std::move(text)); }

absl::Status ReadTime(std::string_view option, const std::optional<std::string>& text,
                      absl::Time now, absl::Time* time) {
  if (!text) return absl::OkStatus();
  const auto parsed = *text == "now" ? std::optional(now) : registry::ParseDateTime(*text);
  if (!parsed) {
    return Wrong(
        Concat(option, ": not a time such as 2027-01-31T12:00:00Z: ", registry::Excerpt(*text)));
  }
  *time = *parsed;
  return absl::OkStatus();
}

// NAME=IMPACT[@HOST].
absl::StatusOr<Maintenance::System> ReadSystem(const std::string& text) {
  const size_t equals = text.rfind('=');
  Maintenance::System system;
  std::string impact;
  if (equals != std::string::npos) {
    const size_t at = text.find('@', equals);
    system.name = text.substr(0, equals);
    impact = text.substr(equals + 1, at == std::string::npos ? at : at - equals - 1);
    if (at != std::string::npos) system.host = text.substr(at + 1);
    if (at != std::string::npos && system.host.empty()) impact.clear();
  }
  const auto parsed = registry::ParseImpact(impact);
  if (!parsed) {
    return Wrong(
        Concat("--system: not a name, an impact (none, partial, full) and maybe a host, "
               "such as EPP=full or EPP=full@epp.nic.example: ",
               registry::Excerpt(text)));
  }
  system.impact = *parsed;
  return system;
}

absl::Status ReadReason(const Options& options, Maintenance* maintenance) {
  if (!options.reason) return absl::OkStatus();
  if (*options.reason != "planned" && *options.reason != "emergency") {
    return Wrong("--reason: planned or emergency");
  }
  maintenance->emergency = *options.reason == "emergency";
  return absl::OkStatus();
}

absl::Status ReadIntervention(const Options& options, Maintenance* maintenance) {
  if (!options.intervention) return absl::OkStatus();
  const std::string& text = *options.intervention;
  if (text != "none" && text != "connection" && text != "implementation" && text != "both") {
    return Wrong("--intervention: none, connection, implementation or both");
  }
  maintenance->intervention = {text == "connection" || text == "both",
                               text == "implementation" || text == "both"};
  return absl::OkStatus();
}

// A single empty text stands for no value.
std::vector<std::string> Given(std::vector<std::string> values) {
  if (values.size() == 1 && values.front().empty()) values.clear();
  return values;
}

void ReadTexts(const Options& options, Maintenance* maintenance) {
  if (options.name) maintenance->name = *options.name;
  if (options.detail) maintenance->detail = *options.detail;
  if (options.environment) {
    maintenance->environment = *options.environment;
    maintenance->environment_name.clear();
  }
  if (options.environment_name) maintenance->environment_name = *options.environment_name;
  if (!options.types.empty()) maintenance->types = Given(options.types);
  if (!options.descriptions.empty() || !options.translations.empty()) {
    maintenance->descriptions.clear();
    for (std::string& text : Given(options.descriptions)) {
      maintenance->descriptions.push_back({"en", std::move(text)});
    }
    for (const auto& [language, text] : options.translations) {
      maintenance->descriptions.push_back({language, text});
    }
  }
}

void ReadTlds(const Options& options, Maintenance* maintenance) {
  if (options.all_tlds) maintenance->tlds.clear();
  if (options.tlds.empty()) return;
  maintenance->tlds.clear();
  for (const std::string& tld : options.tlds) {
    maintenance->tlds.push_back(absl::AsciiStrToLower(tld));
  }
  std::vector<std::string>& tlds = maintenance->tlds;
  std::ranges::sort(tlds);
  tlds.erase(std::unique(tlds.begin(), tlds.end()), tlds.end());
}

// Puts in what is given. What the values may be, the registry says.
absl::Status ReadInto(const Options& options, absl::Time now, Maintenance* maintenance) {
  if (options.all_tlds && !options.tlds.empty()) return Wrong("either --tld or --all-tlds");
  if (!options.systems.empty()) maintenance->systems.clear();
  for (const std::string& text : options.systems) {
    auto system = ReadSystem(text);
    if (!system.ok()) return system.status();
    maintenance->systems.push_back(*std::move(system));
  }
  ReadTexts(options, maintenance);
  ReadTlds(options, maintenance);
  for (absl::Status status :
       {ReadTime("--start", options.start, now, &maintenance->starts),
        ReadTime("--end", options.end, now, &maintenance->ends), ReadReason(options, maintenance),
        ReadIntervention(options, maintenance)}) {
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<absl::Time> Now(const Session& session) {
  const auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return directory.status();
  registry::SystemClock clock;
  clock.SetOffset((*directory)->settings.clock_offset);
  return clock.Now();
}

// The day of the start, and 30 bits so that two of a day differ.
std::string MakeId(absl::Time starts) {
  constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";
  static_assert(kLetters.size() == 32);
  unsigned char octets[6];
  POSTEL_CHECK(RAND_bytes(octets, sizeof octets) == 1);
  std::string id = absl::FormatTime("%Y%m%d-", starts, absl::UTCTimeZone());
  for (const unsigned char octet : octets) id += kLetters[octet % kLetters.size()];
  return id;
}

int ReportEnd(const absl::StatusOr<registry::store::MaintenanceDone>& done, const char* key,
              const char* title, const Session& session) {
  const std::string text(done.status().message());
  if (absl::IsNotFound(done.status())) {
    return ReportRefusal("maintenance-not-found", text, session.json);
  }
  if (absl::IsAlreadyExists(done.status())) {
    return ReportRefusal("maintenance-exists", text, session.json);
  }
  if (absl::IsInvalidArgument(done.status())) return ReportUsage(text, session.json);
  if (!done.ok()) return ReportFailure(done.status(), session.json);
  Record record;
  record.Add(key, title, done->maintenance.id);
  record.AddNumber("told", "Registrars told", done->told);
  record.Print(std::cout, session.json);
  return kExitOk;
}

int Create(Session& session, const Options& options) {
  const auto now = Now(session);
  if (!now.ok()) return ReportFailure(now.status(), session.json);
  Maintenance maintenance;
  const absl::Status read = ReadInto(options, *now, &maintenance);
  if (!read.ok()) return ReportUsage(std::string(read.message()), session.json);
  maintenance.id = options.id.empty() ? MakeId(maintenance.starts) : options.id;
  const auto done = registry::store::CreateMaintenance(session.database, std::move(maintenance),
                                                       UserName(), *now);
  return ReportEnd(done, "created", "Announced", session);
}

int Update(Session& session, const Options& options) {
  const auto now = Now(session);
  if (!now.ok()) return ReportFailure(now.status(), session.json);
  const auto change = [&](Maintenance& maintenance) {
    return ReadInto(options, *now, &maintenance);
  };
  const auto done =
      registry::store::UpdateMaintenance(session.database, options.id, change, UserName(), *now);
  return ReportEnd(done, "updated", "Changed", session);
}

int Delete(Session& session, const Options& options) {
  const auto now = Now(session);
  if (!now.ok()) return ReportFailure(now.status(), session.json);
  const auto done =
      registry::store::DeleteMaintenance(session.database, options.id, UserName(), *now);
  return ReportEnd(done, "deleted", "Cancelled", session);
}

std::string StateOf(const Maintenance& maintenance, absl::Time now) {
  if (now >= maintenance.ends) return "ended";
  return now < maintenance.starts ? "planned" : "running";
}

std::string SystemsText(const Maintenance& maintenance) {
  std::string text;
  for (const Maintenance::System& system : maintenance.systems) {
    text += Concat(text.empty() ? "" : ", ", system.name, " (", registry::ImpactName(system.impact),
                   ")");
  }
  return text;
}

std::string TldsText(const Maintenance& maintenance) {
  std::string text;
  for (const std::string& tld : maintenance.tlds) text += Concat(text.empty() ? "" : " ", tld);
  return text;
}

int List(Session& session, const Options& options) {
  const auto now = Now(session);
  if (!now.ok()) return ReportFailure(now.status(), session.json);
  const auto records = registry::store::ReadMaintenances(session.database, options.all, *now);
  if (!records.ok()) return ReportFailure(records.status(), session.json);
  Table table({{"id", "ID"},
               {"state", "State"},
               {"start", "Start"},
               {"end", "End"},
               {"systems", "Systems"},
               {"tlds", "TLDs"}});
  for (const auto& record : *records) {
    const Maintenance& maintenance = record.maintenance;
    table.AddRow({maintenance.id, StateOf(maintenance, *now),
                  registry::FormatUtc(maintenance.starts), registry::FormatUtc(maintenance.ends),
                  SystemsText(maintenance), TldsText(maintenance)});
  }
  table.Print(std::cout, session.json);
  return kExitOk;
}

void AddTexts(const Maintenance& maintenance, Record* record) {
  std::vector<std::string> systems, descriptions;
  for (const Maintenance::System& system : maintenance.systems) {
    systems.push_back(Concat(system.name, "=", registry::ImpactName(system.impact),
                             system.host.empty() ? "" : "@", system.host));
  }
  for (const Maintenance::Text& description : maintenance.descriptions) {
    descriptions.push_back(Concat(description.language, " ", description.text));
  }
  record->AddList("systems", "System", systems);
  record->Add("environment", "Environment", maintenance.environment);
  if (!maintenance.environment_name.empty()) {
    record->Add("environment_name", "Environment's name", maintenance.environment_name);
  }
  record->Add("reason", "Reason", maintenance.emergency ? "emergency" : "planned");
  if (!maintenance.types.empty()) record->AddList("types", "Type", maintenance.types);
  if (!maintenance.detail.empty()) record->Add("detail", "Detail", maintenance.detail);
  if (!descriptions.empty()) record->AddList("descriptions", "Description", descriptions);
  if (!maintenance.tlds.empty()) record->AddList("tlds", "TLD", maintenance.tlds);
  if (maintenance.intervention) {
    const auto [connection, implementation] = *maintenance.intervention;
    record->Add("intervention", "Intervention",
                connection ? (implementation ? "both" : "connection")
                           : (implementation ? "implementation" : "none"));
  }
}

int Show(Session& session, const Options& options) {
  const auto now = Now(session);
  if (!now.ok()) return ReportFailure(now.status(), session.json);
  const auto records = registry::store::ReadMaintenances(session.database, true, *now);
  if (!records.ok()) return ReportFailure(records.status(), session.json);
  const auto found = std::ranges::find_if(
      *records, [&](const auto& record) { return record.maintenance.id == options.id; });
  if (found == records->end()) {
    return ReportRefusal("maintenance-not-found", "there is no such maintenance", session.json);
  }
  const Maintenance& maintenance = found->maintenance;
  Record record;
  record.Add("id", "ID", maintenance.id);
  if (!maintenance.name.empty()) record.Add("name", "Name", maintenance.name);
  record.Add("state", "State", StateOf(maintenance, *now));
  record.Add("start", "Start", registry::FormatUtc(maintenance.starts));
  record.Add("end", "End", registry::FormatUtc(maintenance.ends));
  AddTexts(maintenance, &record);
  record.Add("created", "Announced", registry::FormatUtc(maintenance.created));
  if (maintenance.updated) {
    record.Add("updated", "Changed", registry::FormatUtc(*maintenance.updated));
  }
  if (found->courtesy) record.Add("courtesy", "Reminder", registry::FormatUtc(*found->courtesy));
  record.Print(std::cout, session.json);
  return kExitOk;
}

int History(Session& session, const Options& options) {
  const auto changes =
      registry::store::ReadMaintenanceChanges(session.database, options.id, options.limit);
  if (!changes.ok()) return ReportFailure(changes.status(), session.json);
  Table table({{"at", "When"},
               {"by", "By"},
               {"id", "ID"},
               {"told", "Told"},
               {"start", "Start"},
               {"end", "End"},
               {"systems", "Systems"}});
  for (const auto& change : *changes) {
    const Maintenance& maintenance = change.notice.maintenance;
    table.AddRow({registry::FormatUtc(change.at), change.by, maintenance.id,
                  std::string(registry::NoticeName(change.notice.kind)),
                  registry::FormatUtc(maintenance.starts), registry::FormatUtc(maintenance.ends),
                  SystemsText(maintenance)});
  }
  table.Print(std::cout, session.json);
  return kExitOk;
}

void AddValues(CLI::App* to, Options* options) {
  to->add_option("--start", options->start, "A time in UTC, or now");
  to->add_option("--end", options->end, "Likewise");
  to->add_option("--system", options->systems,
                 "NAME=IMPACT or NAME=IMPACT@HOST; the impact is none, partial or full; repeated");
  to->add_option("--name", options->name, "For people");
  to->add_option("--type", options->types, "Of maintenance, in your words; repeated");
  to->add_option("--environment", options->environment,
                 "production (the default), ote, staging, dev or custom");
  to->add_option("--environment-name", options->environment_name, "Of a custom one");
  to->add_option("--reason", options->reason, "planned (the default) or emergency");
  to->add_option("--detail", options->detail, "The URL of a page about it");
  to->add_option("--description", options->descriptions, "In English");
  to->add_option("--description-in", options->translations,
                 "In another language: LANGUAGE TEXT; repeated");
  to->add_option("--tld", options->tlds, "Only of this TLD, without it of all; repeated");
  to->add_option("--intervention", options->intervention,
                 "What clients have to do: none, connection (connect again), implementation "
                 "(change their software) or both");
  // One value each time, so that what follows is not taken for one more.
  for (const char* name : {"--system", "--type", "--description", "--tld"}) {
    to->get_option(name)->allow_extra_args(false);
  }
  to->get_option("--description-in")->allow_extra_args(false);
}

}  // namespace

void AddMaintenanceCommands(CLI::App& app, Session& session) {
  CLI::App* maintenance = app.add_subcommand(
      "maintenance",
      "Maintenances of the registry's systems (RFC 9167). Each change is told to the registrars\n"
      "whom it concerns, at once; the worker reminds them before the start and tells the end.");
  maintenance->require_subcommand(1);
  Example(maintenance, "maintenance list");

  static Options options;
  const auto subcommand = [&](const char* name, const char* help, const std::string& example,
                              int (*run)(Session&, const Options&)) {
    CLI::App* made = maintenance->add_subcommand(name, help);
    made->callback(
        [&session, run] { session.chosen = [&session, run] { return run(session, options); }; });
    Example(made, example);
    return made;
  };

  CLI::App* create =
      subcommand("create", "Announce a maintenance",
                 "maintenance create --start 2027-01-31T02:00:00Z --end 2027-01-31T04:00:00Z "
                 "--system EPP=full@epp.nic.example",
                 Create);
  create->add_option("--id", options.id, "Of your choice, never used before; made without this");
  AddValues(create, &options);
  for (const char* name : {"--start", "--end", "--system"}) create->get_option(name)->required();

  CLI::App* update = subcommand(
      "update",
      "Change a maintenance that has not ended. What is given takes the place of what was there,\n"
      "lists as a whole; an empty text takes it away. With another start, registrars are reminded\n"
      "again.",
      "maintenance update 20270131-k3f9x2 --end 2027-01-31T05:00:00Z", Update);
  update->add_option("ID", options.id, "As list shows it")->required();
  AddValues(update, &options);
  update->add_flag("--all-tlds", options.all_tlds, "Of all TLDs");

  CLI::App* remove = subcommand("delete", "Cancel a maintenance that has not ended",
                                "maintenance delete 20270131-k3f9x2", Delete);
  remove->add_option("ID", options.id, "As list shows it")->required();

  CLI::App* list =
      subcommand("list", "Those that are planned or running", "maintenance list --all", List);
  list->add_flag("--all", options.all, "Also those that have ended");

  CLI::App* show = subcommand("show", "All about one", "maintenance show 20270131-k3f9x2", Show);
  show->add_option("ID", options.id, "As list shows it")->required();

  CLI::App* history = subcommand("history", "What registrars were told, the latest first",
                                 "maintenance history 20270131-k3f9x2", History);
  history->add_option("ID", options.id, "Only of this one");
  history->add_option("--limit", options.limit, "So many lines at most")
      ->check(CLI::Range(1, 1'000'000));
}

}  // namespace ctl
