#include "whois/whois_server.h"

#include <optional>
#include <string>
#include <utility>

namespace whois {
namespace {

namespace asio = boost::asio;

struct QueryLine {
  bool too_long = false;
  std::string text;  // without its end
};

QueryLine Finished(std::string text, size_t max_bytes) {
  if (text.ends_with('\r')) text.pop_back();
  const bool too_long = text.size() > max_bytes;
  return {too_long, std::move(text)};
}

// None: the client went away or sent no line in time. The end of the client's data ends a line too.
asio::awaitable<std::optional<QueryLine>> ReadLine(Connection& connection, size_t max_bytes) {
  std::string buffer;
  while (true) {
    const size_t looked_at = buffer.size();
    const Connection::Received received = co_await connection.Read(buffer, /*idle=*/true);
    if (received == Connection::Received::kGone) co_return std::nullopt;
    if (received == Connection::Received::kEnd && buffer.empty()) co_return std::nullopt;
    const size_t end = buffer.find('\n', looked_at);
    if (end != std::string::npos) buffer.resize(end);
    if (end != std::string::npos || received == Connection::Received::kEnd ||
        buffer.size() > max_bytes + 1) {  // one for a CR
      co_return Finished(std::move(buffer), max_bytes);
    }
  }
}

bool AsksTooOften(const TcpServer::Client& client, const WhoisLimits& limits) {
  if (limits.queries == nullptr) return false;
  const ClientAddress address = ParseClientAddress(client.address).value_or(ClientAddress{});
  return limits.queries->Take(address, QueryLimits::Kind::kLookup, QueryLimits::Protocol::kWhois) >
         absl::ZeroDuration();
}

asio::awaitable<std::optional<std::string>> AnswerTo(TcpServer::Client client,
                                                     const WhoisLimits& limits,
                                                     const WhoisService& service) {
  if (client.excessive) {
    co_return service.Refuse("Too many connections from your address; please try again later.");
  }
  client.connection.deadline().SetAfter(limits.idle_timeout);
  std::optional<QueryLine> line = co_await ReadLine(client.connection, limits.max_query_bytes);
  client.connection.deadline().Clear();
  if (!line) co_return std::nullopt;
  if (AsksTooOften(client, limits)) {
    co_return service.Refuse(
        "There are too many queries from your address; please try again later.");
  }
  if (line->too_long) co_return service.Refuse("The query is too long.");
  co_return co_await service.Answer(std::move(line->text));
}

}  // namespace

asio::awaitable<void> ServeWhois(TcpServer::Client client, const WhoisLimits& limits,
                                 const WhoisService& service) {
  std::optional<std::string> answer = co_await AnswerTo(client, limits, service);
  if (!answer) co_return;
  client.connection.deadline().SetAfter(limits.idle_timeout);
  co_await client.connection.Finish(*std::move(answer));
}

}  // namespace whois
