#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "absl/time/time.h"
#include "registry/net/await_callback.h"
#include "whois/lookups.h"

namespace whois {

// The answer of a look-up, awaited on the connection's thread. After `timeout` the look-up is
// abandoned: the reply's status is DeadlineExceeded.
template <class Command>
boost::asio::awaitable<registry::store::Reply<registry::store::AnswerOf<Command>>> Ask(
    Lookups& lookups, Command command, absl::Duration timeout) {
  namespace asio = boost::asio;
  using Reply = registry::store::Reply<registry::store::AnswerOf<Command>>;
  struct Pending {
    explicit Pending(asio::any_io_executor executor) : timer(std::move(executor)) {}
    asio::steady_timer timer;
    std::optional<Reply> reply;
  };

  auto executor = co_await asio::this_coro::executor;
  auto pending = std::make_shared<Pending>(executor);
  pending->timer.expires_after(absl::ToChronoNanoseconds(timeout));
  // The reply comes from a thread of the store; on our thread it cannot come before we wait.
  lookups.Find(std::move(command), [pending, executor](Reply reply) mutable {
    registry::net::PostOrKeep(executor,
                              [pending = std::move(pending), reply = std::move(reply)]() mutable {
                                pending->reply = std::move(reply);
                                pending->timer.cancel();
                              });
  });
  co_await pending->timer.async_wait(asio::as_tuple(asio::use_awaitable));
  if (pending->reply) co_return *std::move(pending->reply);

  Reply late;
  late.status = absl::DeadlineExceededError("the registry did not answer in time");
  co_return late;
}

}  // namespace whois
