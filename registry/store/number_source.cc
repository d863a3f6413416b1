#include "registry/store/number_source.h"

#include <random>

namespace registry::store {

void NumberSource::AddBlock(int64_t first, int64_t asked) {
  const MutexLock lock(mutex_);
  if (asked != generation_) return;
  blocks_.push_back(first);
  left_ += kBlock;
}

void NumberSource::Forget() {
  const MutexLock lock(mutex_);
  ++generation_;
  blocks_.clear();
  next_ = end_ = 0;
  left_ = 0;
}

std::optional<TransactionNumber> NumberSource::TryNext() {
  bool fetch = false;
  std::optional<TransactionNumber> number;
  {
    const MutexLock lock(mutex_);
    if (next_ == end_ && !blocks_.empty()) {
      next_ = blocks_.front();
      end_ = next_ + kBlock;
      blocks_.pop_front();
      fetch = blocks_.empty();
    }
    if (next_ < end_) {
      number = next_++;
      --left_;
    } else {
      fetch = true;
    }
  }
  if (fetch && on_low_) on_low_();
  return number;
}

TransactionNumber NumberSource::Next() {
  if (std::optional<TransactionNumber> number = TryNext()) return *number;
  static thread_local std::mt19937_64 random{std::random_device{}()};
  constexpr int64_t kFloor = int64_t{1} << 62;
  return kFloor + static_cast<int64_t>(random() % static_cast<uint64_t>(kFloor));
}

absl::Status FetchBlock(Connection& connection, NumberSource& numbers) {
  static const Statement kNextBlock{"next_block", "SELECT nextval('transactions')"};
  const int64_t generation = numbers.generation();
  absl::StatusOr<Result> block = connection.Run(kNextBlock);
  if (!block.ok()) return block.status();
  numbers.AddBlock(block->Row(0).Int8(), generation);
  return absl::OkStatus();
}

}  // namespace registry::store
