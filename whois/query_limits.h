#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "registry/model/rdds_token.h"
#include "registry/net/metrics.h"
#include "whois/ip_prefix.h"
#include "whois/rate_table.h"

namespace whois {

// How often one source or one token may ask, over all protocols together. A source is an IPv4
// address or an IPv6 /64, since a single customer has at least so many addresses. Thread-safe.
class QueryLimits {
 public:
  struct Settings {
    int per_minute = 0;             // queries of one source; 0: no limit
    int burst = 1;                  // so many of them at once
    int token_per_minute = 0;       // of a token that has no limit of its own; 0: no limit
    int search_cost = 1;            // a search counts as so many queries
    int64_t table_bytes = 1 << 20;  // memory for the sources
    std::vector<IpPrefix> unlimited;
  };
  enum class Protocol : uint8_t { kWhois, kRdap };
  enum class Kind : uint8_t { kLookup, kSearch };
  // Times of a clock that only goes forward.
  using Clock = std::function<absl::Duration()>;

  // Counts postel_limited_queries_total{protocol}. `metrics` outlives this.
  QueryLimits(Settings settings, registry::net::Metrics& metrics, Clock clock = SteadyTime);

  // Zero: it may ask. Else it may not, and again after so long.
  absl::Duration Take(const ClientAddress& client, Kind kind, Protocol protocol);
  // For who shows a valid token: its source does not count.
  absl::Duration Take(const registry::RddsToken& token, const ClientAddress& client, Kind kind,
                      Protocol protocol);

  static absl::Duration SteadyTime();

 private:
  absl::Duration Take(const RateTable::Source& source, const RateTable::Limit& limit, Kind kind,
                      Protocol protocol);

  const Settings settings_;
  const Clock clock_;
  RateTable table_;
  prometheus::Counter* limited_[2];
};

}  // namespace whois
