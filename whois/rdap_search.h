#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "whois/access.h"
#include "whois/failure_log.h"
#include "whois/lookups.h"
#include "whois/rdap_json.h"
#include "whois/rdap_search_json.h"
#include "whois/rdap_search_query.h"
#include "whois/search_page.h"
#include "whois/searches.h"

namespace whois {

// Answers the searches of RDAP: which objects stand on a page is asked of Searches, what may be
// seen of them of Lookups, as for look-ups. Thread-safe.
class RdapSearcher {
 public:
  struct Settings {
    int page_size = 50;           // objects
    int max_candidates = 10'000;  // that match, where all have to be read: to count, to sort
    int max_related = 100;        // hosts or contacts whose domains are searched
    int min_prefix = 3;           // characters before the asterisk
    int max_searches = 64;        // that are being answered at once
    absl::Duration query_timeout = absl::Seconds(10);  // of searching, and of looking up
  };
  // `lookups` and `searches` outlive this.
  RdapSearcher(Settings settings, Lookups& lookups, Searches& searches);

  // The body, or the error that answers the search: 404 for no match, 401 and 403 where `access`
  // does not do, 422 for what would take too much, 503.
  using Answer = std::variant<RdapError, std::string>;
  boost::asio::awaitable<Answer> Find(RdapSearch search, RdapPage page) const;

 private:
  // Which objects a page has.
  struct Found {
    SearchPage page;
    SearchOrder order;
    std::optional<int> total;
    bool truncated = false;
    std::string partner_tld;  // show the domains under their names there, if not empty
  };
  using MaybeFound = std::variant<RdapError, Found>;
  // What is asked for, made ready.
  struct Plan {
    std::optional<registry::store::SearchFor> what;  // none: nothing in the database
    std::vector<Candidate> others;                   // that match and are not in the database
    std::string partner_tld;
  };
  // What may be seen of a page's objects.
  struct Described {
    std::vector<std::string> objects;
    bool redacted = false;
    absl::Time as_of;
  };
  using MaybeDescribed = absl::StatusOr<Described>;
  using Items = std::vector<Candidate>;

  boost::asio::awaitable<Answer> FindAdmitted(RdapSearch search, RdapPage page) const;
  std::optional<RdapError> Refusal(const RdapSearch& search, const Access& access) const;
  Plan PlanFor(const RdapSearch& search, const Access& access,
               const registry::Directory& directory) const;
  boost::asio::awaitable<MaybeFound> FindPage(const RdapSearch& search, Plan plan,
                                              std::string repository_id) const;
  boost::asio::awaitable<absl::StatusOr<registry::store::FoundObjects>> Ask(
      registry::store::ObjectSearch search) const;
  RdapError ErrorOf(const absl::Status& status) const;

  boost::asio::awaitable<MaybeDescribed> Describe(const Found& found, const RdapSearch& search,
                                                  RdapPage page) const;
  boost::asio::awaitable<MaybeDescribed> DescribeDomains(const Found& found,
                                                         const RdapSearch& search,
                                                         RdapPage page) const;
  boost::asio::awaitable<MaybeDescribed> DescribeHosts(const Found& found, const RdapSearch& search,
                                                       RdapPage page) const;
  boost::asio::awaitable<MaybeDescribed> DescribeEntities(const Found& found,
                                                          const RdapSearch& search,
                                                          RdapPage page) const;

  const Settings settings_;
  Lookups& lookups_;
  Searches& searches_;
  mutable std::atomic<int> running_{0};
  mutable FailureLog failures_;
};

}  // namespace whois
