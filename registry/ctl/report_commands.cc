#include <iostream>

#include "absl/time/time.h"
#include "registry/base/clock.h"
#include "registry/base/config.h"
#include "registry/base/text.h"
#include "registry/ctl/session.h"
#include "registry/store/audit.h"
#include "registry/store/operator_reader.h"
#include "registry/types/years.h"

namespace ctl {
namespace {

int Audit(Session& session) {
  auto findings = registry::store::Audit(session.database);
  if (!findings.ok()) return ReportFailure(findings.status(), session.json);
  if (findings->empty() && !session.json) {
    std::cout << "Money and references are in order.\n";
    return kExitOk;
  }
  Table table({{"check", "Check"}, {"subject", "Subject"}, {"detail", "Detail"}});
  for (const auto& finding : *findings) {
    table.AddRow({finding.check, finding.subject, finding.detail});
  }
  table.Print(std::cout, session.json);
  return findings->empty() ? kExitOk : kExitFindings;
}

std::string OldestDue(const registry::store::RegistryStatus& status, absl::Time now) {
  if (status.calendar_oldest >= now) return "";
  return registry::FormatDuration(absl::Floor(now - status.calendar_oldest, absl::Seconds(1)));
}

void PrintTlds(const registry::store::RegistryStatus& status) {
  Table table({{"tld", "TLD"},
               {"active", "Active", true},
               {"redemption", "Redemption", true},
               {"pending_delete", "Pending delete", true}});
  for (const auto& tld : status.tlds) {
    table.AddRow({tld.tld, std::to_string(tld.active), std::to_string(tld.redemption),
                  std::to_string(tld.pending_delete)});
  }
  std::cout << "\n";
  table.Print(std::cout, false);
}

void PrintFeed(const registry::store::RegistryStatus& status) {
  if (status.feed.empty()) return;
  Table table({{"reader", "Feed reader"}, {"entries", "Behind by", true}, {"seen", "Last seen"}});
  for (const auto& reader : status.feed) {
    table.AddRow(
        {reader.reader, std::to_string(reader.entries), registry::FormatTime(reader.seen)});
  }
  std::cout << "\n";
  table.Print(std::cout, false);
}

int64_t Domains(const registry::store::RegistryStatus& status) {
  int64_t sum = 0;
  for (const auto& tld : status.tlds) sum += tld.active + tld.redemption + tld.pending_delete;
  return sum;
}

int Status(Session& session) {
  auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  registry::SystemClock clock;
  clock.SetOffset((*directory)->settings.clock_offset);
  const absl::Time now = clock.Now();
  auto status = registry::store::ReadStatus(session.database, now);
  if (!status.ok()) return ReportFailure(status.status(), session.json);

  Record record;
  record.Add("now", "Registry's time", registry::FormatTime(now));
  record.Add("sandbox", "Sandbox", status->settings.sandbox ? "yes" : "no");
  record.AddNumber("schema_version", "Schema version", status->schema_version);
  record.Add("repository_id", "Repository ID", status->settings.repository_id);
  record.AddNumber("domains", "Domains", Domains(*status));
  record.AddNumber("hosts", "Hosts", status->hosts);
  record.AddNumber("contacts", "Contacts", status->contacts);
  record.AddNumber("poll_messages", "Poll messages waiting", status->poll_messages);
  record.AddNumber("calendar_due", "Overdue in the calendar", status->calendar_due);
  record.Add("calendar_behind", "Worker behind by", OldestDue(*status, now));
  record.AddNumber("database_bytes", "Database, bytes", status->database_bytes);
  record.AddNumber("backends", "Connections", status->backends);
  record.Print(std::cout, session.json);
  if (!session.json) {
    PrintTlds(*status);
    PrintFeed(*status);
  }
  return kExitOk;
}

}  // namespace

void AddReportCommands(CLI::App& app, Session& session) {
  app.add_subcommand("audit",
                     "Check money and references over the whole database; reads every row.\n"
                     "Exit code 4 if anything is wrong")
      ->callback([&session] { session.chosen = [&session] { return Audit(session); }; });
  app.add_subcommand("status", "What the registry holds, and what waits or lags")
      ->callback([&session] { session.chosen = [&session] { return Status(session); }; });
}

}  // namespace ctl
