#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace zonegen {

// An exclusive lock on FILE, which is made if it is not there and stays. The kernel lets go of it
// with the process, so that nothing remains of one that was killed.
class FileLock {
 public:
  // Does not wait. kAborted: somebody else has it.
  static absl::StatusOr<FileLock> Acquire(const std::string& file);
  ~FileLock();
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;  // -1: moved away
};

}  // namespace zonegen
