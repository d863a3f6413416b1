#include "epp/connection.h"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "epp/login_flow.h"
#include "epp/session_reasons.h"
#include "registry/base/log.h"
#include "registry/base/utf8.h"
#include "registry/net/peer_certificate.h"
#include "registry/types/transaction_id.h"

namespace epp {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using registry::Log;
using registry::LogLevel;

const auto kAwait = asio::as_tuple(asio::use_awaitable);

absl::Duration Since(std::chrono::steady_clock::time_point start) {
  return absl::FromChrono(std::chrono::steady_clock::now() - start);
}

}  // namespace

Connection::Connection(tcp::socket socket, asio::ssl::context& context, std::string peer,
                       registry::net::ConnectionLimits::Place place, ConnectionServices services)
    : stream_(std::move(socket), context),
      peer_(std::move(peer)),
      place_(std::move(place)),
      services_(services),
      deadline_(stream_.get_executor(),
                [this] {
                  boost::system::error_code ignored;
                  stream_.socket().cancel(ignored);
                }),
      reader_(services.settings.max_frame),
      session_(services.settings.session, *this) {}

void Connection::Start(std::function<void(Connection*)> ended) {
  ended_ = std::move(ended);
  asio::co_spawn(
      stream_.get_executor(), [self = shared_from_this()] { return self->Run(); },
      [self = shared_from_this()](std::exception_ptr) {
        self->EndSession();
        self->ended_(self.get());
      });
}

void Connection::Stop() {
  asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
    self->stopping_ = true;
    // Expired at once and, should the first cancellation fall between two steps, again.
    if (self->interruptible_) self->deadline_.SetAfter(absl::ZeroDuration());
  });
}

void Connection::Abort() {
  asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
    boost::system::error_code ignored;
    self->stream_.socket().close(ignored);
  });
}

asio::awaitable<void> Connection::Run() {
  try {
    if (co_await Handshake()) {
      co_await Converse();
      EndSession();
      LogEnd();
      if (!broken_) co_await Close();
    }
  } catch (const std::exception& error) {
    Log(LogLevel::kError, "epp.connection_failed", {{"peer", peer_}, {"error", error.what()}});
  }
}

asio::awaitable<bool> Connection::Handshake() {
  if (stopping_) co_return false;
  interruptible_ = true;
  deadline_.SetAfter(services_.settings.handshake_timeout);
  const boost::system::error_code error = co_await stream_.Handshake();
  const bool late = deadline_.missed();
  deadline_.Clear();
  interruptible_ = false;
  if (!error) co_return true;
  services_.metrics.handshakes_failed.Increment();
  Log(LogLevel::kInfo, "epp.handshake_failed",
      {{"peer", peer_}, {"error", late ? "took too long" : error.message()}});
  co_return false;
}

asio::awaitable<void> Connection::Converse() {
  connected_at_ = std::chrono::steady_clock::now();
  Session::Send first =
      place_.excessive() ? session_.OnTooManyConnections() : session_.OnConnected();
  bool open = co_await Write(std::move(first));
  while (open) {
    std::optional<Session::Step> step = co_await NextStep();
    if (!step) co_return;
    const Time started = std::chrono::steady_clock::now();
    Session::Send send = co_await Perform(*std::move(step));
    Observe(send, Since(started));
    open = co_await Write(std::move(send));
  }
}

asio::awaitable<std::optional<Session::Step>> Connection::NextStep() {
  while (true) {
    co_await PauseWhileFull();
    if (stopping_) co_return session_.OnStop();
    const absl::Duration uptime = Uptime();
    if (uptime >= session_.deadline()) co_return session_.OnDeadline(uptime);
    std::string_view xml;
    switch (reader_.Next(&xml)) {
      case FrameReader::State::kFrame:
        co_return session_.OnFrame(xml, uptime);
      case FrameReader::State::kMalformed:
        co_return session_.OnMalformedFrame();
      case FrameReader::State::kIncomplete:
        break;
    }
    if (!co_await ReadSome()) co_return std::nullopt;
  }
}

// True also when a stop or the deadline broke in: the caller looks.
asio::awaitable<bool> Connection::ReadSome() {
  interruptible_ = true;
  deadline_.SetAfter(session_.deadline() - Uptime());
  const absl::Span<char> space = reader_.Space();
  const auto [error, bytes] = co_await stream_.ReadSome(space);
  const bool interrupted = deadline_.missed();
  deadline_.Clear();
  interruptible_ = false;
  if (!error) reader_.Filled(bytes);
  if (!error || (interrupted && error == asio::error::operation_aborted)) co_return true;
  broken_ = error != asio::error::eof;
  co_return false;
}

// The queue is bounded by not reading more: TCP then makes the clients wait.
asio::awaitable<void> Connection::PauseWhileFull() {
  while (!stopping_ && services_.store.full()) {
    services_.metrics.pauses.Increment();
    asio::steady_timer timer(stream_.get_executor(), std::chrono::milliseconds(5));
    co_await timer.async_wait(kAwait);
  }
}

asio::awaitable<Session::Send> Connection::Perform(Session::Step step) {
  if (auto* send = std::get_if<Session::Send>(&step)) co_return std::move(*send);
  services_.metrics.in_flight.Increment();
  if (auto* execute = std::get_if<Session::Execute>(&step)) {
    Answer answer = co_await ExecuteCall(services_.submissions, std::move(execute->call));
    services_.metrics.in_flight.Decrement();
    co_return session_.OnAnswer(std::move(answer), Uptime());
  }
  Session::Send send = co_await PerformLogin(std::move(std::get_if<Session::LogIn>(&step)->call));
  services_.metrics.in_flight.Decrement();
  co_return send;
}

asio::awaitable<Session::Send> Connection::PerformLogin(LoginCall call) {
  const LoginServices services{services_.store, services_.passwords, services_.session_limits,
                               services_.settings.login_security};
  auto certificate = registry::net::VerifiedPeer(stream_.native_handle());
  const std::string id = call.id;
  const UserAgent agent = call.user_agent;
  LoginDone done = co_await RunLogin(services, std::move(call), certificate, session_.client_id());
  if (done.ticket) {
    ticket_.emplace(*std::move(done.ticket));
    services_.metrics.sessions.Increment();
    Log(LogLevel::kInfo, "epp.login",
        {{"peer", peer_},
         {"clid", id},
         {"app", registry::Excerpt(agent.app)},
         {"tech", registry::Excerpt(agent.tech)},
         {"os", registry::Excerpt(agent.os)}});
  } else {
    services_.metrics.logins_refused.Increment();
    Log(LogLevel::kWarning, "epp.login_refused",
        {{"peer", peer_},
         {"id", id},
         {"certificate",
          certificate ? registry::FormatFingerprint(certificate->fingerprint) : "none"},
         {"app", registry::Excerpt(agent.app)},
         {"reason", done.result.outcome.rejection().reason.id}});
  }
  co_return session_.OnLogin(std::move(done.result), Uptime());
}

asio::awaitable<bool> Connection::Write(Session::Send send) {
  if (send.close) EndSession();  // before the client reads that its place is free again
  const std::string unit = Frame(send.xml);
  deadline_.SetAfter(services_.settings.write_timeout);
  const boost::system::error_code error = co_await stream_.Write(unit);
  if (deadline_.missed()) {
    services_.metrics.slow_readers.Increment();
    cause_ = "slow-reader";
  }
  deadline_.Clear();
  if (error) broken_ = true;
  co_return !error && !send.close;
}

// Tells the client that this is the end, and waits until it has seen it: closing a socket that has
// unread bytes makes the kernel send a reset, which may destroy our last answer on its way.
asio::awaitable<void> Connection::Close() {
  deadline_.SetAfter(services_.settings.close_timeout);
  co_await stream_.Shutdown();
  tcp::socket& socket = stream_.socket();
  boost::system::error_code error;
  socket.shutdown(tcp::socket::shutdown_send, error);
  std::array<char, 4096> discarded;
  const asio::mutable_buffer buffer(discarded.data(), discarded.size());
  while (!error && !deadline_.missed()) {
    auto [read_error, bytes] = co_await socket.async_read_some(buffer, kAwait);
    error = read_error;
  }
  deadline_.Clear();
}

void Connection::Observe(const Session::Send& send, absl::Duration took) {
  if (send.close) cause_ = send.reason.empty() ? "logout" : send.reason;
  if (session_.command() == "none") return;
  ++commands_;
  services_.metrics.CountCommand(session_.command(), send.code, took);
  Log(LogLevel::kInfo, "epp.command",
      {{"svtrid", registry::FormatServerTransactionId(send.number)},
       {"clid", services_.store.directory()->RegistrarText(session_.registrar())},
       {"cltrid", session_.client_id()},
       {"command", session_.command()},
       {"code", static_cast<int>(send.code)},
       {"reason", send.reason},
       {"microseconds", absl::ToInt64Microseconds(took)}});
}

void Connection::EndSession() {
  if (!ticket_) return;
  ticket_.reset();
  services_.metrics.sessions.Decrement();
}

void Connection::LogEnd() const {
  Log(LogLevel::kInfo, "epp.session_ended",
      {{"peer", peer_},
       {"clid", services_.store.directory()->RegistrarText(session_.registrar())},
       {"cause", cause_},
       {"commands", commands_},
       {"seconds", absl::ToInt64Seconds(Uptime())}});
}

absl::Duration Connection::Uptime() const { return Since(connected_at_); }

Call Connection::Dispatch(std::string_view xml, const SessionView& view) {
  const std::shared_ptr<const Clearinghouse> clearinghouse =
      services_.clearinghouse == nullptr ? nullptr : services_.clearinghouse->current();
  return epp::Dispatch(xml, view, services_.settings.dispatch, clearinghouse.get());
}

registry::TransactionNumber Connection::NextNumber() { return services_.store.NextNumber(); }

absl::Time Connection::Now() { return services_.store.clock().Now(); }

}  // namespace epp
