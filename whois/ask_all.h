#pragma once

#include <algorithm>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "whois/await_within.h"
#include "whois/lookups.h"

namespace whois {

// The answers of several look-ups that are asked at once, in their order, awaited on the
// connection's thread. kDeadlineExceeded: not all came within `timeout`.
template <class Command>
boost::asio::awaitable<
    absl::StatusOr<std::vector<registry::store::Reply<registry::store::AnswerOf<Command>>>>>
AskTogether(Lookups& lookups, std::vector<Command> commands, absl::Duration timeout) {
  using Replies = std::vector<registry::store::Reply<registry::store::AnswerOf<Command>>>;
  if (commands.empty()) co_return Replies();
  struct Asked {
    explicit Asked(size_t size) : replies(size), missing(size) {}
    Replies replies;  // each written once, by whoever brings it
    std::atomic<size_t> missing;
  };
  const auto begin = [&](auto done) {
    auto asked = std::make_shared<Asked>(commands.size());
    for (size_t i = 0; i < commands.size(); ++i) {
      lookups.Find(std::move(commands[i]), [asked, i, done](auto reply) mutable {
        asked->replies[i] = std::move(reply);
        if (asked->missing.fetch_sub(1, std::memory_order_acq_rel) > 1) return;
        done(std::move(asked->replies));
      });
    }
  };
  auto waiting = AwaitWithin<Replies>(timeout, begin);
  std::optional<Replies> replies = co_await std::move(waiting);
  if (replies) co_return *std::move(replies);
  co_return absl::DeadlineExceededError("the registry did not answer in time");
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
