#include "zonegen/change_limits.h"

#include <algorithm>
#include <string>
#include <vector>

#include "registry/base/text.h"

namespace zonegen {
namespace {

using registry::Concat;

bool IsTooMuch(int64_t by, int64_t published, const ChangeLimit& limit) {
  // No overflow: counts are at most kMostCounted, and that times kMostPercent is below 2^63.
  return by > limit.number && by * 100 > published * limit.percent;
}

std::string Describe(std::string_view what, std::string_view verb, int64_t from, int64_t to,
                     const ChangeLimit& limit) {
  return Concat(what, " would ", verb, " from ", from, " to ", to, ", by more than ", limit.percent,
                "% and ", limit.number);
}

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words = registry::Split(text, ' ');
  std::erase(words, "");
  return words;
}

}  // namespace

absl::Status TakeLimit(std::string_view text, int most_percent,
                       std::array<ChangeLimit, kCountedNames.size()>& limits) {
  const std::vector<std::string_view> words = Words(text);
  if (words.size() != 3) return absl::InvalidArgumentError("looks like: delegations 10% 100");
  const auto name = std::ranges::find(kCountedNames, words[0]);
  if (name == kCountedNames.end() && words[0] != "all") {
    return absl::InvalidArgumentError(
        "counted are delegations, ns, ds, a, aaaa and static, or all");
  }
  ChangeLimit limit;
  if (!words[1].ends_with('%') ||
      !registry::ParseNumber(words[1].substr(0, words[1].size() - 1), &limit.percent) ||
      limit.percent < 0 || limit.percent > most_percent) {
    return absl::InvalidArgumentError(Concat("the share is 0% to ", most_percent, "%"));
  }
  if (!registry::ParseNumber(words[2], &limit.number) || limit.number < 0 ||
      limit.number > ChangeLimits::kMostNumber) {
    return absl::InvalidArgumentError(Concat("the number is 0 to ", ChangeLimits::kMostNumber));
  }
  if (words[0] == "all") {
    limits.fill(limit);
  } else {
    limits[static_cast<size_t>(name - kCountedNames.begin())] = limit;
  }
  return absl::OkStatus();
}

absl::Status CheckChange(const ZoneCounts& published, const ZoneCounts& generated,
                         const ChangeLimits& limits) {
  std::string found;
  for (size_t i = 0; i < kCountedNames.size(); ++i) {
    const int64_t from = published.numbers[i], to = generated.numbers[i];
    std::string what;
    if (IsTooMuch(from - to, from, limits.shrink[i])) {
      what = Describe(kCountedNames[i], "shrink", from, to, limits.shrink[i]);
    } else if (IsTooMuch(to - from, from, limits.growth[i])) {
      what = Describe(kCountedNames[i], "grow", from, to, limits.growth[i]);
    } else {
      continue;
    }
    found += found.empty() ? what : "; " + what;
  }
  return found.empty() ? absl::OkStatus() : absl::FailedPreconditionError(found);
}

}  // namespace zonegen
