#include "whois/server.h"

#include <string>
#include <utility>

#include "registry/base/log.h"
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

}  // namespace

Server::Server(Config config)
    : config_(std::move(config)),
      whois_limits_{static_cast<size_t>(config_.max_query), config_.idle_timeout},
      http_limits_{static_cast<size_t>(config_.max_header), static_cast<size_t>(config_.max_target),
                   config_.max_requests, config_.idle_timeout},
      metrics_("postel-whois", net::Version()),
      whois_metrics_("whois", metrics_),
      rdap_metrics_("rdap", metrics_),
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
  MakeServices();
  return OpenPorts();
}

absl::Status Server::OpenStore() {
  registry::store::StoreOptions options;
  options.database = config_.database;
  options.application = "postel-whois";
  options.write_lanes = 1;  // never used: look-ups only read
  options.read_lanes = config_.read_lanes;
  options.max_group = config_.max_group;
  options.max_queue = config_.max_queue;
  options.command_timeout = config_.query_timeout;
  auto store = registry::store::Store::Open(std::move(options), &clock_);
  if (!store.ok()) return store.status();
  store_ = *std::move(store);
  return absl::OkStatus();
}

void Server::MakeServices() {
  lookups_ = std::make_unique<StoreLookups>(*store_);
  WhoisService::Settings whois{config_.disclaimer, config_.query_timeout, config_.max_results};
  whois_ = std::make_unique<WhoisService>(std::move(whois), *lookups_, whois_metrics_);
  RdapService::Settings rdap{config_.rdap_base_url, config_.terms_url, config_.whois_host,
                             config_.query_timeout};
  MakeSearches();
  rdap_ = std::make_unique<RdapService>(std::move(rdap), *lookups_, rdap_metrics_, searcher_.get());
  web_ = std::make_unique<WebService>(*rdap_);
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
  auto whois = TcpServer::Open(
      threads_, SettingsOf(config_, "whois", config_.whois_listen),
      [this](TcpServer::Client client) { return ServeWhois(client, whois_limits_, *whois_); });
  if (!whois.ok()) return whois.status();
  whois_server_ = *std::move(whois);
  auto rdap = TcpServer::Open(
      threads_, SettingsOf(config_, "rdap", config_.rdap_listen),
      [this](TcpServer::Client client) { return ServeHttp(client, http_limits_, *web_); });
  if (!rdap.ok()) return rdap.status();
  rdap_server_ = *std::move(rdap);

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
      threads_.first(), [this] { Stop(); }, [] {});
  whois_server_->Start();
  rdap_server_->Start();
  LogStart();
  threads_.Run();
  metrics_.Close();
  searches_.reset();
  store_.reset();
  Log(LogLevel::kInfo, "whois.stopped");
}

void Server::LogStart() const {
  for (const TcpServer* server : {whois_server_.get(), rdap_server_.get()}) {
    for (const net::Endpoint& endpoint : server->endpoints()) {
      Log(LogLevel::kInfo, "whois.started",
          {{"protocol", server == whois_server_.get() ? "whois" : "rdap"},
           {"listen", net::FormatEndpoint(endpoint)},
           {"metrics_port", metrics_.port()},
           {"version", net::Version()}});
    }
  }
}

void Server::Stop() {
  Log(LogLevel::kInfo, "whois.stopping",
      {{"connections", whois_server_->connections() + rdap_server_->connections()}});
  whois_server_->Stop();
  rdap_server_->Stop();
  AwaitConnections(std::chrono::steady_clock::now() +
                   absl::ToChronoNanoseconds(config_.shutdown_grace));
}

// Looks every few milliseconds: a stop is rare, and nobody else needs to know of the last one.
void Server::AwaitConnections(std::chrono::steady_clock::time_point until) {
  const int left = whois_server_->connections() + rdap_server_->connections();
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
