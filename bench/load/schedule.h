#pragma once

#include <cstdint>

#include "bench/load/instant.h"

namespace bench {

// When commands are to be sent. Open loop: at fixed instants, whatever the answers do. Closed loop:
// whenever a session is free.
class Schedule {
 public:
  static Schedule Closed() { return Schedule(0, {}); }
  static Schedule Open(double rate, Instant start) { return Schedule(rate, start); }

  bool IsDue(Instant now) const { return closed() || next_ <= now; }
  // The instant that the next command's latency is counted from; it is the one due at `now`.
  Instant Take(Instant now);
  // When the next command is due, past if it is; a closed loop waits for answers only.
  Instant NextDue() const { return closed() ? Instant::max() : next_; }
  // Commands due before `end`, taken or not; 0 in a closed loop.
  int64_t DueBefore(Instant end) const;

 private:
  Schedule(double rate, Instant start) : rate_(rate), start_(start), next_(start) {}
  bool closed() const { return rate_ <= 0; }
  Instant At(int64_t number) const;

  double rate_;
  Instant start_, next_;
  int64_t taken_ = 0;
};

}  // namespace bench
