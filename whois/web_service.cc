#include "whois/web_service.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"
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
  if (request.method == HttpMethod::kOptions) co_return Options();
  const std::string accept_encoding = std::move(request.accept_encoding);
  const std::string if_none_match = std::move(request.if_none_match);
  HttpResponse response = co_await Route(std::move(request));
  if (!if_none_match.empty() && Matches(if_none_match, response.entity_tag)) {
    MakeNotModified(response);
  } else if (AcceptsGzip(accept_encoding)) {
    Compress(response);
  }
  co_return response;
}

asio::awaitable<HttpResponse> WebService::Route(HttpRequest request) const {
  if (page_ != nullptr && page_->Serves(request)) {
    co_return co_await page_->Answer(std::move(request));
  }
  co_return co_await rdap_.Answer(std::move(request), Access());
}

}  // namespace whois
