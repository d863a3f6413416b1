// Every change of an object: when, who, by which command, what.
#include <boost/json.hpp>
#include <iostream>

#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/ctl/history_text.h"
#include "registry/ctl/object_lookup.h"
#include "registry/store/history_reader.h"
#include "registry/store/operator_reader.h"

namespace ctl {
namespace {

using registry::Concat;
using registry::Directory;
using registry::store::HistoryEntry;

// Of everything that has or had the name: after a purge and a new registration that is more than
// one object. Of a ROID, of that object alone.
absl::StatusOr<std::vector<int64_t>> ObjectsOf(const std::string& database,
                                               const ObjectName& object) {
  if (object.key) return std::vector<int64_t>{*object.key};
  return registry::store::ObjectsNamed(database, object.kind, object.name);
}

std::string StepOf(const HistoryEntry& entry, const boost::json::object& change) {
  return entry.actor == registry::kLifecycle ? ClockStep(change) : "";
}

// The worker needs a moment; what it wrote later than that is worth a line.
constexpr absl::Duration kPrompt = absl::Minutes(1);

void PrintEntry(const HistoryEntry& entry, const std::string& roid, const Directory& directory) {
  const boost::json::object change = ReadableChange(entry.change, directory);
  const std::string step = StepOf(entry, change);
  std::cout << registry::FormatUtc(entry.happened) << "  " << roid << " version " << entry.version
            << "  " << (step.empty() ? entry.command : step) << " by "
            << Who(directory, entry.actor) << "  ("
            << registry::FormatServerTransactionId(entry.number)
            << (entry.client_id.empty() ? "" : ", clTRID ") << entry.client_id << ")\n";
  if (entry.at - entry.happened > kPrompt) {
    std::cout << "    written at " << registry::FormatUtc(entry.at) << "\n";
  }
  for (const std::string& line : ChangeLines(change)) std::cout << "    " << line << "\n";
}

void AddEntry(Table& table, const HistoryEntry& entry, const std::string& roid,
              const Directory& directory) {
  const boost::json::object change = ReadableChange(entry.change, directory);
  table.AddRow({registry::FormatUtc(entry.happened), registry::FormatUtc(entry.at), roid,
                std::to_string(entry.version), Who(directory, entry.actor), entry.command,
                StepOf(entry, change), registry::FormatServerTransactionId(entry.number),
                entry.client_id, boost::json::serialize(change)});
}

}  // namespace

int ShowHistory(Session& session, const ObjectName& object) {
  const auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  const auto objects = ObjectsOf(session.database, object);
  if (!objects.ok()) return ReportFailure(objects.status(), session.json);
  if (objects->empty()) return kExitOk;
  Table table({{"happened", "When"},
               {"at", "Written"},
               {"roid", "ROID"},
               {"version", "Version", Table::Form::kNumber},
               {"who", "Who"},
               {"command", "Command"},
               {"step", "Step"},
               {"svtrid", "svTRID"},
               {"cltrid", "clTRID"},
               {"change", "What changed", Table::Form::kJson}});
  if (!session.json) std::cout << "\nHistory, oldest first\n";
  for (const int64_t key : *objects) {
    const auto entries = registry::store::ReadHistory(session.database, object.kind, key);
    if (!entries.ok()) return ReportFailure(entries.status(), session.json);
    const std::string roid = FormatRoid(object.kind, key, (*directory)->settings.repository_id);
    for (const HistoryEntry& entry : *entries) {
      if (!session.json) PrintEntry(entry, roid, **directory);
      if (session.json) AddEntry(table, entry, roid, **directory);
    }
  }
  if (session.json) table.Print(std::cout, true);
  return kExitOk;
}

}  // namespace ctl
