#pragma once

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/net/await_callback.h"
#include "whois/lookups.h"

namespace whois {

namespace internal {

// The answers of one call of AskTogether, kept by those who still owe one.
template <class Command>
struct AskedTogether {
  using Reply = registry::store::Reply<registry::store::AnswerOf<Command>>;
  AskedTogether(boost::asio::any_io_executor executor, size_t size)
      : timer(executor), replies(size), missing(size) {}
  boost::asio::steady_timer timer;
  std::vector<std::optional<Reply>> replies;  // each written once, by whoever brings it
  std::atomic<size_t> missing;
  bool complete = false;  // only on the connection's thread
};

}  // namespace internal

// The answers of several look-ups that are asked at once, in their order, awaited on the
// connection's thread. kDeadlineExceeded: not all came within `timeout`.
template <class Command>
boost::asio::awaitable<
    absl::StatusOr<std::vector<registry::store::Reply<registry::store::AnswerOf<Command>>>>>
AskTogether(Lookups& lookups, std::vector<Command> commands, absl::Duration timeout) {
  namespace asio = boost::asio;
  using Asked = internal::AskedTogether<Command>;
  using Reply = typename Asked::Reply;
  std::vector<Reply> replies;
  if (commands.empty()) co_return replies;
  auto executor = co_await asio::this_coro::executor;
  auto asked = std::make_shared<Asked>(executor, commands.size());
  asked->timer.expires_after(absl::ToChronoNanoseconds(timeout));
  for (size_t i = 0; i < commands.size(); ++i) {
    lookups.Find(std::move(commands[i]), [asked, executor, i](Reply reply) {
      asked->replies[i] = std::move(reply);
      if (asked->missing.fetch_sub(1, std::memory_order_acq_rel) > 1) return;
      registry::net::PostOrKeep(executor, [asked] {
        asked->complete = true;
        asked->timer.cancel();
      });
    });
  }
  co_await asked->timer.async_wait(asio::as_tuple(asio::use_awaitable));
  if (!asked->complete)
    co_return absl::DeadlineExceededError("the registry did not answer in time");
  for (std::optional<Reply>& reply : asked->replies) replies.push_back(*std::move(reply));
  co_return replies;
}

// The same for many: a few at a time, so that those who ask for one thing need not wait for all of
// them. The first status of an answer that is not OK is the status of all.
template <class Command>
boost::asio::awaitable<
    absl::StatusOr<std::vector<registry::store::Reply<registry::store::AnswerOf<Command>>>>>
AskAll(Lookups& lookups, std::vector<Command> commands, absl::Duration timeout) {
  constexpr size_t kAtOnce = 16;
  std::vector<registry::store::Reply<registry::store::AnswerOf<Command>>> replies;
  for (size_t first = 0; first < commands.size(); first += kAtOnce) {
    const size_t end = std::min(commands.size(), first + kAtOnce);
    std::vector<Command> few;
    for (size_t i = first; i < end; ++i) few.push_back(std::move(commands[i]));
    auto answers = co_await AskTogether(lookups, std::move(few), timeout);
    if (!answers.ok()) co_return answers.status();
    for (auto& reply : *answers) {
      if (!reply.status.ok()) co_return reply.status;
      replies.push_back(std::move(reply));
    }
  }
  co_return replies;
}

}  // namespace whois
