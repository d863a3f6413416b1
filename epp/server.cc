#include "epp/server.h"

#include <chrono>
#include <string>
#include <utility>

#include "registry/base/log.h"
#include "registry/net/await_callback.h"
#include "registry/net/server_command_line.h"

namespace epp {
namespace {

using boost::asio::ip::tcp;
using registry::Log;
using registry::LogLevel;

ConnectionSettings SettingsOf(const Config& config) {
  ConnectionSettings settings;
  settings.session.server_id = config.server_id;
  settings.session.launch = !config.tmch.folder.empty();
  settings.session.idle_timeout = config.idle_timeout;
  settings.session.login_timeout = config.login_timeout;
  settings.session.session_lifetime = config.session_lifetime;
  settings.session.login_failures = config.login_failures;
  settings.dispatch.names_per_check = config.max_names_per_check;
  const auto longest_password = static_cast<size_t>(config.longest_password);
  settings.dispatch.longest_password = longest_password;
  settings.login_security = {config.password_warning, config.certificate_warning,
                             config.failed_login_window, longest_password};
  settings.dispatch.signed_mark_bytes = static_cast<size_t>(config.max_signed_mark);
  settings.max_frame = static_cast<size_t>(config.max_frame);
  settings.handshake_timeout = config.handshake_timeout;
  settings.write_timeout = config.write_timeout;
  settings.close_timeout = config.close_timeout;
  return settings;
}

}  // namespace

Server::Server(Config config)
    : config_(std::move(config)),
      settings_(SettingsOf(config_)),
      metrics_("postel-epp", registry::net::Version()),
      epp_metrics_(metrics_),
      connection_limits_(config_.max_connections, config_.max_connections_per_address),
      session_limits_(config_.max_sessions, config_.max_sessions_per_registrar),
      threads_(config_.io_threads) {}

Server::~Server() { metrics_.Close(); }

absl::StatusOr<std::unique_ptr<Server>> Server::Open(Config config) {
  std::unique_ptr<Server> server(new Server(std::move(config)));
  if (absl::Status status = server->Prepare(); !status.ok()) return status;
  return server;
}

absl::Status Server::Prepare() {
  auto tls = registry::net::TlsContexts::Load(
      {config_.certificate, config_.certificate_key, config_.client_ca});
  if (!tls.ok()) return tls.status();
  tls_ = *std::move(tls);
  if (!config_.tmch.folder.empty()) {
    auto files = ClearinghouseFiles::Open(config_.tmch);
    if (!files.ok()) return files.status();
    clearinghouse_ = *std::move(files);
  }
  if (absl::Status status = OpenStore(); !status.ok()) return status;
  WatchHealth();
  return OpenPorts();
}

absl::Status Server::OpenStore() {
  registry::store::StoreOptions options;
  options.database = config_.database;
  options.application = "postel-epp";
  options.write_lanes = config_.write_lanes;
  options.read_lanes = config_.read_lanes;
  options.max_group = config_.max_group;
  options.fair_share = config_.fair_share;
  options.max_queue = config_.max_queue;
  options.command_timeout = config_.command_timeout;
  options.answering = [](const std::function<void()>& answer) {
    const registry::net::CallTogether together;
    answer();
  };
  auto store = registry::store::Store::Open(std::move(options), &clock_);
  if (!store.ok()) return store.status();
  store_ = *std::move(store);
  for (size_t i = 0; i < threads_.size(); ++i) {
    submissions_.push_back(std::make_unique<Submissions>(
        threads_.at(i).get_executor(),
        [this](std::vector<std::unique_ptr<registry::store::Job>> jobs) {
          store_->SubmitAll(std::move(jobs));
        }));
  }
  passwords_ = std::make_unique<PasswordVerifier>(config_.password_threads);
  return absl::OkStatus();
}

absl::Status Server::OpenPorts() {
  for (const registry::net::Endpoint& endpoint : config_.listen) {
    auto listener = registry::net::Listener::Open(threads_, endpoint, config_.backlog);
    if (!listener.ok()) return listener.status();
    listeners_.push_back(*std::move(listener));
  }
  return metrics_.Expose(config_.metrics_listen);
}

void Server::WatchHealth() {
  metrics_.Watch("epp_database_reachable", "1 if the database answers, else 0.",
                 [this] { return store_->healthy() ? 1.0 : 0.0; });
  metrics_.Watch("epp_queue_full", "1 if sessions wait since too many commands are queued.",
                 [this] { return store_->full() ? 1.0 : 0.0; });
  if (clearinghouse_ != nullptr) {
    metrics_.Watch("epp_tmch_files_stale", "1 if the files of the clearinghouse cannot be read.",
                   [this] { return clearinghouse_->stale() ? 1.0 : 0.0; });
    metrics_.Watch("epp_tmch_claims_created_seconds", "When the list of claims was made.", [this] {
      return static_cast<double>(absl::ToUnixSeconds(clearinghouse_->current()->claims.created()));
    });
  }
  using registry::store::StoreStatistics;
  const auto count = [this](std::string_view name, std::string_view help,
                            int64_t StoreStatistics::*member) {
    metrics_.WatchCounter(
        name, help, [this, member] { return static_cast<double>(store_->statistics().*member); });
  };
  count("epp_store_commands_total", "Commands that the store has answered.",
        &StoreStatistics::commands);
  count("epp_store_groups_total", "Groups of commands that it has answered.",
        &StoreStatistics::groups);
  count("epp_store_round_trips_total", "Round trips to the database for these.",
        &StoreStatistics::round_trips);
  count("epp_store_conflicts_total", "Groups run again since another process was in the way.",
        &StoreStatistics::conflicts);
  count("epp_store_failures_total", "Commands that were answered 2400.",
        &StoreStatistics::failures);
  count("epp_store_reconnects_total", "Connections to the database that were lost and made again.",
        &StoreStatistics::reconnects);
}

void Server::Run() {
  signals_ = std::make_unique<registry::net::Signals>(
      threads_.first(), [this] { Stop(); }, [this] { Reload(); });
  for (const auto& listener : listeners_) {
    listener->Start([this](tcp::socket socket) { OnAccepted(std::move(socket)); });
  }
  LogStart();
  threads_.Run();
  ForgetConnections();
  metrics_.Close();
  submissions_.clear();
  passwords_.reset();
  store_.reset();
  Log(LogLevel::kInfo, "epp.stopped");
}

void Server::LogStart() const {
  for (const auto& listener : listeners_) {
    Log(LogLevel::kInfo, "epp.started",
        {{"listen", registry::net::FormatEndpoint(listener->endpoint())},
         {"metrics_port", metrics_.port()},
         {"version", registry::net::Version()}});
  }
}

void Server::OnAccepted(tcp::socket socket) {
  boost::system::error_code error;
  const tcp::endpoint remote = socket.remote_endpoint(error);
  if (error) return;  // it is gone already
  const std::string address = remote.address().to_string();
  std::string peer = registry::net::FormatEndpoint({address, remote.port()});
  auto place = connection_limits_.Enter(address);
  if (!place) {
    epp_metrics_.connections_refused.Increment();
    Log(LogLevel::kWarning, "epp.connection_refused", {{"peer", peer}});
    return;
  }
  socket.set_option(tcp::no_delay(true), error);
  socket.set_option(tcp::socket::keep_alive(true), error);
  Submissions& submissions = *submissions_[threads_.IndexOf(socket.get_executor())];
  auto connection = std::make_shared<Connection>(
      std::move(socket), *tls_->current(), std::move(peer), *std::move(place),
      ConnectionServices{settings_, *store_, submissions, *passwords_, session_limits_,
                         epp_metrics_, clearinghouse_.get()});
  {
    const registry::MutexLock lock(mutex_);
    if (stopping_) return;
    connections_.emplace(connection.get(), connection);
  }
  epp_metrics_.connections_accepted.Increment();
  epp_metrics_.connections.Increment();
  connection->Start([this](Connection* ended) { OnEnded(ended); });
}

void Server::OnEnded(Connection* connection) {
  epp_metrics_.connections.Decrement();
  std::shared_ptr<Connection> last_owner;
  const registry::MutexLock lock(mutex_);
  auto it = connections_.find(connection);
  if (it == connections_.end()) return;
  last_owner = std::move(it->second);
  connections_.erase(it);
  if (stopping_ && connections_.empty()) threads_.Stop();
}

std::vector<std::shared_ptr<Connection>> Server::OpenConnections() {
  std::vector<std::shared_ptr<Connection>> open;
  const registry::MutexLock lock(mutex_);
  for (const auto& [key, connection] : connections_) open.push_back(connection);
  return open;
}

void Server::Stop() {
  {
    const registry::MutexLock lock(mutex_);
    stopping_ = true;
  }
  const auto open = OpenConnections();
  Log(LogLevel::kInfo, "epp.stopping", {{"connections", open.size()}});
  for (const auto& listener : listeners_) listener->Close();
  for (const auto& connection : open) connection->Stop();
  if (open.empty()) return threads_.Stop();
  grace_ = std::make_unique<boost::asio::steady_timer>(
      threads_.first(), absl::ToChronoNanoseconds(config_.shutdown_grace));
  grace_->async_wait([this](boost::system::error_code error) {
    if (!error) AfterGrace();
  });
}

void Server::AfterGrace() {
  const auto open = OpenConnections();
  Log(LogLevel::kWarning, "epp.stop_forced", {{"connections", open.size()}});
  for (const auto& connection : open) connection->Abort();
  grace_->expires_after(std::chrono::seconds(1));
  grace_->async_wait([this](boost::system::error_code error) {
    if (!error) threads_.Stop();  // the rest waits for a database that does not answer
  });
}

// Those that the end of the threads cut off. They use it, so they must not outlive it.
void Server::ForgetConnections() {
  const registry::MutexLock lock(mutex_);
  connections_.clear();
}

void Server::Reload() {
  if (absl::Status status = tls_->Reload(); !status.ok()) {
    Log(LogLevel::kError, "epp.reload_failed", {{"error", status.ToString()}});
  } else {
    Log(LogLevel::kInfo, "epp.reloaded");
  }
}

}  // namespace epp
