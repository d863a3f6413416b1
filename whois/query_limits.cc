#include "whois/query_limits.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace whois {
namespace {

using SourceKind = RateTable::Source::Kind;

RateTable::Source SourceOf(const ClientAddress& client) {
  const bool v4 = IsV4(client);
  const auto begin = client.begin() + (v4 ? 12 : 0);
  uint64_t number = 0;
  for (auto octet = begin; octet != begin + (v4 ? 4 : 8); ++octet) number = number << 8 | *octet;
  return {v4 ? SourceKind::kV4 : SourceKind::kV6, number};
}

}  // namespace

QueryLimits::QueryLimits(Settings settings, registry::net::Metrics& metrics, Clock clock)
    : settings_(std::move(settings)),
      clock_(std::move(clock)),
      table_(static_cast<size_t>(settings_.table_bytes)),
      limited_{} {
  for (const auto& [protocol, name] :
       {std::pair(Protocol::kWhois, "whois"), std::pair(Protocol::kRdap, "rdap")}) {
    limited_[static_cast<size_t>(protocol)] =
        &metrics.Counter("limited_queries_total",
                         "Queries that were refused because their source or token asks too often.",
                         {{"protocol", name}});
  }
}

absl::Duration QueryLimits::Take(const ClientAddress& client, Kind kind, Protocol protocol) {
  if (settings_.per_minute == 0 || ContainAny(settings_.unlimited, client)) {
    return absl::ZeroDuration();
  }
  return Take(SourceOf(client), {settings_.per_minute, settings_.burst}, kind, protocol);
}

absl::Duration QueryLimits::Take(const registry::RddsToken& token, const ClientAddress& client,
                                 Kind kind, Protocol protocol) {
  const int per_minute = token.per_minute > 0 ? token.per_minute : settings_.token_per_minute;
  if (per_minute == 0 || ContainAny(settings_.unlimited, client)) return absl::ZeroDuration();
  const RateTable::Source source{SourceKind::kToken, static_cast<uint64_t>(token.key)};
  return Take(source, {per_minute, std::max(per_minute / 2, 1)}, kind, protocol);
}

absl::Duration QueryLimits::Take(const RateTable::Source& source, const RateTable::Limit& limit,
                                 Kind kind, Protocol protocol) {
  const int cost = kind == Kind::kSearch ? settings_.search_cost : 1;
  const absl::Duration wait = table_.Take(source, limit, cost, clock_());
  if (wait > absl::ZeroDuration()) limited_[static_cast<size_t>(protocol)]->Increment();
  return wait;
}

absl::Duration QueryLimits::SteadyTime() {
  return absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace whois
