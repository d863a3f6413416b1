#include "zonegen/ordered_parts.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace zonegen {
namespace {

constexpr size_t kMostSpare = 16;

// The part whose turn it is may always hand on, so that the others' waiting pieces can never keep
// it from being finished.
class Queue {
 public:
  explicit Queue(size_t most_bytes) : most_bytes_(most_bytes) {}

  absl::Status Put(int part, std::string& piece) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] {
      return stopped_ || waiting_bytes_ + piece.size() <= most_bytes_ ||
             (part == turn_ && parts_[part].pieces.empty());
    });
    if (stopped_) return absl::CancelledError("given up");
    waiting_bytes_ += piece.size();
    parts_[part].pieces.push_back(std::move(piece));
    piece.clear();
    if (!taken_.empty()) {
      piece = std::move(taken_.back());
      taken_.pop_back();
    }
    changed_.notify_all();
    return absl::OkStatus();
  }

  void End(int part) {
    const std::lock_guard lock(mutex_);
    parts_[part].ended = true;
    changed_.notify_all();
  }

  void Stop(const absl::Status& status) {
    const std::lock_guard lock(mutex_);
    if (!stopped_) status_ = status;
    stopped_ = true;
    changed_.notify_all();
  }

  // All pieces of all parts in order.
  absl::Status TakeAll(int parts, const OrderedParts::Take& take) {
    std::unique_lock lock(mutex_);
    for (turn_ = 0; turn_ < parts; ++turn_) {
      changed_.notify_all();
      while (true) {
        changed_.wait(
            lock, [&] { return stopped_ || parts_[turn_].ended || !parts_[turn_].pieces.empty(); });
        if (stopped_) return status_;
        Part& part = parts_[turn_];
        if (part.pieces.empty()) break;
        std::string piece = std::move(part.pieces.front());
        part.pieces.pop_front();
        waiting_bytes_ -= piece.size();
        changed_.notify_all();
        lock.unlock();
        const absl::Status status = take(piece);
        piece.clear();
        lock.lock();
        if (!status.ok()) return status;
        if (taken_.size() < kMostSpare) taken_.push_back(std::move(piece));
      }
      parts_.erase(turn_);
    }
    return absl::OkStatus();
  }

 private:
  struct Part {
    std::deque<std::string> pieces;
    bool ended = false;
  };

  const size_t most_bytes_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::unordered_map<int, Part> parts_;  // that have begun and are not taken
  std::vector<std::string> taken_;       // their memory serves again
  int turn_ = 0;
  size_t waiting_bytes_ = 0;
  bool stopped_ = false;
  absl::Status status_;
};

}  // namespace

absl::Status OrderedParts::Run(const Make& make, const Take& take) const {
  Queue queue(most_bytes);
  std::atomic<int> next = 0;
  std::vector<std::jthread> makers;
  for (int i = 0; i < threads; ++i) {
    makers.emplace_back([&] {
      for (int part = next++; part < parts; part = next++) {
        const absl::Status status =
            make(part, [&](std::string& piece) { return queue.Put(part, piece); });
        if (!status.ok()) return queue.Stop(status);
        queue.End(part);
      }
    });
  }
  const absl::Status status = queue.TakeAll(parts, take);
  if (!status.ok()) queue.Stop(status);
  return status;
}

}  // namespace zonegen
