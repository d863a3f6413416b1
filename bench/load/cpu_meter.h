#pragma once

#include <chrono>

namespace bench {

// The CPU time of this process since Start.
class CpuMeter {
 public:
  void Start() { started_ = Used(); }
  std::chrono::microseconds Taken() const { return Used() - started_; }

 private:
  static std::chrono::microseconds Used();

  std::chrono::microseconds started_{};
};

}  // namespace bench
