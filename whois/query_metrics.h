#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "absl/time/time.h"
#include "registry/net/metrics.h"
#include "whois/answer_cache.h"

namespace whois {

enum class QueryKind : uint8_t { kDomain, kNameServer, kEntity, kSearch, kHelp, kNone };
enum class QueryResult : uint8_t { kFound, kNotFound, kRefused, kUnavailable };

// How often each kind of query came to each end, and how long the answers took:
// postel_queries_total{protocol, kind, result}, postel_query_seconds{protocol}. Thread-safe.
class QueryMetrics {
 public:
  // `protocol` is "whois" or "rdap". `metrics` outlives this.
  QueryMetrics(std::string_view protocol, registry::net::Metrics& metrics);

  void Count(QueryKind kind, QueryResult result, absl::Duration took);
  // postel_cache_queries_total{protocol, result}.
  void CountCache(AnswerCache::Result result);

 private:
  static constexpr size_t kKinds = 6;
  static constexpr size_t kResults = 4;
  std::array<std::array<prometheus::Counter*, kResults>, kKinds> counters_;
  std::array<prometheus::Counter*, 4> cache_;
  prometheus::Histogram* latency_;
};

}  // namespace whois
