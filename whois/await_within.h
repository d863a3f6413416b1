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

namespace whois {

// Calls `begin` with a function that takes a T, to be called once from any thread, and waits for
// that T on the coroutine's own executor. After `timeout` there is nothing, and what comes later is
// dropped.
template <class T, class Begin>
boost::asio::awaitable<std::optional<T>> AwaitWithin(absl::Duration timeout, Begin begin) {
  namespace asio = boost::asio;
  struct Pending {
    explicit Pending(asio::any_io_executor executor) : timer(std::move(executor)) {}
    asio::steady_timer timer;
    std::optional<T> value;  // only on the coroutine's executor
  };

  auto executor = co_await asio::this_coro::executor;
  auto pending = std::make_shared<Pending>(executor);
  pending->timer.expires_after(absl::ToChronoNanoseconds(timeout));
  begin([pending, executor](T value) mutable {
    registry::net::PostOrKeep(executor,
                              [pending = std::move(pending), value = std::move(value)]() mutable {
                                pending->value = std::move(value);
                                pending->timer.cancel();
                              });
  });
  co_await pending->timer.async_wait(asio::as_tuple(asio::use_awaitable));
  co_return std::move(pending->value);
}

}  // namespace whois
