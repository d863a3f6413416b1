#include "zonegen/zone_diff.h"

#include <tuple>
#include <utility>
#include <vector>

#include "registry/base/text.h"
#include "zonegen/canonical_order.h"
#include "zonegen/zone_reader.h"

namespace zonegen {
namespace {

using registry::Concat;

constexpr size_t kSoaFields = 7;

// One of the two files.
struct Side {
  ZoneReader reader;
  ZoneName name;
  bool has_name = false;

  absl::Status Advance() {
    const auto more = reader.Next(name);
    if (!more.ok()) return more.status();
    has_name = *more;
    return absl::OkStatus();
  }
};

std::string WithoutSerial(const std::string& soa) {
  auto fields = registry::Split(soa, ' ');
  if (fields.size() != kSoaFields) return soa;
  fields[2] = "";
  std::string all;
  for (const std::string_view field : fields) all.append(field).append(" ");
  return all;
}

// Whether both are the same thing, which may have changed.
bool SameRecord(const ZoneRecord& a, const ZoneRecord& b) {
  return a.type == b.type && (a.data == b.data || a.type == "SOA");
}

class Comparison {
 public:
  Comparison(const DiffOptions& options, const std::function<void(std::string_view)>& print)
      : options_(options), print_(print) {}

  void Removed(const std::string& name, const ZoneRecord& record) {
    ++difference_.by_type[record.type].removed;
    ++difference_.total.removed;
    Print('-', name, record);
  }
  void Added(const std::string& name, const ZoneRecord& record) {
    ++difference_.by_type[record.type].added;
    ++difference_.total.added;
    Print('+', name, record);
  }
  void Both(const std::string& name, const ZoneRecord& before, const ZoneRecord& after) {
    if (before == after) return;
    if (options_.ignore_serial && before.type == "SOA" && before.ttl == after.ttl &&
        WithoutSerial(before.data) == WithoutSerial(after.data)) {
      return;
    }
    ++difference_.by_type[before.type].changed;
    ++difference_.total.changed;
    Print('-', name, before);
    Print('+', name, after);
  }
  void Names(const ZoneName& before, const ZoneName& after) {
    size_t i = 0, j = 0;
    while (i < before.records.size() && j < after.records.size()) {
      const ZoneRecord &a = before.records[i], &b = after.records[j];
      if (SameRecord(a, b)) {
        Both(before.name, a, b);
        ++i, ++j;
      } else if (std::tie(a.type, a.data) < std::tie(b.type, b.data)) {
        Removed(before.name, before.records[i++]);
      } else {
        Added(after.name, after.records[j++]);
      }
    }
    while (i < before.records.size()) Removed(before.name, before.records[i++]);
    while (j < after.records.size()) Added(after.name, after.records[j++]);
  }
  ZoneDifference Take() { return std::move(difference_); }

 private:
  void Print(char sign, const std::string& name, const ZoneRecord& record) {
    line_.assign(1, sign);
    line_ += Concat(" ", name, ".\t", record.ttl, "\tIN\t", record.type, "\t", record.data, "\n");
    print_(line_);
  }

  const DiffOptions& options_;
  const std::function<void(std::string_view)>& print_;
  ZoneDifference difference_;
  std::string line_;
};

std::string Line(std::string_view what, const DiffCount& count) {
  return Concat(what, ": ", count.added, " added, ", count.removed, " removed, ", count.changed,
                " changed\n");
}

}  // namespace

absl::StatusOr<ZoneDifference> DiffZones(const std::string& old_file, const std::string& new_file,
                                         const DiffOptions& options,
                                         const std::function<void(std::string_view)>& print) {
  auto old_reader = ZoneReader::Open(old_file), new_reader = ZoneReader::Open(new_file);
  if (!old_reader.ok()) return old_reader.status();
  if (!new_reader.ok()) return new_reader.status();
  Side before{*std::move(old_reader)}, after{*std::move(new_reader)};
  Comparison comparison(options, print);
  absl::Status status = before.Advance();
  if (status.ok()) status = after.Advance();
  while (status.ok() && (before.has_name || after.has_name)) {
    if (before.has_name && after.has_name && before.name.name == after.name.name) {
      comparison.Names(before.name, after.name);
      status = before.Advance();
      if (status.ok()) status = after.Advance();
    } else if (before.has_name &&
               (!after.has_name || CanonicalLess(before.name.name, after.name.name))) {
      comparison.Names(before.name, {});
      status = before.Advance();
    } else {
      comparison.Names({}, after.name);
      status = after.Advance();
    }
  }
  if (!status.ok()) return status;
  return comparison.Take();
}

std::string Summarize(const ZoneDifference& difference) {
  std::string text;
  for (const auto& [type, count] : difference.by_type) text += Line(type, count);
  return text + Line("all", difference.total);
}

}  // namespace zonegen
