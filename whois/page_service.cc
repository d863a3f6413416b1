#include "whois/page_service.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "registry/types/roid.h"
#include "whois/ask.h"
#include "whois/page_files.h"
#include "whois/rdap_request.h"
#include "whois/registrar_search.h"
#include "whois/stopwatch.h"

namespace whois {
namespace {

namespace asio = boost::asio;

constexpr int kRetrySeconds = 5;
constexpr std::string_view kHtml = "text/html; charset=utf-8";
// Nothing comes from elsewhere, nothing stands in the page itself, and nobody may frame it. The
// script asks RDAP, which is here too.
constexpr std::string_view kPageFields =
    "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Vary: Accept, Accept-Encoding\r\n";

HttpResponse Page(int status, std::string html) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(html);
  response.media_type = kHtml;
  response.cache_control = "no-store";  // the data are of this moment
  response.more_fields = kPageFields;
  if (status == 429 || status == 503) response.retry_after = kRetrySeconds;
  return response;
}

HttpResponse FileResponse(const FoundPageFile& found) {
  HttpResponse response;
  response.body = found.file->content;
  response.media_type = MediaTypeOf(*found.file);
  response.entity_tag = registry::Concat("\"", found.file->version, "\"");
  response.cache_control = found.current ? "public, max-age=31536000, immutable" : "no-cache";
  // An icon is a document of its own when somebody opens it.
  response.more_fields = "Content-Security-Policy: default-src 'none'\r\n";
  return response;
}

bool Reads(const HttpRequest& request) {
  return request.method == HttpMethod::kGet || request.method == HttpMethod::kHead;
}

// RFC 9110 section 12.5.1, as far as browsers need it: they name text/html.
bool TakesHtml(std::string_view accept) {
  return absl::AsciiStrToLower({accept.data(), accept.size()}).find("text/html") !=
         std::string::npos;
}

}  // namespace

PageService::PageService(Settings settings, Lookups& lookups, QueryMetrics& metrics)
    : settings_(std::move(settings)),
      base_path_(PathOf(settings_.base_url)),
      lookups_(lookups),
      metrics_(metrics) {}

bool PageService::Serves(const HttpRequest& request) const {
  if (!Reads(request)) return false;
  const std::string_view path = TargetOf(request.target, base_path_).path;
  const bool home = path.empty() || path == "/";
  return home ? TakesHtml(request.accept) : FindPageFile(path).file != nullptr;
}

bool PageService::ServesFile(const HttpRequest& request) const {
  return Reads(request) && FindPageFile(TargetOf(request.target, base_path_).path).file != nullptr;
}

asio::awaitable<HttpResponse> PageService::Answer(HttpRequest request) const {
  const TargetParts target = TargetOf(request.target, base_path_);
  if (const FoundPageFile found = FindPageFile(target.path); found.file != nullptr) {
    co_return FileResponse(found);
  }
  const std::optional<std::string_view> asked = ParameterOf(target.query, "q");
  if (!asked) co_return Page(200, HomeHtml(ContextFor("")));

  const Stopwatch stopwatch;
  // What cannot be decoded is no query either; ParsePageQuery says so.
  PageQuery query = ParsePageQuery(DecodeParameter(*asked).value_or("\xFF"));
  Answered answered = co_await Find(std::move(query));
  metrics_.Count(answered.kind, answered.result, stopwatch.elapsed());
  co_return std::move(answered.response);
}

HttpResponse PageService::Refuse(const HttpRequest& request, int status) const {
  metrics_.Count(QueryKind::kNone, QueryResult::kRefused, absl::ZeroDuration());
  const TargetParts target = TargetOf(request.target, base_path_);
  const std::string_view asked = ParameterOf(target.query, "q").value_or("");
  const PageQuery query = ParsePageQuery(DecodeParameter(asked).value_or(""));
  return Page(status, ErrorHtml(status, ContextFor(query.typed)));
}

asio::awaitable<PageService::Answered> PageService::Find(PageQuery query) const {
  const PageContext context = ContextFor(query.typed);
  if (!lookups_.available() && query.problem.empty()) {
    co_return Unavailable(QueryKind::kNone, context);
  }
  QueryKind kind = QueryKind::kNone;
  if (query.domain) {
    kind = QueryKind::kDomain;
    auto finding = FindDomain(*query.domain, context);
    if (auto found = co_await std::move(finding)) co_return *std::move(found);
  }
  if (query.host) {
    kind = query.domain ? kind : QueryKind::kNameServer;
    auto finding = FindHost(*query.host, context);
    if (auto found = co_await std::move(finding)) co_return *std::move(found);
  }
  if (query.address) {
    kind = QueryKind::kSearch;
    auto finding = FindAddress(*query.address, context);
    if (auto found = co_await std::move(finding)) co_return *std::move(found);
  }
  const std::shared_ptr<const registry::Directory> directory = lookups_.directory();
  const auto roid = registry::ParseRoid(query.roid, directory->settings.repository_id);
  if (roid && roid->kind == registry::ObjectKind::kContact) {
    kind = QueryKind::kEntity;
    auto finding = FindContact(registry::ContactKey(roid->number), context);
    if (auto found = co_await std::move(finding)) co_return *std::move(found);
  }

  Answered answered;
  if (!query.registrar.empty()) {
    if (const registry::Registrar* registrar = FindRegistrar(*directory, query.registrar)) {
      answered.kind = QueryKind::kEntity;
      answered.response = Page(200, PageHtml(ViewOf(*registrar), context));
      co_return answered;
    }
    if (kind == QueryKind::kNone && query.problem.empty()) kind = QueryKind::kEntity;
  }
  answered.kind = kind;
  if (query.problem.empty()) {
    answered.result = QueryResult::kNotFound;
    answered.response = Page(404, NotFoundHtml(query, context));
  } else {
    answered.result = QueryResult::kRefused;
    answered.response = Page(400, ProblemHtml(query.problem, context));
  }
  co_return answered;
}

asio::awaitable<std::optional<PageService::Answered>> PageService::FindDomain(
    registry::DomainName name, PageContext context) const {
  registry::DomainLookup lookup;
  lookup.host_names = false;
  lookup.name = std::move(name);
  auto reply = co_await Ask(lookups_, std::move(lookup), settings_.query_timeout);
  if (!reply.status.ok()) {
    co_return Failed("domain-lookup", reply.status, QueryKind::kDomain, context);
  }
  if (!reply.outcome->ok()) co_return std::nullopt;
  context.as_of = reply.now;
  Answered answered;
  answered.kind = QueryKind::kDomain;
  answered.response = Page(200, PageHtml(ViewOf(**reply.outcome, *reply.directory), context));
  co_return answered;
}

asio::awaitable<std::optional<PageService::Answered>> PageService::FindHost(
    registry::DomainName name, PageContext context) const {
  registry::HostLookup lookup;
  lookup.name = std::move(name);
  auto reply = co_await Ask(lookups_, std::move(lookup), settings_.query_timeout);
  if (!reply.status.ok()) {
    co_return Failed("host-lookup", reply.status, QueryKind::kNameServer, context);
  }
  if (!reply.outcome->ok()) co_return std::nullopt;
  context.as_of = reply.now;
  Answered answered;
  answered.kind = QueryKind::kNameServer;
  answered.response =
      Page(200, PageHtml(ViewOf((*reply.outcome)->hosts.front(), *reply.directory), context));
  co_return answered;
}

asio::awaitable<std::optional<PageService::Answered>> PageService::FindAddress(
    registry::IpAddress address, PageContext context) const {
  registry::HostLookup lookup;
  lookup.address = address;
  lookup.most = settings_.max_results;
  auto reply = co_await Ask(lookups_, std::move(lookup), settings_.query_timeout);
  if (!reply.status.ok()) {
    co_return Failed("host-lookup", reply.status, QueryKind::kSearch, context);
  }
  if (!reply.outcome->ok()) co_return std::nullopt;
  context.as_of = reply.now;
  const registry::HostLookupAnswer& found = **reply.outcome;
  std::vector<HostView> views;
  for (const auto& host : found.hosts) views.push_back(ViewOf(host, *reply.directory));
  Answered answered;
  answered.kind = QueryKind::kSearch;
  answered.response = Page(200, PageHtml(address, views, found.truncated, context));
  co_return answered;
}

asio::awaitable<std::optional<PageService::Answered>> PageService::FindContact(
    registry::ContactKey key, PageContext context) const {
  registry::ContactLookup lookup;
  lookup.key = key;
  auto reply = co_await Ask(lookups_, std::move(lookup), settings_.query_timeout);
  if (!reply.status.ok()) {
    co_return Failed("contact-lookup", reply.status, QueryKind::kEntity, context);
  }
  if (!reply.outcome->ok()) co_return std::nullopt;
  const std::optional<ContactEntityView> view = ViewOf(**reply.outcome, *reply.directory);
  if (!view) co_return std::nullopt;
  context.as_of = reply.now;
  Answered answered;
  answered.kind = QueryKind::kEntity;
  answered.response = Page(200, PageHtml(*view, context));
  co_return answered;
}

PageContext PageService::ContextFor(std::string typed) const {
  PageContext context;
  context.base_path = base_path_;
  context.service_name = settings_.service_name;
  context.terms_url = settings_.terms_url;
  context.typed = std::move(typed);
  context.as_of = lookups_.Now();
  const std::shared_ptr<const registry::Directory> directory = lookups_.directory();
  for (const registry::TldPolicy* policy : directory->tlds()) {
    // As a name below it would be shown; a label alone is no DomainName.
    const std::string below =
        registry::DomainName::Trusted(registry::Concat("a.", policy->tld)).ToUnicode();
    context.tlds.push_back(below.substr(2));
  }
  return context;
}

PageService::Answered PageService::Failed(std::string_view lookup, const absl::Status& status,
                                          QueryKind kind, const PageContext& context) const {
  failures_.Add(lookup, status);
  return Unavailable(kind, context);
}

PageService::Answered PageService::Unavailable(QueryKind kind, const PageContext& context) const {
  Answered answered;
  answered.kind = kind;
  answered.result = QueryResult::kUnavailable;
  answered.response = Page(503, ErrorHtml(503, context));
  return answered;
}

}  // namespace whois
