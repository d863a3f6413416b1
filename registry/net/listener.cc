#include "registry/net/listener.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"
#include "registry/base/log.h"

namespace registry::net {

namespace asio = boost::asio;
using asio::ip::tcp;

Listener::Listener(IoThreads& threads) : threads_(threads), acceptor_(threads.first()) {}

absl::StatusOr<std::shared_ptr<Listener>> Listener::Open(IoThreads& threads,
                                                         const Endpoint& endpoint, int backlog) {
  std::shared_ptr<Listener> listener(new Listener(threads));
  tcp::acceptor& acceptor = listener->acceptor_;
  boost::system::error_code error;
  const auto address = asio::ip::make_address(endpoint.address, error);
  const tcp::endpoint local(address, endpoint.port);
  if (!error) acceptor.open(local.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error && address.is_v6()) acceptor.set_option(asio::ip::v6_only(true), error);
  if (!error) acceptor.bind(local, error);
  if (!error) acceptor.listen(backlog, error);
  tcp::endpoint bound;
  if (!error) bound = acceptor.local_endpoint(error);
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", FormatEndpoint(endpoint), ": ", error.message()));
  }
  listener->endpoint_ = Endpoint{endpoint.address, bound.port()};
  return listener;
}

void Listener::Start(Accepted accepted) {
  accepted_ = std::move(accepted);
  asio::co_spawn(
      acceptor_.get_executor(), [self = shared_from_this()] { return self->AcceptAll(); },
      [self = shared_from_this()](std::exception_ptr) { self->Close(); });
}

asio::awaitable<void> Listener::AcceptAll() {
  while (acceptor_.is_open()) {
    asio::io_context& home = threads_.Next();
    auto [error, socket] =
        co_await acceptor_.async_accept(home, asio::as_tuple(asio::use_awaitable));
    if (!error) {
      TakeIn(std::move(socket));
    } else if (acceptor_.is_open() && error != asio::error::connection_aborted) {
      Log(LogLevel::kError, "net.accept_failed",
          {{"listen", FormatEndpoint(endpoint_)}, {"error", error.message()}});
      co_await Pause();
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
asio::awaitable<void> Listener::Pause() {
  asio::steady_timer timer(acceptor_.get_executor(), std::chrono::milliseconds(100));
  co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
}

void Listener::Close() {
  asio::dispatch(acceptor_.get_executor(), [self = shared_from_this()] {
    boost::system::error_code ignored;
    self->acceptor_.close(ignored);
  });
}

}  // namespace registry::net
