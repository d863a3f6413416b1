#include "whois/tcp_server.h"

#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <utility>

#include "registry/base/log.h"

namespace whois {

namespace asio = boost::asio;
namespace net = registry::net;

namespace {

constexpr int kBacklog = 1024;

// What a connection's coroutine keeps alive, destroyed from the last to the first.
struct Held {
  Held(std::shared_ptr<net::ConnectionLimits> its_limits, net::ConnectionLimits::Place its_place,
       std::shared_ptr<Connection> its_connection)
      : limits(std::move(its_limits)),
        place(std::move(its_place)),
        connection(std::move(its_connection)) {}
  std::shared_ptr<net::ConnectionLimits> limits;
  net::ConnectionLimits::Place place;
  std::shared_ptr<Connection> connection;
};

void LogException(const std::string& protocol, const std::exception_ptr& exception) {
  std::string text = "unknown exception";
  try {
    std::rethrow_exception(exception);
  } catch (const std::exception& error) {
    text = error.what();
  } catch (...) {  // not one of the standard library's
  }
  registry::Log(registry::LogLevel::kError, "whois.connection_failed",
                {{"protocol", protocol}, {"error", text}});
}

}  // namespace

TcpServer::TcpServer(Settings settings, Serve serve)
    : settings_(std::move(settings)),
      serve_(std::move(serve)),
      limits_(std::make_shared<net::ConnectionLimits>(settings_.max_connections,
                                                      settings_.max_connections_per_address)) {}

TcpServer::~TcpServer() {
  for (const auto& listener : listeners_) listener->CloseNow();
}

absl::StatusOr<std::unique_ptr<TcpServer>> TcpServer::Open(net::IoThreads& threads,
                                                           Settings settings, Serve serve) {
  std::unique_ptr<TcpServer> server(new TcpServer(std::move(settings), std::move(serve)));
  for (const net::Endpoint& endpoint : server->settings_.listen) {
    auto listener = net::Listener::Open(threads, endpoint, kBacklog, server->settings_.placement);
    if (!listener.ok()) return listener.status();
    server->listeners_.push_back(*std::move(listener));
  }
  return server;
}

void TcpServer::Start() {
  for (const auto& listener : listeners_) {
    listener->Start([this](asio::ip::tcp::socket socket) { Accept(std::move(socket)); });
  }
}

void TcpServer::Accept(asio::ip::tcp::socket socket) {
  boost::system::error_code error;
  const auto peer = socket.remote_endpoint(error);
  if (error) return;  // gone already
  std::string address = peer.address().to_string();
  std::optional<net::ConnectionLimits::Place> place = limits_->Enter(address);
  if (!place) return;  // full: the socket closes
  auto connection = settings_.tls == nullptr ? std::make_shared<Connection>(std::move(socket))
                                             : std::make_shared<Connection>(
                                                   std::move(socket), *settings_.tls->current());
  if (Add(connection)) Run(std::move(connection), std::move(address), *std::move(place));
}

void TcpServer::Run(std::shared_ptr<Connection> connection, std::string address,
                    net::ConnectionLimits::Place place) {
  const Client client{*connection, std::move(address), place.excessive()};
  auto held = std::make_unique<Held>(limits_, std::move(place), connection);
  asio::co_spawn(connection->executor(),
                 settings_.tls == nullptr ? serve_(client) : ServeSecurely(client),
                 [this, held = std::move(held)](const std::exception_ptr& exception) {
                   if (exception) LogException(settings_.protocol, exception);
                   Remove(held->connection);
                 });
}

asio::awaitable<void> TcpServer::ServeSecurely(Client client) {
  const bool understood = co_await client.connection.Handshake(settings_.handshake_timeout);
  if (!understood) co_return;
  // Named first: GCC 12 traps where the call stands behind co_await.
  asio::awaitable<void> serving = serve_(std::move(client));
  co_await std::move(serving);
}

bool TcpServer::Add(const std::shared_ptr<Connection>& connection) {
  const registry::MutexLock lock(mutex_);
  if (stopping_) return false;
  connections_.insert(connection);
  return true;
}

void TcpServer::Remove(const std::shared_ptr<Connection>& connection) {
  const registry::MutexLock lock(mutex_);
  connections_.erase(connection);
}

void TcpServer::Stop() {
  for (const auto& listener : listeners_) listener->Close();
  const registry::MutexLock lock(mutex_);
  stopping_ = true;
  for (const std::shared_ptr<Connection>& connection : connections_) connection->Stop();
}

std::vector<net::Endpoint> TcpServer::endpoints() const {
  std::vector<net::Endpoint> endpoints;
  for (const auto& listener : listeners_) endpoints.push_back(listener->endpoint());
  return endpoints;
}

}  // namespace whois
