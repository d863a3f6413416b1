// What a client of RDAP sends. However the network cuts it, the same requests come out; each is
// within the limits, and its target is one word of visible ASCII or UTF-8.
#include <algorithm>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "tests/fuzz/target.h"
#include "whois/http_request_reader.h"
#include "whois/rdap_request.h"

namespace fuzz {
namespace {

using whois::HttpIncoming;
using whois::HttpRequest;

constexpr whois::HttpLimits kLimits{/*max_header_bytes=*/1024, /*max_target_bytes=*/256};

std::string Described(const HttpIncoming& incoming) {
  if (const auto* error = std::get_if<whois::RdapError>(&incoming)) {
    POSTEL_CHECK(error->status >= 400 && error->status <= 505);
    return registry::Concat(error->status);
  }
  const HttpRequest& request = std::get<HttpRequest>(incoming);
  POSTEL_CHECK(!request.target.empty() && request.target.size() <= kLimits.max_target_bytes);
  POSTEL_CHECK(std::ranges::none_of(request.target,
                                    [](char c) { return (c >= 0 && c <= ' ') || c == '\x7F'; }));
  whois::ParseRdapTarget(request.target, "");
  return registry::Concat(static_cast<int>(request.method),
                          request.keep_alive ? " keeps " : " ends ", request.target);
}

// One line for each request, until one of them ends the connection.
std::string Read(std::string_view bytes, size_t at_a_time) {
  whois::HttpRequestReader reader(kLimits);
  std::string said;
  while (true) {
    while (const std::optional<HttpIncoming> incoming = reader.Next()) {
      said += Described(*incoming) + "\n";
      const HttpRequest* request = std::get_if<HttpRequest>(&*incoming);
      if (request == nullptr || !request->keep_alive) return said;
    }
    POSTEL_CHECK(reader.buffer().size() <= kLimits.max_header_bytes);
    if (bytes.empty()) return said;
    reader.buffer() += bytes.substr(0, at_a_time);
    bytes.remove_prefix(std::min(at_a_time, bytes.size()));
  }
}

}  // namespace

std::vector<std::string> Seeds() {
  const std::string get = "GET /domain/example.org HTTP/1.1\r\nHost: rdap.example\r\n\r\n";
  return {get,
          get + "\r\n" + get,
          "HEAD /help HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
          "GET /help HTTP/1.0\r\n\r\n",
          "POST /help HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello" + get,
          "GET /help HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "GET /help HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nAccept: */*\r\n\r\n",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
          "GET http://rdap.example/help HTTP/1.1\r\nHost: x\r\nX: " + std::string(900, 'y') +
              "\r\n\r\n",
          "GET /" + std::string(300, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /help HTTP/1.1\nHost: x\n\n"};
}

bool Check(std::string_view input) {
  // Fewer bytes at a time than a request has: more could hold a request and too much behind it.
  const std::string said = Read(input, 200);
  for (size_t at_a_time : {size_t{1}, size_t{7}}) POSTEL_CHECK(Read(input, at_a_time) == said);
  return said.find('/') != std::string::npos;
}

}  // namespace fuzz
