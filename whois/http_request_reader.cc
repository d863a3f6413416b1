#include "whois/http_request_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <utility>

#include "registry/base/text.h"

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

// What of a request's head matters here, without keeping the rest.
class HeadParser final : public http::basic_parser<true> {
 public:
  HttpRequest request;
  std::string host, content_length;
  int version = 0;  // 10 or 11
  int hosts = 0, lengths = 0, codings = 0;

 private:
  using View = boost::beast::string_view;
  using Error = boost::system::error_code;

  void on_request_impl(http::verb verb, View /*method*/, View target, int its_version,
                       Error& /*error*/) override {
    version = its_version;
    request.method = MethodOf(verb);
    request.target.assign(target.data(), target.size());
  }
  void on_response_impl(int /*status*/, View /*reason*/, int /*version*/,
                        Error& /*error*/) override {}
  void on_field_impl(http::field field, View name, View value, Error& /*error*/) override {
    switch (field) {
      case http::field::host:
        ++hosts;
        host.assign(value.data(), value.size());
        return;
      case http::field::content_length:
        ++lengths;
        content_length.assign(value.data(), value.size());
        return;
      case http::field::transfer_encoding:
        ++codings;
        return;
      case http::field::accept:
        return Join(value, request.accept);
      case http::field::accept_encoding:
        return Join(value, request.accept_encoding);
      case http::field::authorization:
        return Join(value, request.authorization);
      case http::field::if_none_match:
        return Join(value, request.if_none_match);
      case http::field::unknown:
        if (boost::beast::iequals(name, "X-Forwarded-For")) Join(value, request.forwarded_for);
        return;
      default:
        return;
    }
  }
  void on_header_impl(Error& /*error*/) override {}
  void on_body_init_impl(boost::optional<std::uint64_t> const& /*length*/,
                         Error& /*error*/) override {}
  std::size_t on_body_impl(View body, Error& /*error*/) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t /*size*/, View /*extensions*/,
                            Error& /*error*/) override {}
  std::size_t on_chunk_body_impl(std::uint64_t /*left*/, View body, Error& /*error*/) override {
    return body.size();
  }
  void on_finish_impl(Error& /*error*/) override {}

  static void Join(View value, std::string& list) {
    if (!list.empty()) list += ", ";
    list.append(value.data(), value.size());
  }
  static HttpMethod MethodOf(http::verb verb) {
    switch (verb) {
      case http::verb::get:
        return HttpMethod::kGet;
      case http::verb::head:
        return HttpMethod::kHead;
      case http::verb::options:
        return HttpMethod::kOptions;
      case http::verb::unknown:
        return HttpMethod::kUnknown;
      default:
        return HttpMethod::kOther;
    }
  }
};

bool HostIsRight(const HeadParser& head) {
  if (head.hosts > 1 || (head.hosts == 0 && head.version >= 11)) return false;
  return head.host.find_first_of(" \t,/@\\") == std::string::npos;
}

// Lengths that two readers might understand differently are how requests are smuggled.
bool FramingIsRight(const HeadParser& head, bool chunked) {
  if (head.lengths > 1 || (head.lengths > 0 && head.codings > 0)) return false;
  if (head.codings > 0 && !chunked) return false;
  return head.lengths == 0 ||
         (!head.content_length.empty() &&
          head.content_length.find_first_not_of("0123456789") == std::string::npos);
}

bool AnnouncesBody(const HeadParser& head) {
  return head.codings > 0 || head.content_length.find_first_not_of('0') != std::string::npos;
}

// RFC 9112 section 5.2: a field's value that goes on in the next line may be refused.
bool HasFoldedLine(std::string_view head) {
  return head.find("\r\n ") != head.npos || head.find("\r\n\t") != head.npos;
}

// `head` is everything up to and including the empty line.
HttpIncoming ParseHead(std::string_view head, const HttpLimits& limits) {
  HeadParser parser;
  parser.header_limit(static_cast<std::uint32_t>(head.size() + 1));
  boost::system::error_code error;
  parser.put(asio::buffer(head.data(), head.size()), error);
  // Beast says bad_version also of request lines that name no version of HTTP at all.
  if (error == http::error::bad_version) return NamesAVersion(head) ? kOtherVersion : kMalformed;
  if (error || !parser.is_header_done() || HasFoldedLine(head)) return kMalformed;

  if (parser.request.target.size() > limits.max_target_bytes) return kTargetTooLong;
  // What the parser knows of keeping alive holds for messages with a body too.
  const bool keep_alive = parser.keep_alive() && !AnnouncesBody(parser);
  if (!HostIsRight(parser) || !FramingIsRight(parser, parser.chunked())) {
    return kMalformed;
  }
  parser.request.keep_alive = keep_alive;
  return std::move(parser.request);
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
