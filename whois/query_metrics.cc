#include "whois/query_metrics.h"

#include <string>

namespace whois {
namespace {

constexpr std::array<const char*, 6> kKindNames = {"domain", "nameserver", "entity",
                                                   "search", "help",       "none"};
constexpr std::array<const char*, 4> kResultNames = {"found", "not_found", "refused",
                                                     "unavailable"};

// As AnswerCache::Result.
constexpr std::array<const char*, 4> kCacheResultNames = {"hit", "miss", "outdated", "behind"};

}  // namespace

QueryMetrics::QueryMetrics(std::string_view protocol, registry::net::Metrics& metrics) {
  const std::string name(protocol);
  for (size_t kind = 0; kind < kKinds; ++kind) {
    for (size_t result = 0; result < kResults; ++result) {
      counters_[kind][result] = &metrics.Counter(
          "queries_total", "Queries answered.",
          {{"protocol", name}, {"kind", kKindNames[kind]}, {"result", kResultNames[result]}});
    }
  }
  for (size_t result = 0; result < cache_.size(); ++result) {
    cache_[result] =
        &metrics.Counter("cache_queries_total", "Look-ups of domains in the cache of answers.",
                         {{"protocol", name}, {"result", kCacheResultNames[result]}});
  }
  latency_ =
      &metrics.Latency("query_seconds", "From the query to its answer.", {{"protocol", name}});
}

void QueryMetrics::Count(QueryKind kind, QueryResult result, absl::Duration took) {
  counters_[static_cast<size_t>(kind)][static_cast<size_t>(result)]->Increment();
  latency_->Observe(absl::ToDoubleSeconds(took));
}

void QueryMetrics::CountCache(AnswerCache::Result result) {
  cache_[static_cast<size_t>(result)]->Increment();
}

}  // namespace whois
