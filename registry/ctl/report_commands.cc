#include <iostream>

#include <boost/json.hpp>

#include "absl/time/time.h"
#include "registry/base/clock.h"
#include "registry/base/config.h"
#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/ctl/session.h"
#include "registry/store/audit.h"
#include "registry/store/operator_reader.h"

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

absl::Duration Behind(const registry::store::RegistryStatus& status, absl::Time now) {
  if (status.calendar_oldest >= now) return absl::ZeroDuration();
  return absl::Floor(now - status.calendar_oldest, absl::Seconds(1));
}

Table Tlds(const registry::store::RegistryStatus& status) {
  Table table({{"tld", "TLD"},
               {"active", "Active", Table::Form::kNumber},
               {"redemption", "Redemption", Table::Form::kNumber},
               {"pending_delete", "Pending delete", Table::Form::kNumber}});
  for (const auto& tld : status.tlds) {
    table.AddRow({tld.tld, std::to_string(tld.active), std::to_string(tld.redemption),
                  std::to_string(tld.pending_delete)});
  }
  return table;
}

Table Feed(const registry::store::RegistryStatus& status) {
  Table table({{"reader", "Feed reader"},
               {"entries", "Behind by", Table::Form::kNumber},
               {"seen", "Last seen"}});
  for (const auto& reader : status.feed) {
    table.AddRow({reader.reader, std::to_string(reader.entries), registry::FormatUtc(reader.seen)});
  }
  return table;
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
  record.Add("now", "Registry's time", registry::FormatUtc(now));
  record.AddFlag("sandbox", "Sandbox", status->settings.sandbox);
  record.AddNumber("schema_version", "Schema version", status->schema_version);
  record.Add("repository_id", "Repository ID", status->settings.repository_id);
  record.Add("currency", "Currency", status->settings.currency);
  record.AddNumber("domains", "Domains", Domains(*status));
  record.AddNumber("hosts", "Hosts", status->hosts);
  record.AddNumber("contacts", "Contacts", status->contacts);
  record.AddNumber("poll_messages", "Poll messages waiting", status->poll_messages);
  record.AddNumber("calendar_due", "Overdue in the calendar", status->calendar_due);
  const absl::Duration behind = Behind(*status, now);
  record.AddForPrograms("calendar_behind_seconds", absl::ToInt64Seconds(behind));
  if (behind > absl::ZeroDuration()) {
    record.AddForPeople("Worker behind by", {registry::FormatDuration(behind)});
  }
  record.AddNumber("database_bytes", "Database, bytes", status->database_bytes);
  record.AddNumber("backends", "Connections", status->backends);
  record.AddForPrograms("tlds", Tlds(*status).ToJson());
  record.AddForPrograms("feed_readers", Feed(*status).ToJson());
  record.Print(std::cout, session.json);
  if (session.json) return kExitOk;
  std::cout << "\n";
  Tlds(*status).Print(std::cout, false);
  if (status->feed.empty()) return kExitOk;
  std::cout << "\n";
  Feed(*status).Print(std::cout, false);
  return kExitOk;
}

}  // namespace

void AddReportCommands(CLI::App& app, Session& session) {
  CLI::App* audit = app.add_subcommand(
      "audit", "Check money and references over the whole database; reads every row");
  audit->callback([&session] { session.chosen = [&session] { return Audit(session); }; });
  Example(audit, "audit");
  CLI::App* status =
      app.add_subcommand("status", "What the registry holds, and what waits or lags");
  status->callback([&session] { session.chosen = [&session] { return Status(session); }; });
  Example(status, "--json status");
}

}  // namespace ctl
