#include "zonegen/zone_difference.h"

#include <algorithm>
#include <utility>

#include "registry/base/text.h"
#include "zonegen/knot.h"
#include "zonegen/zone_version.h"

namespace zonegen {
namespace {

int Order(std::string_view a, std::string_view b) {
  return knot_dname_cmp(reinterpret_cast<const knot_dname_t*>(a.data()),
                        reinterpret_cast<const knot_dname_t*>(b.data()));
}

bool IsCompared(const DnsRecord& record) {
  return record.type != kTypeSoa && !IsMadeBySigner(record.type) && !VersionOf(record);
}

}  // namespace

bool OwnerGatherer::Add(std::string_view owner, DnsRecord record, OwnerRecords* done) {
  if (!IsCompared(record)) return false;
  const bool next = owner != current_.owner;
  const bool complete = next && Finish(done);
  if (next) current_.owner = owner;
  current_.records.push_back(std::move(record));
  return complete;
}

bool OwnerGatherer::Finish(OwnerRecords* done) {
  if (current_.owner.empty()) return false;
  std::ranges::sort(current_.records);
  current_.records.erase(std::unique(current_.records.begin(), current_.records.end()),
                         current_.records.end());
  *done = std::exchange(current_, {});
  return true;
}

void ZoneDifference::Differs(std::string_view owner) {
  ++different_;
  if (owners_.size() < limit_) owners_.push_back(NameText(owner));
}

absl::Status ZoneDifference::Advance() {
  started_ = true;
  const auto more = wanted_.Next(&next_);
  if (!more.ok()) return more.status();
  more_ = *more;
  if (more_) ++compared_;
  return absl::OkStatus();
}

absl::Status ZoneDifference::Serve(OwnerRecords served) {
  if (!last_served_.empty() && Order(last_served_, served.owner) >= 0) {
    return absl::DataLossError(registry::Concat(
        "the primary does not transfer the zone in canonical order: ", NameText(served.owner),
        " came after ", NameText(last_served_)));
  }
  last_served_ = served.owner;
  if (!started_) {
    if (absl::Status status = Advance(); !status.ok()) return status;
  }
  while (more_ && Order(next_.owner, served.owner) < 0) {
    Differs(next_.owner);
    if (absl::Status status = Advance(); !status.ok()) return status;
  }
  if (!more_ || next_.owner != served.owner) {
    ++compared_;
    Differs(served.owner);
    return absl::OkStatus();
  }
  if (next_.records != served.records) Differs(served.owner);
  return Advance();
}

absl::Status ZoneDifference::Finish() {
  absl::Status status = started_ ? absl::OkStatus() : Advance();
  while (status.ok() && more_) {
    Differs(next_.owner);
    status = Advance();
  }
  return status;
}

}  // namespace zonegen
