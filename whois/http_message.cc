#include "whois/http_message.h"

#include "registry/base/text.h"

namespace whois {
namespace {

std::string_view Phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 414:
      return "URI Too Long";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Error";
  }
}

constexpr int kRetryAfterSeconds = 5;

}  // namespace

std::string FormatHttp(const HttpResponse& response, const HttpFraming& framing) {
  using registry::Concat;
  std::string text =
      Concat("HTTP/1.1 ", response.status, " ", Phrase(response.status), "\r\nDate: ",
             absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", framing.date, absl::UTCTimeZone()),
             "\r\nContent-Type: application/rdap+json\r\nAccess-Control-Allow-Origin: *\r\n"
             "Content-Length: ",
             response.body.size(), "\r\n");
  if (response.status == 405) text += "Allow: GET, HEAD\r\n";
  if (response.status == 429 || response.status == 503) {
    text += Concat("Retry-After: ", kRetryAfterSeconds, "\r\n");
  }
  text += framing.keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  if (framing.with_body) text += response.body;
  return text;
}

}  // namespace whois
