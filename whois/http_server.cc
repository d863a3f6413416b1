#include "whois/http_server.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

// HTTP/1.1 (RFC 9112) as far as RDAP needs it. A request's head is collected whole by our own loop
// and then handed to Beast's parser at once; what Beast lets pass although RFC 9112 does not is
// refused here. No request has a body that means anything: one that announces a body is answered,
// and the connection is closed, so that the body is never taken for another request.
namespace whois {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

constexpr RdapError kMalformed{400, "Bad Request", "This is not a well-formed HTTP/1.1 request."};
constexpr RdapError kTargetTooLong{414, "URI Too Long", "The request target is too long."};
constexpr RdapError kHeaderTooLarge{431, "Request Header Fields Too Large",
                                    "The request header is too large."};
constexpr RdapError kTooManyConnections{429, "Too Many Requests",
                                        "There are too many connections from your address."};
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

// A well-formed request, what is wrong with it, or nothing: there is no request.
using Incoming = std::variant<std::monostate, HttpRequest, RdapError>;

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
Incoming ParseHead(std::string_view head, const HttpLimits& limits) {
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

// Collects requests from what arrives.
class RequestReader {
 public:
  RequestReader(Connection& connection, const HttpLimits& limits)
      : connection_(connection), limits_(limits) {}

  asio::awaitable<Incoming> Next() {
    for (size_t scanned = 0;;) {
      DropEmptyLines();
      if (const size_t size = HeadSize(scanned); size > 0) co_return Take(size);
      if (buffer_.size() > limits_.max_header_bytes) co_return TooLarge();
      scanned = buffer_.size();
      const auto received = co_await connection_.Read(buffer_, /*idle=*/buffer_.empty());
      if (received != Connection::Received::kData) co_return Incoming();
    }
  }

 private:
  // RFC 9112 section 2.2: some clients send an empty line too many.
  void DropEmptyLines() {
    buffer_.erase(0, std::min(buffer_.find_first_not_of("\r\n"), buffer_.size()));
  }

  // Up to and including the first empty line; 0: it has not arrived. Lines that end in LF alone are
  // the parser's to refuse. `scanned`: so much has been looked at before.
  size_t HeadSize(size_t scanned) const {
    size_t at = scanned < 3 ? 0 : scanned - 3;
    while ((at = buffer_.find('\n', at)) != std::string::npos) {
      const std::string_view rest = std::string_view(buffer_).substr(++at);
      if (rest.starts_with("\n")) return at + 1;
      if (rest.starts_with("\r\n")) return at + 2;
    }
    return 0;
  }

  Incoming Take(size_t size) {
    if (size > limits_.max_header_bytes) return TooLarge();
    Incoming incoming = ParseHead(std::string_view(buffer_).substr(0, size), limits_);
    buffer_.erase(0, size);
    return incoming;
  }

  Incoming TooLarge() const {
    const size_t line = std::min(buffer_.find('\n'), buffer_.size());
    return line > limits_.max_target_bytes ? kTargetTooLong : kHeaderTooLarge;
  }

  Connection& connection_;
  const HttpLimits& limits_;
  std::string buffer_;
};

asio::awaitable<bool> Send(Connection& connection, const HttpLimits& limits, std::string text) {
  connection.deadline().SetAfter(limits.idle_timeout);
  co_return co_await connection.Write(std::move(text));
}

asio::awaitable<void> RefuseAndClose(Connection& connection, const HttpLimits& limits,
                                     const RdapService& service, const RdapError& error) {
  HttpFraming framing;
  framing.date = service.Now();
  std::string text = FormatHttp(service.Refuse(error), framing);
  if (co_await Send(connection, limits, std::move(text))) co_await connection.Close();
}

}  // namespace

asio::awaitable<void> ServeHttp(TcpServer::Client client, const HttpLimits& limits,
                                const RdapService& service) {
  Connection& connection = client.connection;
  if (client.excessive) {
    co_return co_await RefuseAndClose(connection, limits, service, kTooManyConnections);
  }
  RequestReader reader(connection, limits);
  for (int requests = 1;; ++requests) {
    connection.deadline().SetAfter(limits.idle_timeout);
    Incoming incoming = co_await reader.Next();
    connection.deadline().Clear();
    if (std::holds_alternative<std::monostate>(incoming)) co_return;
    if (const RdapError* error = std::get_if<RdapError>(&incoming)) {
      co_return co_await RefuseAndClose(connection, limits, service, *error);
    }

    HttpRequest request = std::get<HttpRequest>(std::move(incoming));
    HttpFraming framing;
    framing.with_body = request.method != HttpMethod::kHead;
    const bool last = !request.keep_alive || requests >= limits.max_requests;
    const HttpResponse response = co_await service.Answer(std::move(request));
    framing.keep_alive = !last && !connection.stopping();
    framing.date = service.Now();
    std::string text = FormatHttp(response, framing);
    if (!co_await Send(connection, limits, std::move(text))) co_return;
    if (!framing.keep_alive) co_return co_await connection.Close();
  }
}

}  // namespace whois
