#include "whois/http_request_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>

// HTTP/1.1 (RFC 9112) as far as RDAP needs it. A request's head is collected whole and then handed
// to Beast's parser at once; what Beast lets pass although RFC 9112 does not is refused here. No
// request has a body that means anything: one that announces a body is answered, and the connection
// is closed, so that the body is never taken for another request.
namespace whois {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

constexpr RdapError kMalformed{400, "Bad Request", "This is not a well-formed HTTP/1.1 request."};
constexpr RdapError kTargetTooLong{414, "URI Too Long", "The request target is too long."};
constexpr RdapError kHeaderTooLarge{431, "Request Header Fields Too Large",
                                    "The request header is too large."};
constexpr RdapError kOtherVersion{505, "HTTP Version Not Supported",
                                  "This server speaks HTTP/1.1."};

// Whether the request line has three parts, of which the last is "HTTP/" and a version (RFC 9112
// section 2.3).
bool NamesAVersion(std::string_view head) {
  const std::string_view line = head.substr(0, head.find("\r\n"));
  const size_t target = line.find(' ');
  const size_t version = target == line.npos ? line.npos : line.find(' ', target + 1);
  if (version == line.npos) return false;
  const std::string_view name = line.substr(version + 1);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return name.size() == 8 && name.substr(0, 5) == "HTTP/" && digit(name[5]) && name[6] == '.' &&
         digit(name[7]);
}

using Fields = http::request<http::empty_body>;

bool HostIsRight(const Fields& request) {
  const auto hosts = request.count(http::field::host);
  if (hosts > 1 || (hosts == 0 && request.version() >= 11)) return false;
  const auto host = request[http::field::host];
  return std::string_view(host.data(), host.size()).find_first_of(" \t,/@\\") ==
         std::string_view::npos;
}

// Lengths that two readers might understand differently are how requests are smuggled.
bool FramingIsRight(const Fields& request) {
  const auto lengths = request.count(http::field::content_length);
  const bool coded = request.count(http::field::transfer_encoding) > 0;
  if (lengths > 1 || (lengths > 0 && coded)) return false;
  if (coded && !request.chunked()) return false;
  const auto length = request[http::field::content_length];
  const std::string_view digits(length.data(), length.size());
  return lengths == 0 ||
         (!digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos);
}

bool AnnouncesBody(const Fields& request) {
  if (request.count(http::field::transfer_encoding) > 0) return true;
  return request[http::field::content_length].find_first_not_of('0') !=
         boost::beast::string_view::npos;
}

HttpMethod MethodOf(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return HttpMethod::kGet;
    case http::verb::head:
      return HttpMethod::kHead;
    case http::verb::unknown:
      return HttpMethod::kUnknown;
    default:
      return HttpMethod::kOther;
  }
}

// `head` is everything up to and including the empty line.
HttpIncoming ParseHead(std::string_view head, const HttpLimits& limits) {
  http::request_parser<http::empty_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(head.size() + 1));
  boost::system::error_code error;
  parser.put(asio::buffer(head.data(), head.size()), error);
  // Beast says bad_version also of request lines that name no version of HTTP at all.
  if (error == http::error::bad_version) return NamesAVersion(head) ? kOtherVersion : kMalformed;
  if (error || !parser.is_header_done()) return kMalformed;

  const Fields& request = parser.get();
  if (request.target().size() > limits.max_target_bytes) return kTargetTooLong;
  if (!HostIsRight(request) || !FramingIsRight(request)) return kMalformed;
  return HttpRequest{MethodOf(request.method()),
                     std::string(request.target().data(), request.target().size()),
                     request.keep_alive() && !AnnouncesBody(request)};
}

}  // namespace

std::optional<HttpIncoming> HttpRequestReader::Next() {
  DropEmptyLines();
  if (const size_t size = HeadSize(); size > 0) return Take(size);
  if (buffer_.size() > limits_.max_header_bytes) return TooLarge();
  scanned_ = buffer_.size();
  return std::nullopt;
}

// RFC 9112 section 2.2: some clients send an empty line too many.
void HttpRequestReader::DropEmptyLines() {
  buffer_.erase(0, std::min(buffer_.find_first_not_of("\r\n"), buffer_.size()));
}

// Up to and including the first empty line; 0: it has not arrived. Lines that end in LF alone are
// the parser's to refuse.
size_t HttpRequestReader::HeadSize() const {
  size_t at = scanned_ < 3 ? 0 : scanned_ - 3;
  while ((at = buffer_.find('\n', at)) != std::string::npos) {
    const std::string_view rest = std::string_view(buffer_).substr(++at);
    if (rest.starts_with("\n")) return at + 1;
    if (rest.starts_with("\r\n")) return at + 2;
  }
  return 0;
}

HttpIncoming HttpRequestReader::Take(size_t size) {
  if (size > limits_.max_header_bytes) return TooLarge();
  HttpIncoming incoming = ParseHead(std::string_view(buffer_).substr(0, size), limits_);
  buffer_.erase(0, size);
  scanned_ = 0;
  return incoming;
}

HttpIncoming HttpRequestReader::TooLarge() const {
  const size_t line = std::min(buffer_.find('\n'), buffer_.size());
  return line > limits_.max_target_bytes ? kTargetTooLong : kHeaderTooLarge;
}

}  // namespace whois
