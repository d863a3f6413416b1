#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <utility>

#include "absl/time/time.h"
#include "whois/await_within.h"
#include "whois/lookups.h"

namespace whois {

// The answer of a look-up, awaited on the connection's thread. After `timeout` the look-up is
// abandoned: the reply's status is DeadlineExceeded.
template <class Command>
boost::asio::awaitable<registry::store::Reply<registry::store::AnswerOf<Command>>> Ask(
    Lookups& lookups, Command command, absl::Duration timeout) {
  using Reply = registry::store::Reply<registry::store::AnswerOf<Command>>;
  const auto begin = [&](auto done) { lookups.Find(std::move(command), std::move(done)); };
  auto waiting = AwaitWithin<Reply>(timeout, begin);
  std::optional<Reply> reply = co_await std::move(waiting);
  if (reply) co_return *std::move(reply);
  Reply late;
  late.status = absl::DeadlineExceededError("the registry did not answer in time");
  co_return late;
}

}  // namespace whois
