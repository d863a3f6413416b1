#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "whois/access.h"
#include "whois/answer_cache.h"
#include "whois/failure_log.h"
#include "whois/http_message.h"
#include "whois/lookups.h"
#include "whois/query_metrics.h"
#include "whois/rdap_json.h"
#include "whois/rdap_request.h"

namespace whois {

// Answers the requests of RDAP. Thread-safe.
class RdapService {
 public:
  struct Settings {
    std::string base_url;    // public, without the final '/'
    std::string terms_url;   // of the terms of service
    std::string whois_host;  // may be empty
    absl::Duration query_timeout;
    int max_results = 0;  // name servers in one answer
  };
  // `lookups`, `metrics` and `cache` outlive this. `cache` keeps answers for domains, of this
  // service alone; null: the database is asked every time.
  RdapService(Settings settings, Lookups& lookups, QueryMetrics& metrics,
              AnswerCache* cache = nullptr);

  boost::asio::awaitable<HttpResponse> Answer(HttpRequest request, Access access) const;
  // The answer to what never became a request.
  HttpResponse Refuse(const RdapError& error) const { return Refuse(error, "/"); }
  // The answer to what is not let in.
  HttpResponse Refuse(const RdapError& error, std::string_view target) const;
  // Of the public base URL, without the final '/'.
  const std::string& base_path() const { return base_path_; }
  absl::Time Now() const { return lookups_.Now(); }

 private:
  struct Answered {
    HttpResponse response;
    QueryKind kind = QueryKind::kNone;
    QueryResult result = QueryResult::kFound;
  };
  // None: it is not there, or not asked for in the one way in which answers are kept.
  std::optional<Answered> FromCache(const HttpRequest& request) const;
  boost::asio::awaitable<Answered> Route(const HttpRequest& request, Access access) const;
  boost::asio::awaitable<Answered> Find(RdapError error, RdapPage page) const;
  boost::asio::awaitable<Answered> Find(RdapDomain query, RdapPage page) const;
  boost::asio::awaitable<Answered> Find(RdapNameServer query, RdapPage page) const;
  boost::asio::awaitable<Answered> Find(RdapEntity query, RdapPage page) const;
  boost::asio::awaitable<Answered> Find(RdapHelp query, RdapPage page) const;
  boost::asio::awaitable<Answered> Find(RdapNameServerSearch query, RdapPage page) const;
  boost::asio::awaitable<Answered> FindContact(registry::ContactKey key, RdapPage page) const;

  static Answered Answer(const std::shared_ptr<const CachedAnswer>& kept, bool packed);

  RdapPage PageOf(std::string_view target) const;
  static Answered Error(const RdapError& error, QueryKind kind, const RdapPage& page);
  // Logs a status that is not OK.
  Answered Failed(std::string_view lookup, const absl::Status& status, QueryKind kind,
                  const RdapPage& page) const;

  const Settings settings_;
  const std::string base_path_;
  Lookups& lookups_;
  QueryMetrics& metrics_;
  AnswerCache* const cache_;
  mutable FailureLog failures_;
};

}  // namespace whois
