#include "whois/rdap_search.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "registry/types/roid.h"
#include "whois/ask_all.h"
#include "whois/json_writer.h"
#include "whois/rdap_objects.h"
#include "whois/redacted.h"
#include "whois/view.h"

namespace whois {
namespace {

namespace asio = boost::asio;
namespace store = registry::store;
using registry::DomainName;
using store::FoundObject;
using store::FoundObjects;
using store::ObjectSearch;
using store::TextPattern;

constexpr RdapError kNotFound{404, "Not Found", "Nothing in the registry matches."};
constexpr RdapError kNoToken{401, "Unauthorized", "A reverse search needs authorisation."};
constexpr RdapError kNoRight{403, "Forbidden", "The client is not allowed to search in reverse."};
constexpr RdapError kTooShort{422, "Unprocessable Content",
                              "Too few characters stand before the asterisk."};
constexpr RdapError kTooMany{422, "Unprocessable Content",
                             "Too many objects match to count or to sort them so; please make the "
                             "search narrower."};
constexpr RdapError kTooManyRelated{422, "Unprocessable Content",
                                    "Too many name servers or contacts match; please make the "
                                    "search narrower."};
constexpr RdapError kTooWide{422, "Unprocessable Content",
                             "Too many names begin so; please make the search narrower."};
constexpr RdapError kBusy{503, "Service Unavailable",
                          "Too many searches are going on; please try again later."};
constexpr RdapError kTooSlow{503, "Service Unavailable",
                             "The search took too long; please make it narrower or try again "
                             "later."};

std::string Lower(std::string_view text) {
  return absl::AsciiStrToLower({text.data(), text.size()});
}

// -- plans --

// The keys of contacts whose ROIDs match.
std::vector<store::KeyRange> KeysOf(const TextPattern& pattern, std::string_view repository_id) {
  constexpr size_t kMaxDigits = 18;
  if (pattern.exact) {
    const auto roid = registry::ParseRoid(pattern.prefix, repository_id);
    if (!roid || roid->kind != registry::ObjectKind::kContact) return {};
    return {{roid->number, roid->number}};
  }
  const std::string_view text = pattern.prefix;
  const size_t hyphen = text.find('-');
  const bool whole = hyphen != std::string_view::npos;
  if (!text.starts_with('C')) return {};
  if (whole && !repository_id.starts_with(text.substr(hyphen + 1))) return {};
  const std::string_view digits = text.substr(1, whole ? hyphen - 1 : hyphen);
  int64_t number = 0;
  if (digits.size() > kMaxDigits || !registry::ParseNumber(digits, &number) || number <= 0 ||
      digits.front() == '0') {
    return {};
  }
  if (whole) return {{number, number}};
  std::vector<store::KeyRange> ranges;
  int64_t size = 1;
  for (size_t i = digits.size(); i <= kMaxDigits; ++i, size *= 10) {
    ranges.push_back({number * size, (number + 1) * size - 1});
  }
  return ranges;
}

// Registrars stand before contacts of the same name.
Candidate CandidateOf(const registry::Registrar& registrar, bool by_name) {
  const RegistrarView view = ViewOf(registrar);
  Candidate candidate;
  candidate.registrar = &registrar;
  candidate.handle = view.handle;
  candidate.found.name = Lower(view.name);
  candidate.found.key = -int64_t{registry::Number(registrar.key)};
  candidate.found.position = {by_name ? candidate.found.name : "", candidate.found.key};
  return candidate;
}

std::vector<Candidate> RegistrarsFor(const RdapSearch& search,
                                     const registry::Directory& directory) {
  const bool by_name = search.property == "fn";
  std::vector<Candidate> found;
  for (const registry::Registrar* registrar : directory.registrars()) {
    Candidate candidate = CandidateOf(*registrar, by_name);
    const std::string& text = by_name ? candidate.found.name : candidate.handle;
    if (Matches(search.pattern, text)) found.push_back(std::move(candidate));
  }
  return found;
}

// An object whose name is given: whether it is there, the look-up says.
Candidate Named(const std::string& name) {
  Candidate candidate;
  candidate.found.name = name;
  candidate.found.position = {name, 0};
  return candidate;
}

store::DomainsOfContacts ContactsOf(const ReverseSearch& reverse, std::string_view repository_id) {
  store::DomainsOfContacts wanted;
  if (reverse.handle) {
    const auto keys = KeysOf({*reverse.handle, "", /*exact=*/true}, repository_id);
    wanted.key = keys.empty() ? 0 : keys.front().first;
  }
  wanted.name = reverse.fn;
  wanted.email = reverse.email;
  wanted.role = reverse.role;
  return wanted;
}

std::string_view TldOf(const TextPattern& pattern) {
  const std::string_view suffix = pattern.suffix;
  return suffix.rfind('.') == 0 ? suffix.substr(1) : std::string_view();
}

// -- candidates --

std::vector<Candidate> CandidatesOf(std::vector<FoundObject> objects, SearchedType type,
                                    std::string_view repository_id) {
  std::vector<Candidate> candidates;
  for (FoundObject& object : objects) {
    Candidate candidate;
    if (type == SearchedType::kEntities) {
      candidate.handle =
          registry::FormatRoid(registry::ObjectKind::kContact, object.key, repository_id);
    }
    candidate.found = std::move(object);
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

// Puts those that stand behind `from` in the direction of the walk among what was read; `limit` of
// all stay.
void Merge(std::vector<Candidate> others, const ObjectSearch& search,
           std::vector<Candidate>& read) {
  for (Candidate& other : others) {
    const store::SearchPosition& position = other.found.position;
    const bool passed =
        search.from && (search.backward ? position >= *search.from : position <= *search.from);
    if (!passed) read.push_back(std::move(other));
  }
  std::sort(read.begin(), read.end(), [&](const Candidate& a, const Candidate& b) {
    return search.backward ? b.found.position < a.found.position
                           : a.found.position < b.found.position;
  });
  if (std::ssize(read) > search.limit) read.resize(static_cast<size_t>(search.limit));
}

// Counts itself among those that run, as long as it lives.
class Running {
 public:
  explicit Running(std::atomic<int>& count) : count_(count), before_(count.fetch_add(1)) {}
  ~Running() { count_.fetch_sub(1); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  int before() const { return before_; }

 private:
  std::atomic<int>& count_;
  const int before_;
};

bool TooShort(const TextPattern& pattern, int min_prefix) {
  return !pattern.exact && std::ssize(pattern.prefix) < min_prefix;
}

}  // namespace

RdapSearcher::RdapSearcher(Settings settings, Lookups& lookups, Searches& searches)
    : settings_(std::move(settings)), lookups_(lookups), searches_(searches) {}

asio::awaitable<RdapSearcher::Answer> RdapSearcher::Find(RdapSearch search, RdapPage page) const {
  if (const auto refusal = Refusal(search, page.access)) co_return *refusal;
  if (!lookups_.available()) co_return kCannotAnswer;
  const Running running(running_);
  if (running.before() >= settings_.max_searches) co_return kBusy;
  auto finding = FindAdmitted(std::move(search), std::move(page));
  co_return co_await std::move(finding);
}

std::optional<RdapError> RdapSearcher::Refusal(const RdapSearch& search,
                                               const Access& access) const {
  if (search.reverse) {
    if (!access.reverse_search) return access.token.empty() ? kNoToken : kNoRight;
    for (const auto& pattern : {search.reverse->fn, search.reverse->email}) {
      if (pattern && TooShort(*pattern, settings_.min_prefix)) return kTooShort;
    }
    return std::nullopt;
  }
  if (!search.address && TooShort(search.pattern, settings_.min_prefix)) return kTooShort;
  return std::nullopt;
}

asio::awaitable<RdapSearcher::Answer> RdapSearcher::FindAdmitted(RdapSearch search,
                                                                 RdapPage page) const {
  const std::shared_ptr<const registry::Directory> directory = lookups_.directory();
  Plan plan = PlanFor(search, page.access, *directory);
  MaybeFound maybe = co_await FindPage(search, std::move(plan), directory->settings.repository_id);
  if (const auto* error = std::get_if<RdapError>(&maybe)) co_return *error;
  const Found& found = std::get<Found>(maybe);
  MaybeDescribed described = co_await Describe(found, search, page);
  if (!described.ok()) co_return ErrorOf(described.status());

  RdapResults results;
  results.objects = std::move(described->objects);
  if (results.objects.empty() && !found.page.behind) co_return kNotFound;
  results.redacted = described->redacted;
  results.truncated = found.truncated;
  results.total = found.total;
  results.page_number = search.cursor ? search.cursor->page : 1;
  results.page_size = settings_.page_size;
  const std::string identity = IdentityOf(search);
  if (found.page.behind && !found.page.items.empty()) {
    results.next =
        FormatCursor(CursorBehind(found.page, found.order, results.page_number), identity);
  }
  if (found.page.before && !found.page.items.empty()) {
    results.previous =
        FormatCursor(CursorBefore(found.page, found.order, results.page_number), identity);
  }
  page.as_of = described->as_of;
  co_return RdapJson(results, search, page);
}

RdapSearcher::Plan RdapSearcher::PlanFor(const RdapSearch& search, const Access& access,
                                         const registry::Directory& directory) const {
  const std::string& repository_id = directory.settings.repository_id;
  Plan plan;
  if (search.reverse) {
    plan.what = ContactsOf(*search.reverse, repository_id);
  } else if (search.property == "nsIp") {
    plan.what = store::DomainsOfHostsWith{*search.address};
  } else if (search.property == "ip") {
    plan.what = store::HostsWith{*search.address};
  } else if (search.property == "nsLdhName") {
    plan.what = store::DomainsOfHostsNamed{search.pattern};
  } else if (search.property == "fn") {
    plan.what = store::ContactsNamed{search.pattern, !access.unredacted};
    plan.others = RegistrarsFor(search, directory);
  } else if (search.property == "handle") {
    auto keys = KeysOf(search.pattern, repository_id);
    if (!keys.empty()) plan.what = store::ContactsWithKeys{std::move(keys), !access.unredacted};
    plan.others = RegistrarsFor(search, directory);
  } else if (search.pattern.exact) {
    plan.others.push_back(Named(search.pattern.prefix));
  } else if (search.type == SearchedType::kNameServers) {
    plan.what = store::HostsNamed{search.pattern};
  } else {
    // The second names of bundles are those of the primary TLD's domains.
    store::DomainsNamed wanted{search.pattern};
    const std::string_view tld = TldOf(search.pattern);
    const std::string_view primary = directory.bundles().PrimaryTld(tld);
    if (primary != tld) {
      plan.partner_tld = tld;
      wanted.name.suffix = registry::Concat(".", primary);
    }
    plan.what = std::move(wanted);
  }
  return plan;
}

// Where the order is that of positions and nobody wants to know how many there are, a page is read
// from where the cursor stands. Else all that match are read and sorted, if they are not too many.
asio::awaitable<RdapSearcher::MaybeFound> RdapSearcher::FindPage(const RdapSearch& search,
                                                                 Plan plan,
                                                                 std::string repository_id) const {
  const auto size = static_cast<size_t>(settings_.page_size);
  Found found;
  found.order = OrderOf(search);
  found.partner_tld = std::move(plan.partner_tld);
  const bool unordered = search.property == "ip";  // FoundObjects of HostsWith
  const bool must_have_all = search.count || !found.order.keys.empty();
  const bool walk = !must_have_all && !unordered;

  ObjectSearch reading;
  reading.limit = walk ? settings_.page_size + 1 : settings_.max_candidates + 1;
  reading.most_related = settings_.max_related;
  reading.most_scanned = settings_.max_candidates;
  if (walk) {
    const bool backward = search.cursor && search.cursor->backward;
    reading.backward = backward != found.order.descending;
    if (search.cursor) reading.from = search.cursor->position;
  }
  FoundObjects read;
  if (plan.what) {
    reading.what = *std::move(plan.what);
    auto answer = co_await Ask(reading);
    if (!answer.ok()) co_return ErrorOf(answer.status());
    read = *std::move(answer);
  }
  if (read.too_many_related) co_return kTooManyRelated;
  std::vector<Candidate> all = CandidatesOf(std::move(read.objects), search.type, repository_id);
  if (read.cut && all.empty()) co_return kTooWide;
  found.truncated = read.cut;
  Merge(std::move(plan.others), reading, all);
  if (walk) {
    found.page = PageOfWalk(std::move(all), search.cursor, size);
    co_return found;
  }
  if (std::ssize(all) > settings_.max_candidates) {
    all.pop_back();
    found.truncated = true;
  }
  if (found.truncated && must_have_all) co_return kTooMany;
  if (search.count) found.total = static_cast<int>(all.size());
  found.page = PageOf(std::move(all), found.order, search.cursor, size);
  co_return found;
}

asio::awaitable<absl::StatusOr<FoundObjects>> RdapSearcher::Ask(ObjectSearch search) const {
  struct Pending {
    explicit Pending(asio::any_io_executor executor) : timer(std::move(executor)) {}
    asio::steady_timer timer;
    std::optional<absl::StatusOr<FoundObjects>> found;
  };
  auto executor = co_await asio::this_coro::executor;
  auto pending = std::make_shared<Pending>(executor);
  pending->timer.expires_after(absl::ToChronoNanoseconds(settings_.query_timeout));
  searches_.Find(std::move(search), [pending, executor](absl::StatusOr<FoundObjects> found) {
    asio::post(executor, [pending, found = std::move(found)]() mutable {
      pending->found = std::move(found);
      pending->timer.cancel();
    });
  });
  co_await pending->timer.async_wait(asio::as_tuple(asio::use_awaitable));
  if (pending->found) co_return *std::move(pending->found);
  co_return absl::DeadlineExceededError("the search was not answered in time");
}

RdapError RdapSearcher::ErrorOf(const absl::Status& status) const {
  if (absl::IsResourceExhausted(status)) return kBusy;
  if (absl::IsDeadlineExceeded(status)) return kTooSlow;
  failures_.Add("search", status);
  return kCannotAnswer;
}

// -- what may be seen --

asio::awaitable<RdapSearcher::MaybeDescribed> RdapSearcher::Describe(const Found& found,
                                                                     const RdapSearch& search,
                                                                     RdapPage page) const {
  switch (search.type) {
    case SearchedType::kDomains:
      co_return co_await DescribeDomains(found, search, std::move(page));
    case SearchedType::kNameServers:
      co_return co_await DescribeHosts(found, search, std::move(page));
    case SearchedType::kEntities:
      break;
  }
  co_return co_await DescribeEntities(found, search, std::move(page));
}

asio::awaitable<RdapSearcher::MaybeDescribed> RdapSearcher::DescribeDomains(
    const Found& found, const RdapSearch& search, RdapPage page) const {
  std::vector<registry::DomainLookup> lookups;
  for (const Candidate& item : found.page.items) {
    std::string name = item.found.name;
    if (!found.partner_tld.empty()) {
      name = registry::Concat(DomainName::Trusted(name).label(), ".", found.partner_tld);
    }
    registry::DomainLookup lookup;
    lookup.name = DomainName::Trusted(std::move(name));
    lookup.host_names = false;
    lookups.push_back(std::move(lookup));
  }
  auto replies = co_await AskAll(lookups_, std::move(lookups), settings_.query_timeout);
  if (!replies.ok()) co_return replies.status();
  Described described{{}, false, page.as_of};
  for (const auto& reply : *replies) {
    if (!reply.outcome->ok()) continue;
    const DomainView view = ViewOf(**reply.outcome, *reply.directory, page.access);
    page.as_of = described.as_of = reply.now;
    JsonWriter json;
    WriteRdapObject(view, search.field_set, page, json);
    described.objects.push_back(json.Finish());
    described.redacted =
        described.redacted || (search.field_set == FieldSet::kFull && HasRedactions(view.contacts));
  }
  co_return described;
}

asio::awaitable<RdapSearcher::MaybeDescribed> RdapSearcher::DescribeHosts(const Found& found,
                                                                          const RdapSearch& search,
                                                                          RdapPage page) const {
  std::vector<registry::HostLookup> lookups;
  for (const Candidate& item : found.page.items) {
    registry::HostLookup lookup;
    lookup.name = DomainName::Trusted(item.found.name);
    lookups.push_back(std::move(lookup));
  }
  auto replies = co_await AskAll(lookups_, std::move(lookups), settings_.query_timeout);
  if (!replies.ok()) co_return replies.status();
  Described described{{}, false, page.as_of};
  for (const auto& reply : *replies) {
    if (!reply.outcome->ok()) continue;
    page.as_of = described.as_of = reply.now;
    JsonWriter json;
    const HostView view = ViewOf((*reply.outcome)->hosts.front(), *reply.directory);
    WriteRdapObject(view, search.field_set, page, json);
    described.objects.push_back(json.Finish());
  }
  co_return described;
}

asio::awaitable<RdapSearcher::MaybeDescribed> RdapSearcher::DescribeEntities(
    const Found& found, const RdapSearch& search, RdapPage page) const {
  std::vector<registry::ContactLookup> lookups;
  for (const Candidate& item : found.page.items) {
    if (item.registrar != nullptr) continue;
    registry::ContactLookup lookup;
    lookup.key = registry::ContactKey(item.found.key);
    lookups.push_back(lookup);
  }
  auto replies = co_await AskAll(lookups_, std::move(lookups), settings_.query_timeout);
  if (!replies.ok()) co_return replies.status();
  Described described{{}, false, page.as_of};
  auto reply = replies->begin();
  for (const Candidate& item : found.page.items) {
    JsonWriter json;
    if (item.registrar != nullptr) {
      WriteRdapObject(ViewOf(*item.registrar), search.field_set, page, json);
      described.objects.push_back(json.Finish());
      continue;
    }
    const auto& answer = *reply++;
    if (!answer.outcome->ok()) continue;
    const auto view = ViewOf(**answer.outcome, *answer.directory, page.access);
    if (!view) continue;  // it does not want to be found any more
    const bool still = search.property != "fn" || view->contact.name.withheld() ||
                       Matches(search.pattern, Lower(view->contact.name.value()));
    if (!still) continue;
    page.as_of = described.as_of = answer.now;
    WriteRdapObject(*view, search.field_set, page, json);
    described.objects.push_back(json.Finish());
  }
  co_return described;
}

}  // namespace whois
