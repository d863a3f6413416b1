#include "zonegen/wanted_file.h"

#include <algorithm>
#include <utility>

#include "zonegen/knot.h"

namespace zonegen {
namespace {

void Unite(OwnerRecords& into, OwnerRecords from) {
  into.owner = std::move(from.owner);
  into.records.insert(into.records.end(), from.records.begin(), from.records.end());
  std::ranges::sort(into.records);
  into.records.erase(std::unique(into.records.begin(), into.records.end()), into.records.end());
}

}  // namespace

bool CanonicalOrder::operator()(std::string_view a, std::string_view b) const {
  return knot_dname_cmp(reinterpret_cast<const knot_dname_t*>(a.data()),
                        reinterpret_cast<const knot_dname_t*>(b.data())) < 0;
}

absl::Status WantedFile::ReadNext() {
  std::string owner;
  DnsRecord record;
  while (!at_end_) {
    const auto more = reader_->Next(&owner, &record);
    if (!more.ok()) return more.status();
    OwnerRecords done;
    at_end_ = !*more;
    const bool complete =
        at_end_ ? gatherer_.Finish(&done) : gatherer_.Add(owner, std::move(record), &done);
    if (!complete) continue;
    in_head_ = in_head_ && fixed_.contains(done.owner);
    if (in_head_) {
      OwnerRecords& kept = head_[done.owner];
      Unite(kept, std::move(done));
      continue;
    }
    next_ = std::move(done);
    has_next_ = true;
    return absl::OkStatus();
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> WantedFile::Next(OwnerRecords* out) {
  if (!has_next_) {
    if (absl::Status status = ReadNext(); !status.ok()) return status;
  }
  if (!has_next_ && head_.empty()) return false;
  const bool from_head =
      !head_.empty() && (!has_next_ || !CanonicalOrder()(next_.owner, head_.begin()->first));
  if (!from_head) {
    *out = std::move(next_);
    has_next_ = false;
    return true;
  }
  const bool both = has_next_ && next_.owner == head_.begin()->first;
  *out = std::move(head_.begin()->second);
  head_.erase(head_.begin());
  if (both) {
    Unite(*out, std::move(next_));
    has_next_ = false;
  }
  return true;
}

}  // namespace zonegen
