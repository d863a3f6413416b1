#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "whois/answer_cache.h"
#include "whois/failure_log.h"
#include "whois/lookups.h"
#include "whois/query_metrics.h"
#include "whois/whois_query.h"
#include "whois/whois_text.h"

namespace whois {

// Answers the lines of WHOIS. Thread-safe.
class WhoisService {
 public:
  struct Settings {
    std::vector<std::string> disclaimer;
    absl::Duration query_timeout;
    int max_results = 0;  // name servers in one answer
  };
  // `lookups`, `metrics` and `cache` outlive this. `cache` keeps answers for domains, of this
  // service alone; null: the database is asked every time.
  WhoisService(Settings settings, Lookups& lookups, QueryMetrics& metrics,
               AnswerCache* cache = nullptr);

  // `line` without its end.
  boost::asio::awaitable<std::string> Answer(std::string line) const;
  // The answer to what is not looked up, such as a line that is too long.
  std::string Refuse(std::string_view reason) const;

 private:
  struct Answered {
    std::string text;
    QueryKind kind = QueryKind::kNone;
    QueryResult result = QueryResult::kFound;
  };
  boost::asio::awaitable<Answered> Find(WhoisDomain query) const;
  boost::asio::awaitable<Answered> Find(WhoisNameServer query) const;
  boost::asio::awaitable<Answered> Find(WhoisAddress query) const;
  boost::asio::awaitable<Answered> Find(WhoisRegistrar query) const;
  boost::asio::awaitable<Answered> FindHosts(registry::HostLookup lookup, std::string subject,
                                             QueryKind kind) const;

  WhoisFooter Footer(absl::Time as_of) const { return {as_of, settings_.disclaimer}; }
  static Answered Domain(const CachedAnswer& answer);
  Answered NoMatch(std::string_view subject, QueryKind kind, absl::Time as_of) const;
  Answered Unavailable(QueryKind kind) const;

  const Settings settings_;
  Lookups& lookups_;
  QueryMetrics& metrics_;
  AnswerCache* const cache_;
  mutable FailureLog failures_;
};

}  // namespace whois
