#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/base/clock.h"
#include "registry/net/io_threads.h"
#include "registry/net/metrics.h"
#include "registry/net/signals.h"
#include "registry/store/store.h"
#include "whois/answer_cache.h"
#include "whois/audit_log.h"
#include "whois/bootstrap_file.h"
#include "whois/change_follower.h"
#include "whois/config.h"
#include "whois/gate.h"
#include "whois/http_server.h"
#include "whois/lookups.h"
#include "whois/page_service.h"
#include "whois/query_limits.h"
#include "whois/query_metrics.h"
#include "whois/rdap_search.h"
#include "whois/rdap_service.h"
#include "whois/recent_changes.h"
#include "whois/searches.h"
#include "whois/tcp_server.h"
#include "whois/web_service.h"
#include "whois/whois_server.h"
#include "whois/whois_service.h"

namespace whois {

// The process: store, services, listeners, threads, and the way they end.
class Server {
 public:
  // Reaches the database and binds the ports. Nothing is accepted before Run.
  static absl::StatusOr<std::unique_ptr<Server>> Open(Config config);
  ~Server();

  // Serves until SIGTERM or SIGINT, then stops as Config::shutdown_grace says.
  void Run();

 private:
  explicit Server(Config config);
  absl::Status Prepare();
  absl::Status OpenStore();
  absl::Status OpenAuditLog();
  absl::Status OpenPorts();
  void MakeCaches();
  void MakeServices();
  absl::Status OpenTlsPorts();
  std::vector<TcpServer*> servers() const;
  int connections() const;
  void MakeSearches();
  void LogStart() const;
  void Reload();
  void Stop();
  void AwaitConnections(std::chrono::steady_clock::time_point until);

  // What connections use stands above threads_, which destroys those that are left.
  const Config config_;
  const HttpLimits http_limits_;
  registry::SystemClock clock_;
  registry::net::Metrics metrics_;
  QueryMetrics whois_metrics_;
  QueryMetrics rdap_metrics_;
  QueryMetrics page_metrics_;
  QueryLimits query_limits_;
  const WhoisLimits whois_limits_;
  std::unique_ptr<Lookups> lookups_;
  RecentChanges changes_;
  std::unique_ptr<AnswerCache> whois_cache_, rdap_cache_;  // null: nothing is kept
  std::unique_ptr<WhoisService> whois_;
  std::unique_ptr<RdapSearcher> searcher_;
  std::unique_ptr<RdapService> rdap_;
  std::unique_ptr<AuditLog> audit_;  // null: nobody is authorised
  std::unique_ptr<Gate> gate_;
  std::unique_ptr<BootstrapFile> bootstrap_;
  std::unique_ptr<PageService> page_;
  std::unique_ptr<WebService> web_;

  registry::net::IoThreads threads_;
  std::unique_ptr<TcpServer> whois_server_;
  std::unique_ptr<TcpServer> rdap_server_;
  std::unique_ptr<registry::net::TlsContexts> tls_;
  std::unique_ptr<TcpServer> rdap_tls_server_;  // null: there is none
  std::unique_ptr<registry::net::Signals> signals_;
  boost::asio::steady_timer grace_;

  // Their threads end before threads_ does.
  std::unique_ptr<registry::store::Store> store_;
  std::unique_ptr<Searches> searches_;
  std::unique_ptr<ChangeFollower> follower_;  // with the caches; its thread reads store_
};

}  // namespace whois
