#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "zonegen/dns_record.h"

namespace zonegen {

// A record that `follow` keeps at the apex: a TXT record "postel-follow=EPOCH.COUNT". The epoch is
// new with each election, the count grows with each update. Every update requires the version that
// the last one left, so that none is applied to a zone that is not what its sender believes it to
// be: changed by another follower, older, or new.
struct ZoneVersion {
  uint64_t epoch = 0;
  uint64_t count = 0;

  static ZoneVersion OfNewEpoch();
  static std::optional<ZoneVersion> Parse(std::string_view text);
  std::string ToString() const;
  friend bool operator==(const ZoneVersion&, const ZoneVersion&) = default;
};

DnsRecord VersionRecord(const ZoneVersion& version, uint32_t ttl);
// Nothing for any other record.
std::optional<ZoneVersion> VersionOf(const DnsRecord& record);
std::optional<ZoneVersion> VersionAmong(const std::vector<DnsRecord>& records);

// `served` is one of those in `note` (with blanks between), or what its follower made of it later.
bool IsInStep(const std::optional<ZoneVersion>& served, std::string_view note);

}  // namespace zonegen
