#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "epp/clearinghouse.h"
#include "epp/dispatch.h"
#include "epp/execute.h"
#include "epp/frame.h"
#include "epp/login_security.h"
#include "epp/metrics.h"
#include "epp/password_verifier.h"
#include "epp/session.h"
#include "epp/session_limits.h"
#include "registry/net/connection_limits.h"
#include "registry/net/deadline.h"
#include "registry/net/tls_stream.h"
#include "registry/store/store.h"

namespace epp {

struct ConnectionSettings {
  SessionSettings session;
  DispatchLimits dispatch;
  LoginSecuritySettings login_security;
  size_t max_frame = 0;
  absl::Duration handshake_timeout;
  absl::Duration write_timeout;
  absl::Duration close_timeout;
};

// What the connections of a server share. Everything outlives them.
struct ConnectionServices {
  const ConnectionSettings& settings;
  registry::store::Store& store;
  Submissions& submissions;  // of the socket's thread
  PasswordVerifier& passwords;
  SessionLimits& session_limits;
  EppMetrics& metrics;
  const ClearinghouseFiles* clearinghouse;  // null: none is known
};

// One client: feeds a Session from a TLS stream, on the thread of the socket. Commands are carried
// out one at a time, in the order in which they came; further ones wait in the socket and in the
// one read buffer. A command that was read whole is answered, whatever happens, unless the client
// goes away or the process ends.
class Connection : public std::enable_shared_from_this<Connection>, private SessionServices {
 public:
  // `context` may be replaced while the connection lives.
  Connection(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& context,
             std::string peer, registry::net::ConnectionLimits::Place place,
             ConnectionServices services);

  // `ended` is called once, on that thread, when all is over.
  void Start(std::function<void(Connection*)> ended);
  // Answers the command in flight, says 2500 and closes. From any thread.
  void Stop();
  // Closes the socket: whatever waits for the client ends at once. From any thread.
  void Abort();

 private:
  using Time = std::chrono::steady_clock::time_point;

  // SessionServices
  Call Dispatch(std::string_view xml, const SessionView& view) override;
  registry::TransactionNumber NextNumber() override;
  absl::Time Now() override;

  boost::asio::awaitable<void> Run();
  boost::asio::awaitable<bool> Handshake();
  boost::asio::awaitable<void> Converse();
  // What the next frame, a deadline or a stop asks for; none: the client is gone.
  boost::asio::awaitable<std::optional<Session::Step>> NextStep();
  boost::asio::awaitable<bool> ReadSome();
  boost::asio::awaitable<void> PauseWhileFull();
  boost::asio::awaitable<Session::Send> Perform(Session::Step step);
  boost::asio::awaitable<Session::Send> PerformLogin(LoginCall call);
  // False: the connection is to be closed.
  boost::asio::awaitable<bool> Write(Session::Send send);
  boost::asio::awaitable<void> Close();

  void Observe(const Session::Send& send, absl::Duration took);
  void EndSession();
  void LogEnd() const;
  absl::Duration Uptime() const;

  registry::net::TlsStream stream_;
  const std::string peer_;
  const registry::net::ConnectionLimits::Place place_;
  ConnectionServices services_;
  std::function<void(Connection*)> ended_;
  registry::net::Deadline deadline_;
  FrameReader reader_;
  Session session_;
  std::optional<SessionLimits::Ticket> ticket_;
  Time connected_at_;
  int64_t commands_ = 0;
  std::string_view cause_ = "client";  // who ended it: a Reason::id, "client" or "logout"
  bool interruptible_ = false;         // waiting for the client, so that Stop may break in
  bool stopping_ = false;
  bool broken_ = false;  // nothing more can be sent
};

}  // namespace epp
