#include "whois/http_server.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace whois {
namespace {

namespace asio = boost::asio;

constexpr RdapError kTooManyConnections{429, "Too Many Requests",
                                        "There are too many connections from your address."};

// Nothing: there is no request.
asio::awaitable<std::optional<HttpIncoming>> NextRequest(Connection& connection,
                                                         HttpRequestReader& reader) {
  while (true) {
    if (std::optional<HttpIncoming> incoming = reader.Next()) co_return incoming;
    std::string& buffer = reader.buffer();
    const auto received = co_await connection.Read(buffer, /*idle=*/buffer.empty());
    if (received != Connection::Received::kData) co_return std::nullopt;
  }
}

// The response outlives the sending.
asio::awaitable<bool> Send(Connection& connection, const HttpLimits& limits,
                           const HttpResponse& response, const HttpFraming& framing) {
  connection.deadline().SetAfter(limits.idle_timeout);
  std::string head = FormatHttpHead(response, framing);
  co_return co_await connection.Write(std::move(head), ContentToSend(response, framing));
}

asio::awaitable<void> SendLast(Connection& connection, const HttpLimits& limits,
                               const HttpResponse& response, const HttpFraming& framing) {
  connection.deadline().SetAfter(limits.idle_timeout);
  std::string text = FormatHttpHead(response, framing);
  text += ContentToSend(response, framing);
  co_await connection.Finish(std::move(text));
}

asio::awaitable<void> RefuseAndClose(Connection& connection, const HttpLimits& limits,
                                     const HttpService& service, const RdapError& error) {
  HttpFraming framing;
  framing.date = service.Now();
  const HttpResponse response = service.Refuse(error);
  co_await SendLast(connection, limits, response, framing);
}

}  // namespace

asio::awaitable<void> ServeHttp(TcpServer::Client client, const HttpLimits& limits,
                                const HttpService& service) {
  Connection& connection = client.connection;
  if (client.excessive) {
    co_return co_await RefuseAndClose(connection, limits, service, kTooManyConnections);
  }
  HttpRequestReader reader(limits);
  for (int requests = 1;; ++requests) {
    connection.deadline().SetAfter(limits.idle_timeout);
    std::optional<HttpIncoming> incoming = co_await NextRequest(connection, reader);
    connection.deadline().Clear();
    if (!incoming) co_return;
    if (const RdapError* error = std::get_if<RdapError>(&*incoming)) {
      co_return co_await RefuseAndClose(connection, limits, service, *error);
    }

    HttpRequest request = std::get<HttpRequest>(*std::move(incoming));
    request.source = client.address;
    HttpFraming framing;
    framing.with_body = request.method != HttpMethod::kHead;
    const bool last = !request.keep_alive || requests >= limits.max_requests;
    const HttpResponse response = co_await service.Answer(std::move(request));
    framing.keep_alive = !last && !connection.stopping();
    framing.date = service.Now();
    if (!framing.keep_alive) {
      co_return co_await SendLast(connection, limits, response, framing);
    }
    if (!co_await Send(connection, limits, response, framing)) co_return;
  }
}

}  // namespace whois
