#include "whois/http_message.h"

#include <cstdint>
#include <string>

namespace whois {
namespace {

std::string_view Phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 204:
      return "No Content";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
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

// RFC 9110 section 5.6.7; made anew when the second is another one.
std::string_view DateText(absl::Time date) {
  thread_local int64_t second = -1;
  thread_local std::string text;
  if (const int64_t now = absl::ToUnixSeconds(date); now != second) {
    second = now;
    text = absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", date, absl::UTCTimeZone());
  }
  return text;
}

void AddField(std::string_view name, std::string_view value, std::string& out) {
  out.append(name).append(": ").append(value).append("\r\n");
}

void AddContentFields(const HttpResponse& response, std::string& out) {
  AddField("Content-Type", response.media_type, out);
  if (!response.encoding.empty()) AddField("Content-Encoding", response.encoding, out);
  AddField("Content-Length", std::to_string(response.content().size()), out);
}

bool HasContent(const HttpResponse& response) {
  return response.status != 204 && response.status != 304;
}

}  // namespace

std::string FormatHttpHead(const HttpResponse& response, const HttpFraming& framing) {
  constexpr size_t kUsualSize = 512;
  std::string text;
  text.reserve(kUsualSize + response.more_fields.size());
  text.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  text.append(Phrase(response.status)).append("\r\n");
  AddField("Date", DateText(framing.date), text);
  if (HasContent(response)) AddContentFields(response, text);
  AddField("Access-Control-Allow-Origin", "*", text);
  AddField("X-Content-Type-Options", "nosniff", text);
  if (!response.entity_tag.empty()) {
    AddField("ETag", response.entity_tag, text);
    AddField("Vary", "Accept, Accept-Encoding, Authorization", text);
  }
  if (!response.cache_control.empty()) AddField("Cache-Control", response.cache_control, text);
  if (response.status == 405) AddField("Allow", "GET, HEAD, OPTIONS", text);
  if (response.retry_after > 0) AddField("Retry-After", std::to_string(response.retry_after), text);
  text += response.more_fields;
  text += framing.keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  return text;
}

std::string_view ContentToSend(const HttpResponse& response, const HttpFraming& framing) {
  return HasContent(response) && framing.with_body ? response.content() : std::string_view();
}

}  // namespace whois
