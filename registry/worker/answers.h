#pragma once

#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "registry/base/mutex.h"

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
    const registry::MutexLock lock(mutex_);
    answers_[index] = std::move(answer);
    if (--missing_ == 0) complete_.NotifyAll();
  }

  // Waits until all are there, and takes them; once.
  std::vector<Answer> Await() {
    const registry::MutexLock lock(mutex_);
    while (missing_ != 0) complete_.Wait(mutex_);
    return std::move(answers_);
  }

 private:
  registry::Mutex mutex_;
  registry::Condition complete_;
  std::vector<Answer> answers_ ABSL_GUARDED_BY(mutex_);
  size_t missing_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace worker
