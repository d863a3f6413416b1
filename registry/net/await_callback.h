#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"

namespace registry::net {

template <class T>
using Callback = absl::AnyInvocable<void(T) &&>;
template <class T>
using Start = absl::AnyInvocable<void(Callback<T>) &&>;

// As long as it lives, the callbacks of AwaitCallback that are called on this thread keep what they
// were given; then each waiting executor is woken once, rather than once for every callback. Scopes
// do not nest.
class CallTogether {
 public:
  CallTogether();
  ~CallTogether();
  CallTogether(const CallTogether&) = delete;
  CallTogether& operator=(const CallTogether&) = delete;

 private:
  friend void PostOrKeep(const boost::asio::any_io_executor&, absl::AnyInvocable<void()>);
  struct Group {
    boost::asio::any_io_executor executor;
    std::vector<absl::AnyInvocable<void()>> resumptions;
  };
  std::vector<Group> groups_;
};

// Runs it on the executor, with others if there is a CallTogether on this thread. It must not
// throw.
void PostOrKeep(const boost::asio::any_io_executor& executor,
                absl::AnyInvocable<void()> resumption);

// Waits in a coroutine for a callback that may come from another thread: calls `start` with it, and
// goes on, on the coroutine's own executor, with what the callback was given. The io_context does
// not run out of work meanwhile. The callback must be called exactly once, or destroyed, which ends
// the coroutine.
template <class T>
boost::asio::awaitable<T> AwaitCallback(Start<T> start) {
  namespace asio = boost::asio;
  auto initiate = [](auto handler, Start<T> begin) {
    asio::any_io_executor executor = asio::prefer(asio::get_associated_executor(handler),
                                                  asio::execution::outstanding_work.tracked);
    auto callback = [handler = std::move(handler), executor](T value) mutable {
      PostOrKeep(executor, [handler = std::move(handler), value = std::move(value)]() mutable {
        std::move(handler)(std::move(value));
      });
    };
    std::move(begin)(Callback<T>(std::move(callback)));
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(T)>(
      initiate, asio::use_awaitable, std::move(start));
}

}  // namespace registry::net
