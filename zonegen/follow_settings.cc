#include "zonegen/follow_settings.h"

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "registry/base/text.h"

namespace zonegen {
namespace {

bool IsName(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

absl::StatusOr<PrimaryServer> ParsePrimary(std::string_view line) {
  const size_t first = line.find(' '), second = line.find_first_not_of(' ', first);
  const size_t third = line.find_first_not_of(' ', line.find(' ', second));
  if (third >= line.size() || !IsName(line.substr(0, first))) {
    return absl::InvalidArgumentError(
        "must be NAME ADDRESS:PORT KEYFILE, the name of small letters, digits and hyphens");
  }
  auto address = registry::net::ParseEndpoint(line.substr(second, line.find(' ', second) - second));
  if (!address.ok()) return address.status();
  auto key = TsigKey::ReadFile(std::string(line.substr(third)));
  if (!key.ok()) return key.status();
  return PrimaryServer{std::string(line.substr(0, first)), *std::move(address), *std::move(key)};
}

}  // namespace

void FollowSettings::Take(registry::Config& settings) {
  std::vector<std::string> lines;
  settings.TakeList("primary", &lines)
      .Take("follow_batch", &batch, 1, 10'000)
      .TakeBytes("follow_message", &message_bytes, 1 << 10, 60 << 10)
      .Take("follow_window", &window, 1, 16)
      .Take("follow_timeout", &timeout, absl::Milliseconds(100), absl::Minutes(10))
      .Take("follow_retry", &retry, absl::Seconds(1), absl::Hours(24))
      .Take("compare_interval", &compare_interval, absl::Seconds(10), absl::Hours(24 * 30))
      .Take("max_differences", &max_differences, 1, 100'000'000);
  for (size_t i = 0; i < lines.size(); ++i) {
    auto primary = ParsePrimary(lines[i]);
    if (!primary.ok()) {
      settings.Fail("primary", i, std::string(primary.status().message()));
      continue;
    }
    const bool known = std::ranges::any_of(
        primaries, [&](const PrimaryServer& other) { return other.name == primary->name; });
    if (known) settings.Fail("primary", i, "there is one of this name already");
    primaries.push_back(*std::move(primary));
  }
}

}  // namespace zonegen
