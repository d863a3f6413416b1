#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace worker {

// What became of the commands of one batch. They are answered on the store's threads, in any order.
class Answers {
 public:
  struct Answer {
    absl::Status status;  // not ok: not written
    absl::Time now;       // as the command saw it
  };

  explicit Answers(size_t count) : answers_(count), missing_(count) {}

  void Give(size_t index, Answer answer) {
    const std::lock_guard lock(mutex_);
    answers_[index] = std::move(answer);
    if (--missing_ == 0) complete_.notify_all();
  }

  // Waits until all are there.
  const std::vector<Answer>& Await() {
    std::unique_lock lock(mutex_);
    complete_.wait(lock, [this] { return missing_ == 0; });
    return answers_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable complete_;
  std::vector<Answer> answers_;
  size_t missing_;
};

}  // namespace worker
