#include "registry/net/listener.h"

#include <fcntl.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <chrono>
#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"
#include "registry/base/log.h"

namespace registry::net {

namespace asio = boost::asio;
using asio::ip::tcp;

Listener::Listener(IoThreads& threads, Placement placement)
    : threads_(threads), placement_(placement) {
  acceptors_.push_back(std::make_unique<Acceptor>(threads.first()));
}

absl::StatusOr<std::shared_ptr<Listener>> Listener::Open(IoThreads& threads,
                                                         const Endpoint& endpoint, int backlog,
                                                         Placement placement) {
  std::shared_ptr<Listener> listener(new Listener(threads, placement));
  Acceptor& acceptor = *listener->acceptors_.front();
  boost::system::error_code error;
  const auto address = asio::ip::make_address(endpoint.address, error);
  const tcp::endpoint local(address, endpoint.port);
  if (!error) acceptor.open(local.protocol(), error);
  if (!error) acceptor.set_option(Acceptor::reuse_address(true), error);
  if (!error && address.is_v6()) acceptor.set_option(asio::ip::v6_only(true), error);
  if (!error) acceptor.bind(local, error);
  if (!error) acceptor.listen(backlog, error);
  tcp::endpoint bound;
  if (!error) bound = acceptor.local_endpoint(error);
  if (!error) listener->ShareAcceptor(local.protocol(), error);
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", FormatEndpoint(endpoint), ": ", error.message()));
  }
  listener->endpoint_ = Endpoint{endpoint.address, bound.port()};
  return listener;
}

void Listener::ShareAcceptor(const tcp& protocol, boost::system::error_code& error) {
  if (placement_ == Placement::kInTurn) return;
  for (size_t i = 1; i < threads_.size() && !error; ++i) {
    const int copy = fcntl(acceptors_.front()->native_handle(), F_DUPFD_CLOEXEC, 0);
    if (copy < 0) {
      error.assign(errno, boost::system::system_category());
      return;
    }
    acceptors_.push_back(std::make_unique<Acceptor>(threads_.at(i)));
    acceptors_.back()->assign(protocol, copy, error);
  }
}

void Listener::Start(Accepted accepted) {
  accepted_ = std::move(accepted);
  for (size_t i = 0; i < acceptors_.size(); ++i) {
    asio::co_spawn(
        acceptors_[i]->get_executor(),
        [self = shared_from_this(), i] { return self->AcceptAll(i); },
        [self = shared_from_this()](std::exception_ptr) { self->Close(); });
  }
}

asio::awaitable<void> Listener::AcceptAll(size_t thread) {
  Acceptor& acceptor = *acceptors_[thread];
  while (acceptor.is_open()) {
    asio::io_context& home =
        placement_ == Placement::kInTurn ? threads_.Next() : threads_.at(thread);
    auto [error, socket] =
        co_await acceptor.async_accept(home, asio::as_tuple(asio::use_awaitable));
    if (!error) {
      TakeIn(std::move(socket));
    } else if (acceptor.is_open() && error != asio::error::connection_aborted) {
      Log(LogLevel::kError, "net.accept_failed",
          {{"listen", FormatEndpoint(endpoint_)}, {"error", error.message()}});
      co_await Pause(acceptor);
    }
  }
}

// One connection that cannot be served must not end the accepting of others.
void Listener::TakeIn(tcp::socket socket) {
  try {
    accepted_(std::move(socket));
  } catch (const std::exception& error) {
    Log(LogLevel::kError, "net.accept_failed",
        {{"listen", FormatEndpoint(endpoint_)}, {"error", error.what()}});
  }
}

// Descriptors or memory are short: trying again at once would only burn the processor.
asio::awaitable<void> Listener::Pause(Acceptor& acceptor) {
  asio::steady_timer timer(acceptor.get_executor(), std::chrono::milliseconds(100));
  co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
}

void Listener::CloseNow() {
  boost::system::error_code ignored;
  for (const std::unique_ptr<Acceptor>& acceptor : acceptors_) acceptor->close(ignored);
}

void Listener::Close() {
  for (const std::unique_ptr<Acceptor>& acceptor : acceptors_) {
    asio::dispatch(acceptor->get_executor(), [self = shared_from_this(), &acceptor] {
      boost::system::error_code ignored;
      acceptor->close(ignored);
    });
  }
}

}  // namespace registry::net
