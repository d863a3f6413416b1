#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/base/mutex.h"
#include "registry/net/connection_limits.h"
#include "registry/net/endpoint.h"
#include "registry/net/io_threads.h"
#include "registry/net/listener.h"
#include "registry/net/tls_context.h"
#include "whois/connection.h"

namespace whois {

// Accepts the connections of one protocol and runs a coroutine for each. To be destroyed when
// nobody runs the threads any more, and before them.
class TcpServer {
 public:
  struct Settings {
    std::string protocol;  // for logs
    std::vector<registry::net::Endpoint> listen;
    int max_connections = 1;
    int max_connections_per_address = 1;
    const registry::net::TlsContexts* tls = nullptr;  // outlives this; null: without TLS
    absl::Duration handshake_timeout = absl::Seconds(10);
    registry::net::Listener::Placement placement = registry::net::Listener::Placement::kInTurn;
  };
  // What listens must not outlive the thread that it listens on.
  ~TcpServer();

  struct Client {
    Connection& connection;  // lives as long as the coroutine
    std::string address;     // of its end, as a number
    bool excessive = false;  // its address holds too many connections: say so and close
  };
  using Serve = std::function<boost::asio::awaitable<void>(Client)>;

  // Binds at once; accepts after Start.
  static absl::StatusOr<std::unique_ptr<TcpServer>> Open(registry::net::IoThreads& threads,
                                                         Settings settings, Serve serve);
  void Start();
  // Accepts no more; idle connections are closed, others finish what they answer. From any thread.
  void Stop();

  std::vector<registry::net::Endpoint> endpoints() const;
  int connections() const { return limits_->count(); }
  const std::string& protocol() const { return settings_.protocol; }

 private:
  TcpServer(Settings settings, Serve serve);
  void Accept(boost::asio::ip::tcp::socket socket);
  void Run(std::shared_ptr<Connection> connection, std::string address,
           registry::net::ConnectionLimits::Place place);
  boost::asio::awaitable<void> ServeSecurely(Client client);
  // False: we stop.
  bool Add(const std::shared_ptr<Connection>& connection);
  void Remove(const std::shared_ptr<Connection>& connection);

  const Settings settings_;
  const Serve serve_;
  const std::shared_ptr<registry::net::ConnectionLimits> limits_;  // outlives the places in it
  std::vector<std::shared_ptr<registry::net::Listener>> listeners_;
  registry::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::flat_hash_set<std::shared_ptr<Connection>> connections_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace whois
