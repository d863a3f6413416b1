#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace zonegen {

// How much of a file is written, for one that reads it meanwhile. Thread-safe.
class GrowingFile {
 public:
  // So many octets are there, from the beginning.
  void Reaches(int64_t bytes) {
    const std::lock_guard lock(mutex_);
    bytes_ = bytes;
    changed_.notify_all();
  }
  // Whether it succeeded or not, no more will come.
  void End() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }
  // Until there are `bytes`, or never will be.
  void Await(int64_t bytes) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ended_ || bytes_ >= bytes; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int64_t bytes_ = 0;
  bool ended_ = false;
};

}  // namespace zonegen
