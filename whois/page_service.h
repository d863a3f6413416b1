#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "whois/failure_log.h"
#include "whois/http_message.h"
#include "whois/lookups.h"
#include "whois/page_html.h"
#include "whois/query_metrics.h"

namespace whois {

// The look-up page, for people: GET /?q=NAME with a browser. Thread-safe.
class PageService {
 public:
  struct Settings {
    std::string base_url;      // public, without the final '/'
    std::string service_name;  // what the operator calls the page
    std::string terms_url;
    absl::Duration query_timeout;
    int max_results = 0;  // name servers in one answer
  };
  // `lookups` and `metrics` outlive this.
  PageService(Settings settings, Lookups& lookups, QueryMetrics& metrics);

  // "/" if asked by something that takes HTML, and all below "/page/"; with GET or HEAD. Everything
  // else is RDAP's.
  bool Serves(const HttpRequest& request) const;
  bool ServesFile(const HttpRequest& request) const;  // of those below "/page/"
  boost::asio::awaitable<HttpResponse> Answer(HttpRequest request) const;
  // A page instead of an answer, such as for 429.
  HttpResponse Refuse(const HttpRequest& request, int status) const;

 private:
  struct Answered {
    HttpResponse response;
    QueryKind kind = QueryKind::kNone;
    QueryResult result = QueryResult::kFound;
  };
  boost::asio::awaitable<Answered> Find(PageQuery query) const;
  boost::asio::awaitable<std::optional<Answered>> FindDomain(registry::DomainName name,
                                                             PageContext context) const;
  boost::asio::awaitable<std::optional<Answered>> FindHost(registry::DomainName name,
                                                           PageContext context) const;
  boost::asio::awaitable<std::optional<Answered>> FindAddress(registry::IpAddress address,
                                                              PageContext context) const;
  boost::asio::awaitable<std::optional<Answered>> FindContact(registry::ContactKey key,
                                                              PageContext context) const;

  PageContext ContextFor(std::string typed) const;
  Answered Failed(std::string_view lookup, const absl::Status& status, QueryKind kind,
                  const PageContext& context) const;
  Answered Unavailable(QueryKind kind, const PageContext& context) const;

  const Settings settings_;
  const std::string base_path_;
  Lookups& lookups_;
  QueryMetrics& metrics_;
  mutable FailureLog failures_;
};

}  // namespace whois
