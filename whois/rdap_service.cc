#include "whois/rdap_service.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "registry/base/text.h"
#include "registry/types/roid.h"
#include "whois/ask.h"
#include "whois/http_content.h"
#include "whois/registrar_search.h"
#include "whois/stopwatch.h"
#include "whois/topics.h"
#include "whois/view.h"

namespace whois {
namespace {

namespace asio = boost::asio;

constexpr int kRetrySeconds = 5;
// Everybody may keep an answer, but has to ask whether it is still the same.
constexpr std::string_view kRevalidate = "no-cache";

// The time of the data is not what tells one answer from the next.
std::string EntityTagOf(std::string_view body) {
  constexpr std::string_view kBefore = R"("last update of RDAP database","eventDate":")";
  constexpr size_t kTimeSize = 20;
  return WeakEntityTag(body, kBefore, kTimeSize);
}

constexpr RdapError kNotFound{404, "Not Found", "The registry has no such object."};
constexpr RdapError kNotAllowed{405, "Method Not Allowed", "RDAP is asked with GET or HEAD."};
constexpr RdapError kUnknownMethod{501, "Not Implemented", "This method is not known here."};

}  // namespace

RdapService::RdapService(Settings settings, Lookups& lookups, QueryMetrics& metrics,
                         AnswerCache* cache, const RdapSearcher* searcher)
    : settings_(std::move(settings)),
      base_path_(PathOf(settings_.base_url)),
      lookups_(lookups),
      metrics_(metrics),
      cache_(cache),
      searcher_(searcher) {}

asio::awaitable<HttpResponse> RdapService::Answer(HttpRequest request, Access access) const {
  const Stopwatch stopwatch;
  if (cache_ != nullptr && !access.unredacted) {
    if (std::optional<Answered> kept = FromCache(request)) {
      metrics_.Count(kept->kind, kept->result, stopwatch.elapsed());
      co_return std::move(kept->response);
    }
  }
  auto routing = Route(request, std::move(access));
  Answered answered = co_await std::move(routing);
  HttpResponse& response = answered.response;
  if (response.status == 200 && response.entity_tag.empty()) {
    response.entity_tag = EntityTagOf(response.content());
    response.cache_control = kRevalidate;
  }
  metrics_.Count(answered.kind, answered.result, stopwatch.elapsed());
  co_return std::move(answered.response);
}

HttpResponse RdapService::Refuse(const RdapError& error, std::string_view target) const {
  metrics_.Count(QueryKind::kNone, QueryResult::kRefused, absl::ZeroDuration());
  return Error(error, QueryKind::kNone, PageOf(target)).response;
}

asio::awaitable<RdapService::Answered> RdapService::Route(const HttpRequest& request,
                                                          Access access) const {
  RdapPage page = PageOf(request.target);
  page.access = std::move(access);
  if (request.method == HttpMethod::kUnknown) {
    co_return Error(kUnknownMethod, QueryKind::kNone, page);
  }
  if (request.method == HttpMethod::kOther) co_return Error(kNotAllowed, QueryKind::kNone, page);

  RdapQuery query = ParseRdapTarget(request.target, base_path_);
  auto finding = std::visit([&](auto asked) { return Find(std::move(asked), std::move(page)); },
                            std::move(query));
  co_return co_await std::move(finding);
}

asio::awaitable<RdapService::Answered> RdapService::Find(RdapError error, RdapPage page) const {
  co_return Error(error, QueryKind::kNone, page);
}

asio::awaitable<RdapService::Answered> RdapService::Find(RdapHelp /*query*/, RdapPage page) const {
  Answered answered;
  answered.kind = QueryKind::kHelp;
  answered.response.body = RdapHelpJson(page);
  co_return answered;
}

std::optional<RdapService::Answered> RdapService::FromCache(const HttpRequest& request) const {
  const std::string_view name = CanonicalDomain(request.target, base_path_);
  if (name.empty()) return std::nullopt;
  const bool served = request.method == HttpMethod::kGet || request.method == HttpMethod::kHead;
  if (!served) return std::nullopt;
  const AnswerCache::Found found = cache_->Find(name, lookups_.Now());
  metrics_.CountCache(found.result);
  if (found.answer == nullptr) return std::nullopt;
  return Answer(found.answer, AcceptsGzip(request.accept_encoding));
}

RdapService::Answered RdapService::Answer(const std::shared_ptr<const CachedAnswer>& kept,
                                          bool packed) {
  Answered answered;
  answered.kind = QueryKind::kDomain;
  answered.result = kept->found ? QueryResult::kFound : QueryResult::kNotFound;
  HttpResponse& response = answered.response;
  response.status = kept->found ? 200 : 404;
  response.shared_body = {kept, packed ? &kept->Packed() : &kept->text};
  if (packed) response.encoding = "gzip";
  response.entity_tag = kept->entity_tag;
  if (kept->found) response.cache_control = kRevalidate;
  return answered;
}

asio::awaitable<RdapService::Answered> RdapService::Find(RdapDomain query, RdapPage page) const {
  if (!lookups_.available()) co_return Error(kCannotAnswer, QueryKind::kDomain, page);
  auto answer = std::make_shared<CachedAnswer>();
  if (cache_ != nullptr) answer->stamp = cache_->stamp();
  registry::DomainLookup lookup;
  lookup.host_names = false;
  lookup.name = query.name;
  auto reply = co_await Ask(lookups_, std::move(lookup), settings_.query_timeout);
  if (!reply.status.ok()) {
    co_return Failed("domain-lookup", reply.status, QueryKind::kDomain, page);
  }
  page.as_of = answer->as_of = reply.now;
  SetTopics(query.name, *reply.outcome, *reply.directory, *answer);
  if (answer->found) {
    answer->text = RdapJson(ViewOf(**reply.outcome, *reply.directory, page.access), page);
    answer->entity_tag = EntityTagOf(answer->text);
  } else {
    answer->text = RdapJson(kNotFound, page);
  }
  // However it was typed, this is the answer to the one form that FromCache knows.
  const bool plain = page.request_url == registry::Concat(page.base, "/domain/", query.name.text());
  if (cache_ != nullptr && plain && !page.access.unredacted) {
    answer->text.shrink_to_fit();
    cache_->Put(query.name.text(), answer);
    co_return Answer(answer, /*packed=*/false);
  }
  Answered answered = Answer(answer, /*packed=*/false);
  answered.response.shared_body = nullptr;
  answered.response.body = std::move(answer->text);
  co_return answered;
}

asio::awaitable<RdapService::Answered> RdapService::Find(RdapNameServer query,
                                                         RdapPage page) const {
  if (!lookups_.available()) co_return Error(kCannotAnswer, QueryKind::kNameServer, page);
  registry::HostLookup lookup;
  lookup.name = std::move(query.name);
  auto reply = co_await Ask(lookups_, std::move(lookup), settings_.query_timeout);
  if (!reply.status.ok()) {
    co_return Failed("host-lookup", reply.status, QueryKind::kNameServer, page);
  }
  if (!reply.outcome->ok()) co_return Error(kNotFound, QueryKind::kNameServer, page);
  page.as_of = reply.now;
  Answered answered;
  answered.kind = QueryKind::kNameServer;
  answered.response.body =
      RdapJson(ViewOf((*reply.outcome)->hosts.front(), *reply.directory), page);
  co_return answered;
}

asio::awaitable<RdapService::Answered> RdapService::Find(RdapSearch query, RdapPage page) const {
  if (searcher_ == nullptr) co_return Error(kNotOffered, QueryKind::kSearch, page);
  auto finding = searcher_->Find(std::move(query), page);
  RdapSearcher::Answer found = co_await std::move(finding);
  if (const auto* error = std::get_if<RdapError>(&found)) {
    co_return Error(*error, QueryKind::kSearch, page);
  }
  Answered answered;
  answered.kind = QueryKind::kSearch;
  answered.response.body = std::get<std::string>(std::move(found));
  co_return answered;
}

asio::awaitable<RdapService::Answered> RdapService::Find(RdapEntity query, RdapPage page) const {
  if (!lookups_.available()) co_return Error(kCannotAnswer, QueryKind::kEntity, page);
  const std::shared_ptr<const registry::Directory> directory = lookups_.directory();
  if (const registry::Registrar* registrar = FindRegistrar(*directory, query.handle)) {
    Answered answered;
    answered.kind = QueryKind::kEntity;
    answered.response.body = RdapJson(ViewOf(*registrar), page);
    co_return answered;
  }
  const auto roid = registry::ParseRoid(query.handle, directory->settings.repository_id);
  if (!roid || roid->kind != registry::ObjectKind::kContact) {
    co_return Error(kNotFound, QueryKind::kEntity, page);
  }
  co_return co_await FindContact(registry::ContactKey(roid->number), std::move(page));
}

asio::awaitable<RdapService::Answered> RdapService::FindContact(registry::ContactKey key,
                                                                RdapPage page) const {
  registry::ContactLookup lookup;
  lookup.key = key;
  auto reply = co_await Ask(lookups_, std::move(lookup), settings_.query_timeout);
  if (!reply.status.ok()) {
    co_return Failed("contact-lookup", reply.status, QueryKind::kEntity, page);
  }
  if (!reply.outcome->ok()) co_return Error(kNotFound, QueryKind::kEntity, page);
  const std::optional<ContactEntityView> view =
      ViewOf(**reply.outcome, *reply.directory, page.access);
  // Not published: the answer is the one for a contact that does not exist.
  if (!view) co_return Error(kNotFound, QueryKind::kEntity, page);
  page.as_of = reply.now;
  Answered answered;
  answered.kind = QueryKind::kEntity;
  answered.response.body = RdapJson(*view, page);
  co_return answered;
}

RdapPage RdapService::PageOf(std::string_view target) const {
  RdapPage page;
  page.base = settings_.base_url;
  page.request_url = RequestUrl(target, settings_.base_url);
  page.terms_url = settings_.terms_url;
  page.port43 = settings_.whois_host;
  page.as_of = lookups_.Now();
  return page;
}

RdapService::Answered RdapService::Error(const RdapError& error, QueryKind kind,
                                         const RdapPage& page) {
  Answered answered;
  answered.kind = kind;
  answered.result = error.status == 404   ? QueryResult::kNotFound
                    : error.status == 503 ? QueryResult::kUnavailable
                                          : QueryResult::kRefused;
  answered.response.status = error.status;
  if (error.status == 401) answered.response.more_fields = "WWW-Authenticate: Bearer\r\n";
  if (error.status == 429 || error.status == 503) answered.response.retry_after = kRetrySeconds;
  answered.response.body = RdapJson(error, page);
  return answered;
}

RdapService::Answered RdapService::Failed(std::string_view lookup, const absl::Status& status,
                                          QueryKind kind, const RdapPage& page) const {
  failures_.Add(lookup, status);
  return Error(kCannotAnswer, kind, page);
}

}  // namespace whois
