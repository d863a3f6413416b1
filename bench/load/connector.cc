#include "bench/load/connector.h"

namespace bench {

std::optional<int> Connector::Start(Instant now) {
  while (!pausing_.empty() && pausing_.front().ends <= now) {
    waiting_.push_back(pausing_.front().session);
    pausing_.pop_front();
    --busy_;
  }
  if (waiting_.empty() || busy_ == kAtOnce) return std::nullopt;
  const int session = waiting_.front();
  waiting_.pop_front();
  ++busy_;
  return session;
}

Instant Connector::NextDue() const {
  return pausing_.empty() ? Instant::max() : pausing_.front().ends;
}

}  // namespace bench
