#include "bench/dns/zone_changes.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_format.h"
#include "registry/base/check.h"
#include "zonegen/dns_record.h"

namespace bench {
namespace {

constexpr std::array<int, ZoneChanges::kKinds> kParts = {3, 2, 2, 3};  // of ten

}  // namespace

ZoneChanges::ZoneChanges(NameSeries fresh, std::vector<std::string> hosts, uint32_t names)
    : series_(std::move(fresh)), hosts_(std::move(hosts)), names_(names) {
  POSTEL_CHECK(hosts_.size() >= 3);
}

ZoneChanges::Kind ZoneChanges::Draw() {
  if (idle_.size() < std::max<size_t>(names_, 1)) return Kind::kCreate;
  int left = std::uniform_int_distribution(0, 9)(random_);
  int kind = 0;
  while (left >= kParts[static_cast<size_t>(kind)]) left -= kParts[static_cast<size_t>(kind++)];
  return static_cast<Kind>(kind);
}

ZoneChanges::Name ZoneChanges::Take(Kind kind) {
  if (kind == Kind::kCreate) {
    const uint32_t number = made_++;
    return {number, number % static_cast<uint32_t>(hosts_.size()), false, 0, false};
  }
  const Name name = idle_.front();
  idle_.pop_front();
  return name;
}

ZoneChanges::Change ZoneChanges::Next() { return Make(Draw()); }

std::optional<ZoneChanges::Change> ZoneChanges::Remove() {
  if (idle_.empty()) return std::nullopt;
  return Make(Kind::kDelete);
}

ZoneChanges::Change ZoneChanges::Make(Kind kind) {
  const Name before = Take(kind);
  Name after = before;
  after.exists = kind != Kind::kDelete;
  if (kind == Kind::kServers) after.moved = !before.moved;
  if (kind == Kind::kDs) {
    if (before.ds == 0 && ++key_tag_ == 0) ++key_tag_;
    after.ds = before.ds == 0 ? key_tag_ : 0;
  }
  open_[after.number] = after;
  return Describe(kind, before, after);
}

std::string ZoneChanges::Second(const Name& name) const {
  return hosts_[(name.host + (name.moved ? 2 : 1)) % hosts_.size()];
}

ZoneChanges::Change ZoneChanges::Describe(Kind kind, const Name& before, const Name& after) {
  Change change;
  change.kind = kind;
  change.number = after.number;
  change.name = series_.At(after.number);
  if (kind != Kind::kDelete) {
    change.servers = {hosts_[after.host], Second(after)};
    change.ds = after.ds;
  }
  if (kind == Kind::kServers) {
    change.added = Second(after);
    change.removed = Second(before);
  }
  return change;
}

void ZoneChanges::Done(uint32_t number) {
  const auto found = open_.find(number);
  if (found == open_.end()) return;
  if (found->second.exists) idle_.push_back(found->second);
  open_.erase(found);
}

void ZoneChanges::Lost(uint32_t number) { open_.erase(number); }

std::string DigestOf(uint16_t key_tag) {
  std::string digits;
  for (int i = 0; i < 16; ++i) digits += absl::StrFormat("%04X", (key_tag * (2 * i + 1)) & 0xFFFF);
  return digits;
}

Delegation WantedBy(const ZoneChanges::Change& change) {
  Delegation wanted{zonegen::WireName(change.name), {}, {}};
  for (const std::string& server : change.servers) {
    wanted.servers.push_back(zonegen::WireName(server));
  }
  std::ranges::sort(wanted.servers);
  if (change.ds != 0) {
    wanted.ds = {static_cast<char>(change.ds >> 8), static_cast<char>(change.ds & 0xFF), 13, 2};
    wanted.ds += absl::HexStringToBytes(DigestOf(change.ds));
  }
  return wanted;
}

}  // namespace bench
