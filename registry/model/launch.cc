#include "registry/model/launch.h"

#include <algorithm>
#include <iterator>

#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/types/date_time.h"
#include "registry/types/reasons.h"

namespace registry {
namespace {

constexpr std::string_view kNames[] = {"none", "sunrise", "landrush", "claims", "open", "custom"};

bool IsOffered(LaunchPhase phase) {
  return phase == LaunchPhase::kSunrise || phase == LaunchPhase::kClaims ||
         phase == LaunchPhase::kOpen;
}

}  // namespace

std::string_view LaunchPhaseName(LaunchPhase phase) { return kNames[static_cast<size_t>(phase)]; }

std::optional<LaunchPhase> ParseLaunchPhase(std::string_view name) {
  const auto* found = std::find(std::begin(kNames) + 1, std::end(kNames), name);
  if (found == std::end(kNames)) return std::nullopt;
  return static_cast<LaunchPhase>(found - std::begin(kNames));
}

Outcome<LaunchPeriod> ParseLaunchPeriod(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::string_view word : Split(text, ' ')) {
    if (!word.empty()) words.push_back(word);
  }
  const auto phase = words.empty() ? std::nullopt : ParseLaunchPhase(words[0]);
  if (!phase || !IsOffered(*phase)) return Reject(kLaunchPeriodSyntax);
  LaunchPeriod period;
  period.phase = *phase;
  size_t next = 1;
  for (const auto& [word, time] : {std::pair{"from", &period.starts}, {"until", &period.ends}}) {
    if (next >= words.size() || words[next] != word) continue;
    const auto parsed = next + 1 < words.size() ? ParseDateTime(words[next + 1]) : std::nullopt;
    if (!parsed) return Reject(kLaunchPeriodSyntax);
    *time = *parsed;
    next += 2;
  }
  if (next != words.size() || period.starts >= period.ends) return Reject(kLaunchPeriodSyntax);
  return period;
}

std::string FormatLaunchPeriod(const LaunchPeriod& period) {
  std::string text(LaunchPhaseName(period.phase));
  if (period.starts != absl::InfinitePast()) text += " from " + FormatUtc(period.starts);
  if (period.ends != absl::InfiniteFuture()) text += " until " + FormatUtc(period.ends);
  return text;
}

}  // namespace registry
