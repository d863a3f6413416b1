#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "registry/base/mutex.h"
#include "registry/store/connection.h"
#include "registry/types/transaction_id.h"

namespace registry::store {

// The numbers that this process may give to commands: blocks from the sequence `transactions`, in
// reserve, so that nobody waits for the database. Thread-safe.
class NumberSource {
 public:
  static constexpr int64_t kBlock = 4096;  // the sequence's increment

  // `on_low` is called when a block should be fetched; it must not block.
  explicit NumberSource(std::function<void()> on_low) : on_low_(std::move(on_low)) {}

  // The sequence gave `first`. Not taken if Forget was called since `asked`, a generation().
  void AddBlock(int64_t first, int64_t asked);
  int64_t generation() const { return generation_.load(); }
  // A connection was opened. A server that has crashed meanwhile, or a standby that took over, may
  // not know that these blocks were given: they are given up.
  void Forget();
  bool low() const { return left_.load(std::memory_order_relaxed) < kBlock * 3 / 2; }

  std::optional<TransactionNumber> TryNext();
  // Never fails: without a block (no database for a long while) the number is random, from a range
  // that the sequence does not reach. For answers that nothing in the database refers to.
  TransactionNumber Next();

 private:
  const std::function<void()> on_low_;
  std::atomic<int64_t> generation_{0};
  Mutex mutex_;
  std::deque<int64_t> blocks_ ABSL_GUARDED_BY(mutex_);  // the first number of each
  int64_t next_ ABSL_GUARDED_BY(mutex_) = 0;            // in the block at hand
  int64_t end_ ABSL_GUARDED_BY(mutex_) = 0;
  std::atomic<int64_t> left_{0};
};

// Takes a block from the sequence.
absl::Status FetchBlock(Connection& connection, NumberSource& numbers);

}  // namespace registry::store
