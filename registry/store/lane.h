#pragma once

#include <thread>

#include "registry/store/shared.h"

namespace registry::store {

// A thread with a connection that takes groups from a queue until the queue is closed and drained.
class Lane {
 public:
  Lane(Shared& shared, bool writes);
  ~Lane();  // waits for the end

 private:
  std::thread thread_;
};

}  // namespace registry::store
