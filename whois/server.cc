#include "whois/server.h"

#include <functional>
#include <string>
#include <utility>

#include "registry/base/log.h"
#include "registry/base/text.h"
#include "registry/net/await_callback.h"
#include "registry/net/server_command_line.h"

namespace whois {
namespace {

namespace net = registry::net;
using registry::Log;
using registry::LogLevel;

TcpServer::Settings SettingsOf(const Config& config, std::string protocol,
                               std::vector<net::Endpoint> listen) {
  return {std::move(protocol), std::move(listen), config.max_connections,
          config.max_connections_per_address};
}

QueryLimits::Settings QueryLimitsOf(const Config& config) {
  return {config.rate_limit,  config.rate_burst, config.token_rate_limit,
          config.search_cost, config.rate_table, config.unlimited};
}

}  // namespace

Server::Server(Config config)
    : config_(std::move(config)),
      http_limits_{static_cast<size_t>(config_.max_header), static_cast<size_t>(config_.max_target),
                   config_.max_requests, config_.idle_timeout},
      metrics_("postel-whois", net::Version()),
      whois_metrics_("whois", metrics_),
      rdap_metrics_("rdap", metrics_),
      page_metrics_("page", metrics_),
      query_limits_(QueryLimitsOf(config_), metrics_),
      whois_limits_{static_cast<size_t>(config_.max_query), config_.idle_timeout, &query_limits_},
      threads_(config_.io_threads),
      grace_(threads_.first()) {}

Server::~Server() { metrics_.Close(); }

absl::StatusOr<std::unique_ptr<Server>> Server::Open(Config config) {
  std::unique_ptr<Server> server(new Server(std::move(config)));
  if (absl::Status status = server->Prepare(); !status.ok()) return status;
  return server;
}

absl::Status Server::Prepare() {
  if (absl::Status status = OpenStore(); !status.ok()) return status;
  if (absl::Status status = OpenAuditLog(); !status.ok()) return status;
  if (config_.cache_size > 0) {
    if (registry::store::FeedWatch::NamesSeveralServers(config_.database)) {
      return absl::InvalidArgumentError(
          "answers cannot be kept (cache_size) where `database` names several servers: what is "
          "read "
          "from one of them may be older than what another has told");
    }
    MakeCaches();
  }
  MakeServices();
  return OpenPorts();
}

absl::Status Server::OpenStore() {
  registry::store::StoreOptions options;
  options.database = config_.database;
  options.application = "postel-whois";
  options.write_lanes = 0;  // look-ups only read, perhaps from a standby
  options.read_lanes = config_.read_lanes;
  options.max_group = config_.max_group;
  options.max_queue = config_.max_queue;
  options.command_timeout = config_.query_timeout;
  options.answering = [](const std::function<void()>& answer) {
    const net::CallTogether together;
    answer();
  };
  auto store = registry::store::Store::Open(std::move(options), &clock_);
  if (!store.ok()) return store.status();
  store_ = *std::move(store);
  return absl::OkStatus();
}

absl::Status Server::OpenAuditLog() {
  if (config_.audit_log.empty()) return absl::OkStatus();
  auto audit = AuditLog::Open(config_.audit_log, metrics_);
  if (!audit.ok()) return audit.status();
  audit_ = *std::move(audit);
  return absl::OkStatus();
}

void Server::MakeCaches() {
  const auto size = static_cast<size_t>(config_.cache_size);
  whois_cache_ = std::make_unique<AnswerCache>(size, config_.cache_max_age, changes_);
  rdap_cache_ = std::make_unique<AnswerCache>(size, config_.cache_max_age, changes_);
  ChangeFollower::Settings settings{config_.database, config_.cache_poll, config_.cache_max_lag};
  follower_ = std::make_unique<ChangeFollower>(std::move(settings), changes_,
                                               [this] { return store_->directory(); });
  const auto watch = [this](const AnswerCache* cache, const char* bytes, const char* answers) {
    metrics_.Watch(bytes, "Memory of the answers kept.",
                   [cache] { return static_cast<double>(cache->bytes()); });
    metrics_.Watch(answers, "Answers kept.",
                   [cache] { return static_cast<double>(cache->answers()); });
  };
  watch(whois_cache_.get(), "whois_cache_bytes", "whois_cache_answers");
  watch(rdap_cache_.get(), "rdap_cache_bytes", "rdap_cache_answers");
  metrics_.Watch("changes_age_seconds", "Since the change feed was last read.",
                 [this] { return absl::ToDoubleSeconds(follower_->since_last_look()); });
  metrics_.Watch("changes_known", "1 if all changes are known, so that the caches are used.",
                 [this] { return changes_.current() ? 1.0 : 0.0; });
  metrics_.Watch("replay_lag_seconds", "How far the standby that we read is behind its primary.",
                 [this] { return absl::ToDoubleSeconds(follower_->replay_lag()); });
}

void Server::MakeServices() {
  lookups_ = std::make_unique<StoreLookups>(*store_, threads_);
  WhoisService::Settings whois{config_.disclaimer, config_.query_timeout, config_.max_results};
  whois_ = std::make_unique<WhoisService>(std::move(whois), *lookups_, whois_metrics_,
                                          whois_cache_.get());
  RdapService::Settings rdap{config_.rdap_base_url, config_.terms_url, config_.whois_host,
                             config_.query_timeout};
  MakeSearches();
  rdap_ = std::make_unique<RdapService>(std::move(rdap), *lookups_, rdap_metrics_,
                                        rdap_cache_.get(), searcher_.get());
  gate_ = std::make_unique<Gate>(config_.trusted_proxies, query_limits_, audit_.get(), *lookups_);
  bootstrap_ = std::make_unique<BootstrapFile>(config_.rdap_base_url, *lookups_);
  PageService::Settings page{config_.rdap_base_url, config_.service_name, config_.terms_url,
                             config_.query_timeout, config_.max_results};
  page_ = std::make_unique<PageService>(std::move(page), *lookups_, page_metrics_);
  web_ = std::make_unique<WebService>(*rdap_, gate_.get(), bootstrap_.get(), page_.get());
}

void Server::MakeSearches() {
  registry::store::ObjectSearcher::Options options;
  options.database = config_.database;
  options.application = "postel-whois-search";
  options.lanes = config_.search_lanes;
  options.max_queue = config_.search_queue;
  options.timeout = config_.search_timeout;
  searches_ = std::make_unique<StoreSearches>(std::move(options));
  RdapSearcher::Settings searching;
  searching.page_size = config_.search_page;
  searching.max_candidates = config_.search_most;
  searching.max_related = config_.search_related;
  searching.min_prefix = config_.search_prefix;
  searching.max_searches = config_.search_lanes + config_.search_queue;
  searching.query_timeout = config_.query_timeout;
  searcher_ = std::make_unique<RdapSearcher>(searching, *lookups_, *searches_);
}

absl::Status Server::OpenPorts() {
  TcpServer::Settings for_whois = SettingsOf(config_, "whois", config_.whois_listen);
  for_whois.placement = net::Listener::Placement::kWhereAccepted;  // they stay for a moment
  auto whois = TcpServer::Open(threads_, std::move(for_whois), [this](TcpServer::Client client) {
    return ServeWhois(client, whois_limits_, *whois_);
  });
  if (!whois.ok()) return whois.status();
  whois_server_ = *std::move(whois);
  auto rdap = TcpServer::Open(
      threads_, SettingsOf(config_, "rdap", config_.rdap_listen),
      [this](TcpServer::Client client) { return ServeHttp(client, http_limits_, *web_); });
  if (!rdap.ok()) return rdap.status();
  rdap_server_ = *std::move(rdap);
  if (!config_.rdap_tls_listen.empty()) {
    if (absl::Status status = OpenTlsPorts(); !status.ok()) return status;
  }

  metrics_.Watch("database_up", "1 if the database answers, else 0.",
                 [this] { return store_->healthy() ? 1.0 : 0.0; });
  metrics_.Watch("whois_connections", "Open connections of WHOIS.",
                 [this] { return static_cast<double>(whois_server_->connections()); });
  metrics_.Watch("rdap_connections", "Open connections of RDAP.",
                 [this] { return static_cast<double>(rdap_server_->connections()); });
  return metrics_.Expose(config_.metrics_listen);
}

void Server::Run() {
  signals_ = std::make_unique<net::Signals>(
      threads_.first(), [this] { Stop(); }, [this] { Reload(); });
  for (TcpServer* server : servers()) server->Start();
  LogStart();
  threads_.Run();
  metrics_.Close();
  follower_.reset();
  searches_.reset();
  store_.reset();
  lookups_.reset();  // what was gathered last holds timers of the threads
  Log(LogLevel::kInfo, "whois.stopped");
}

absl::Status Server::OpenTlsPorts() {
  auto tls = net::TlsContexts::Load(
      {config_.tls_certificate, config_.tls_key, /*client_ca=*/{}, /*resumption=*/true});
  if (!tls.ok()) return tls.status();
  tls_ = *std::move(tls);
  TcpServer::Settings settings = SettingsOf(config_, "rdap_tls", config_.rdap_tls_listen);
  settings.tls = tls_.get();
  settings.handshake_timeout = config_.idle_timeout;
  auto server = TcpServer::Open(threads_, std::move(settings), [this](TcpServer::Client client) {
    return ServeHttp(std::move(client), http_limits_, *web_);
  });
  if (!server.ok()) return server.status();
  rdap_tls_server_ = *std::move(server);
  metrics_.Watch("rdap_tls_connections", "Open connections of RDAP with TLS.",
                 [this] { return static_cast<double>(rdap_tls_server_->connections()); });
  return absl::OkStatus();
}

std::vector<TcpServer*> Server::servers() const {
  std::vector<TcpServer*> all = {whois_server_.get(), rdap_server_.get()};
  if (rdap_tls_server_ != nullptr) all.push_back(rdap_tls_server_.get());
  return all;
}

int Server::connections() const {
  int count = 0;
  for (const TcpServer* server : servers()) count += server->connections();
  return count;
}

void Server::LogStart() const {
  for (const TcpServer* server : servers()) {
    for (const net::Endpoint& endpoint : server->endpoints()) {
      Log(LogLevel::kInfo, "whois.started",
          {{"protocol", server->protocol()},
           {"listen", net::FormatEndpoint(endpoint)},
           {"metrics_port", metrics_.port()},
           {"version", net::Version()}});
    }
  }
}

void Server::Reload() {
  if (audit_ != nullptr) audit_->Reopen();
  if (tls_ == nullptr) return;
  if (absl::Status status = tls_->Reload(); !status.ok()) {
    Log(LogLevel::kError, "whois.reload_failed", {{"error", std::string(status.message())}});
  } else {
    Log(LogLevel::kInfo, "whois.reloaded");
  }
}

void Server::Stop() {
  Log(LogLevel::kInfo, "whois.stopping", {{"connections", connections()}});
  for (TcpServer* server : servers()) server->Stop();
  AwaitConnections(std::chrono::steady_clock::now() +
                   absl::ToChronoNanoseconds(config_.shutdown_grace));
}

// Looks every few milliseconds: a stop is rare, and nobody else needs to know of the last one.
void Server::AwaitConnections(std::chrono::steady_clock::time_point until) {
  const int left = connections();
  if (left == 0) return threads_.Stop();
  if (std::chrono::steady_clock::now() >= until) {
    Log(LogLevel::kWarning, "whois.stop_forced", {{"connections", left}});
    return threads_.Stop();
  }
  grace_.expires_after(std::chrono::milliseconds(10));
  grace_.async_wait([this, until](boost::system::error_code error) {
    if (!error) AwaitConnections(until);
  });
}

}  // namespace whois
