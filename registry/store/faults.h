#pragma once

#include <functional>

namespace registry::store {

// For tests of what happens when the database goes away at the worst moment. Called on the lane's
// thread, before each group's step. Empty functions are not called.
struct FaultPoints {
  std::function<void()> before_flush;       // decided; nothing has been written
  std::function<void()> before_commit;      // all is written; COMMIT has not been sent
  std::function<void()> after_commit_sent;  // COMMIT has been sent; its result has not been read
};

}  // namespace registry::store
