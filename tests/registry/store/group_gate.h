#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>

#include "registry/store/faults.h"

namespace registry::store {

// Stops the one write lane of a store before it flushes, so that a test can queue the commands that
// are to form the next group. Put `Point()` into FaultPoints::before_flush.
class GroupGate {
 public:
  std::function<void()> Point() {
    return [this] { Pass(); };
  }
  void Close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  // Waits until somebody stands at the closed gate.
  void AwaitVisitor() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_ > 0; });
  }
  void Open() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = false;
    }
    changed_.notify_all();
  }

 private:
  void Pass() {
    std::unique_lock lock(mutex_);
    if (!closed_) return;
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return !closed_; });
    --waiting_;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;  // guarded by mutex_
  int waiting_ = 0;      // guarded by mutex_
};

}  // namespace registry::store
