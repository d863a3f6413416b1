#include "whois/whois_service.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "whois/ask.h"
#include "whois/registrar_search.h"
#include "whois/stopwatch.h"
#include "whois/topics.h"
#include "whois/view.h"

namespace whois {

namespace asio = boost::asio;

WhoisService::WhoisService(Settings settings, Lookups& lookups, QueryMetrics& metrics,
                           AnswerCache* cache)
    : settings_(std::move(settings)), lookups_(lookups), metrics_(metrics), cache_(cache) {}

asio::awaitable<std::string> WhoisService::Answer(std::string line) const {
  const Stopwatch stopwatch;
  std::optional<WhoisQuery> query = ParseWhoisQuery(line);
  if (!query) co_return Refuse("Invalid query.");
  auto finding =
      std::visit([this](auto asked) { return Find(std::move(asked)); }, *std::move(query));
  Answered answered = co_await std::move(finding);
  metrics_.Count(answered.kind, answered.result, stopwatch.elapsed());
  co_return std::move(answered.text);
}

std::string WhoisService::Refuse(std::string_view reason) const {
  metrics_.Count(QueryKind::kNone, QueryResult::kRefused, absl::ZeroDuration());
  return WhoisRefusal(reason, Footer(lookups_.Now()));
}

asio::awaitable<WhoisService::Answered> WhoisService::Find(WhoisDomain query) const {
  if (cache_ != nullptr) {
    const AnswerCache::Found kept = cache_->Find(query.name.text(), lookups_.Now());
    metrics_.CountCache(kept.result);
    if (kept.answer != nullptr) co_return Domain(*kept.answer);
  }
  if (!lookups_.available()) co_return Unavailable(QueryKind::kDomain);
  auto answer = std::make_shared<CachedAnswer>();
  if (cache_ != nullptr) answer->stamp = cache_->stamp();
  registry::DomainLookup lookup;
  lookup.host_names = false;
  lookup.name = query.name;
  auto reply = co_await Ask(lookups_, std::move(lookup), settings_.query_timeout);
  if (!reply.status.ok()) {
    failures_.Add("domain-lookup", reply.status);
    co_return Unavailable(QueryKind::kDomain);
  }
  answer->as_of = reply.now;
  SetTopics(query.name, *reply.outcome, *reply.directory, *answer);
  const WhoisFooter footer = Footer(reply.now);
  answer->text = answer->found ? WhoisText(ViewOf(**reply.outcome, *reply.directory), footer)
                               : WhoisNoMatch(absl::AsciiStrToUpper(query.name.text()), footer);
  if (cache_ != nullptr) {
    answer->text.shrink_to_fit();
    cache_->Put(query.name.text(), answer);
  }
  co_return Domain(*answer);
}

WhoisService::Answered WhoisService::Domain(const CachedAnswer& answer) {
  return {answer.text, QueryKind::kDomain,
          answer.found ? QueryResult::kFound : QueryResult::kNotFound};
}

asio::awaitable<WhoisService::Answered> WhoisService::Find(WhoisNameServer query) const {
  registry::HostLookup lookup;
  lookup.name = query.name;
  auto finding = FindHosts(std::move(lookup), absl::AsciiStrToUpper(query.name.text()),
                           QueryKind::kNameServer);
  co_return co_await std::move(finding);
}

asio::awaitable<WhoisService::Answered> WhoisService::Find(WhoisAddress query) const {
  registry::HostLookup lookup;
  lookup.address = query.address;
  lookup.most = settings_.max_results;
  auto finding = FindHosts(std::move(lookup), query.address.ToString(), QueryKind::kSearch);
  co_return co_await std::move(finding);
}

asio::awaitable<WhoisService::Answered> WhoisService::FindHosts(registry::HostLookup lookup,
                                                                std::string subject,
                                                                QueryKind kind) const {
  if (!lookups_.available()) co_return Unavailable(kind);
  auto reply = co_await Ask(lookups_, std::move(lookup), settings_.query_timeout);
  if (!reply.status.ok()) {
    failures_.Add("host-lookup", reply.status);
    co_return Unavailable(kind);
  }
  if (!reply.outcome->ok()) co_return NoMatch(subject, kind, reply.now);
  std::vector<HostView> views;
  const registry::HostLookupAnswer& found = **reply.outcome;
  for (const auto& host : found.hosts) views.push_back(ViewOf(host, *reply.directory));
  Answered answered{WhoisText(views, found.truncated, Footer(reply.now)), kind,
                    QueryResult::kFound};
  co_return answered;
}

asio::awaitable<WhoisService::Answered> WhoisService::Find(WhoisRegistrar query) const {
  if (!lookups_.available()) co_return Unavailable(QueryKind::kEntity);
  const std::shared_ptr<const registry::Directory> directory = lookups_.directory();
  const registry::Registrar* registrar = FindRegistrar(*directory, query.name);
  if (registrar == nullptr) co_return NoMatch(query.name, QueryKind::kEntity, lookups_.Now());
  Answered answered{WhoisText(ViewOf(*registrar), Footer(lookups_.Now())), QueryKind::kEntity,
                    QueryResult::kFound};
  co_return answered;
}

WhoisService::Answered WhoisService::NoMatch(std::string_view subject, QueryKind kind,
                                             absl::Time as_of) const {
  return {WhoisNoMatch(subject, Footer(as_of)), kind, QueryResult::kNotFound};
}

WhoisService::Answered WhoisService::Unavailable(QueryKind kind) const {
  return {WhoisRefusal("The service is temporarily unavailable; please try again later.",
                       Footer(lookups_.Now())),
          kind, QueryResult::kUnavailable};
}

}  // namespace whois
