#pragma once

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "epp/clearinghouse.h"
#include "epp/config.h"
#include "epp/connection.h"
#include "epp/metrics.h"
#include "epp/session_limits.h"
#include "registry/base/clock.h"
#include "registry/base/mutex.h"
#include "registry/net/connection_limits.h"
#include "registry/net/io_threads.h"
#include "registry/net/listener.h"
#include "registry/net/metrics.h"
#include "registry/net/signals.h"
#include "registry/net/tls_context.h"
#include "registry/store/store.h"

namespace epp {

// The process: listeners, threads, connections, and the way they end.
class Server {
 public:
  // Reads the certificates, reaches the database, binds the ports. Nothing is accepted before Run.
  static absl::StatusOr<std::unique_ptr<Server>> Open(Config config);
  ~Server();

  // Serves until SIGTERM or SIGINT, then stops as Config::shutdown_grace says.
  void Run();

 private:
  explicit Server(Config config);
  absl::Status Prepare();
  absl::Status OpenStore();
  absl::Status OpenPorts();
  void WatchHealth();
  void LogStart() const;
  void OnAccepted(boost::asio::ip::tcp::socket socket);
  void OnEnded(Connection* connection);
  std::vector<std::shared_ptr<Connection>> OpenConnections();
  void Stop();
  void AfterGrace();
  void ForgetConnections();
  void Reload();

  // What connections use stands above threads_, which destroys those that are left.
  const Config config_;
  const ConnectionSettings settings_;
  registry::SystemClock clock_;
  registry::net::Metrics metrics_;
  EppMetrics epp_metrics_;
  registry::net::ConnectionLimits connection_limits_;
  SessionLimits session_limits_;
  std::unique_ptr<registry::net::TlsContexts> tls_;
  std::unique_ptr<ClearinghouseFiles> clearinghouse_;  // null without tmch_folder
  registry::Mutex mutex_;
  absl::flat_hash_map<Connection*, std::shared_ptr<Connection>> connections_
      ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;

  registry::net::IoThreads threads_;
  std::vector<std::shared_ptr<registry::net::Listener>> listeners_;
  std::unique_ptr<registry::net::Signals> signals_;
  std::unique_ptr<boost::asio::steady_timer> grace_;

  // Their threads end before threads_ does.
  std::unique_ptr<registry::store::Store> store_;
  std::unique_ptr<PasswordVerifier> passwords_;
  std::vector<std::unique_ptr<Submissions>> submissions_;  // of each of threads_
};

}  // namespace epp
