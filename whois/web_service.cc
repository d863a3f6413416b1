#include "whois/web_service.h"

#include <string>
#include <string_view>
#include <utility>

#include "registry/base/text.h"
#include "whois/access.h"
#include "whois/http_content.h"

namespace whois {
namespace {

namespace asio = boost::asio;

// RFC 7480 section 5.6 and the Fetch standard: any web page may ask, with these fields.
HttpResponse Options() {
  HttpResponse response;
  response.status = 204;
  response.more_fields =
      "Allow: GET, HEAD, OPTIONS\r\n"
      "Access-Control-Allow-Methods: GET, HEAD, OPTIONS\r\n"
      "Access-Control-Allow-Headers: Authorization, If-None-Match\r\n"
      "Access-Control-Max-Age: 86400\r\n";
  return response;
}

}  // namespace

asio::awaitable<HttpResponse> WebService::Answer(HttpRequest request) const {
  // Files are no look-ups: a page that is refused has them too.
  const bool file = page_ != nullptr && page_->ServesFile(request);
  Gate::Passage passage;
  if (gate_ != nullptr && !file) passage = gate_->Enter(request);
  if (passage.refused) {
    const bool known = passage.access.authorised();
    if (known)
      gate_->Record(passage, request.method, request.target, passage.refused->error.status);
    co_return Refused(*passage.refused, request);
  }
  if (request.method == HttpMethod::kOptions) {
    HttpResponse options = Options();
    if (!passage.access.authorised()) co_return options;
    co_return Recorded(std::move(options), passage, request.method, request.target);
  }
  const std::string accept_encoding = request.accept_encoding;
  const std::string if_none_match = std::move(request.if_none_match);
  const HttpMethod method = request.method;
  const std::string target = passage.access.authorised() ? request.target : std::string();
  auto routed = Route(std::move(request), passage.access);
  HttpResponse response = co_await std::move(routed);
  if (passage.access.authorised()) {
    response = Recorded(std::move(response), passage, method, target);
  }
  if (!if_none_match.empty() && Matches(if_none_match, response.entity_tag)) {
    MakeNotModified(response);
  } else if (AcceptsGzip(accept_encoding)) {
    Compress(response);
  }
  co_return response;
}

asio::awaitable<HttpResponse> WebService::Route(HttpRequest request, Access access) const {
  if (IsBootstrap(request)) co_return bootstrap_->Answer();
  if (page_ != nullptr && page_->Serves(request)) {
    co_return co_await page_->Answer(std::move(request));
  }
  co_return co_await rdap_.Answer(std::move(request), std::move(access));
}

bool WebService::IsBootstrap(const HttpRequest& request) const {
  if (bootstrap_ == nullptr) return false;
  if (request.method != HttpMethod::kGet && request.method != HttpMethod::kHead) return false;
  const std::string_view target = request.target;
  const std::string_view path = target.substr(0, target.find('?'));
  return path == BootstrapFile::kPath ||
         (path.ends_with(BootstrapFile::kPath) &&
          path.substr(0, path.size() - std::string_view(BootstrapFile::kPath).size()) ==
              rdap_.base_path());
}

HttpResponse WebService::Recorded(HttpResponse response, const Gate::Passage& passage,
                                  HttpMethod method, const std::string& target) const {
  if (!gate_->Record(passage, method, target, response.status)) {
    response = rdap_.Refuse(kNotRecorded, target);
  }
  response.cache_control = "private, no-store";
  return response;
}

HttpResponse WebService::Refused(const Refusal& refusal, const HttpRequest& request) const {
  // Who shows a token is no browser.
  const bool page = page_ != nullptr && request.authorization.empty() && page_->Serves(request);
  HttpResponse response = page ? page_->Refuse(request, refusal.error.status)
                               : rdap_.Refuse(refusal.error, request.target);
  if (refusal.retry_after > 0) response.retry_after = refusal.retry_after;
  if (!refusal.www_authenticate.empty()) {
    // RDAP's own refusals say no more than that a token is wanted.
    if (!page) response.more_fields.clear();
    response.more_fields +=
        registry::Concat("WWW-Authenticate: ", refusal.www_authenticate, "\r\n");
  }
  response.cache_control = "no-store";
  return response;
}

}  // namespace whois
