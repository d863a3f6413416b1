#include "zonegen/zone_version.h"

#include <charconv>
#include <random>

#include "registry/base/text.h"

namespace zonegen {
namespace {

constexpr std::string_view kPrefix = "postel-follow=";

}  // namespace

ZoneVersion ZoneVersion::OfNewEpoch() {
  std::random_device random;
  return {static_cast<uint64_t>(random()) << 32 | random(), 0};
}

std::optional<ZoneVersion> ZoneVersion::Parse(std::string_view text) {
  const size_t dot = text.find('.');
  if (dot == text.npos) return std::nullopt;
  ZoneVersion version;
  const char* const end = text.data() + dot;
  const auto [stopped, error] = std::from_chars(text.data(), end, version.epoch, 16);
  if (error != std::errc() || stopped != end) return std::nullopt;
  if (!registry::ParseNumber(text.substr(dot + 1), &version.count)) return std::nullopt;
  return version;
}

std::string ZoneVersion::ToString() const {
  char hex[17];
  const auto [end, error] = std::to_chars(hex, hex + sizeof hex, epoch, 16);
  return registry::Concat(std::string_view(hex, static_cast<size_t>(end - hex)), ".", count);
}

DnsRecord VersionRecord(const ZoneVersion& version, uint32_t ttl) {
  return {kTypeTxt, ttl, CharacterString(registry::Concat(kPrefix, version.ToString()))};
}

std::optional<ZoneVersion> VersionOf(const DnsRecord& record) {
  if (record.type != kTypeTxt) return std::nullopt;
  const std::string_view text = FirstString(record.rdata);
  if (!text.starts_with(kPrefix)) return std::nullopt;
  return ZoneVersion::Parse(text.substr(kPrefix.size()));
}

std::optional<ZoneVersion> VersionAmong(const std::vector<DnsRecord>& records) {
  for (const DnsRecord& record : records) {
    if (auto version = VersionOf(record)) return version;
  }
  return std::nullopt;
}

bool IsInStep(const std::optional<ZoneVersion>& served, std::string_view note) {
  if (!served) return false;
  for (std::string_view text : registry::Split(note, ' ')) {
    const auto kept = ZoneVersion::Parse(text);
    if (kept && kept->epoch == served->epoch && served->count >= kept->count) return true;
  }
  return false;
}

}  // namespace zonegen
