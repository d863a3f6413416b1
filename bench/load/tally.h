#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "bench/load/cpu_meter.h"
#include "bench/load/histogram.h"
#include "bench/load/instant.h"
#include "bench/load/series.h"
#include "bench/load/workload.h"

namespace bench {

// What the answers within the measured time were, and what they cost.
class Tally {
 public:
  // Counts answers received in [from, until). `users`: how many there are.
  Tally(Instant from, Instant until, int users, Series& series);

  // To be called often, since it marks the beginning and the end and the seconds between.
  void Advance(Instant now);
  // Something has to be marked then.
  Instant NextMark() const;
  void OnAnswer(int user, Kind kind, int code, Instant since, Instant now);
  // The end of a measurement that the clock does not end: the last answer.
  void EndWithLastAnswer();

  double seconds() const;
  int64_t answers() const { return latencies_.count(); }
  const Histogram& latencies() const { return latencies_; }            // microseconds
  const std::map<int, int64_t>& codes() const { return codes_; }       // answers by code
  const std::vector<int64_t>& wins() const { return wins_; }           // names created, by user
  Clock::duration longest_gap() const { return longest_gap_; }         // without an answer
  double cpu_us() const { return static_cast<double>(cpu_.count()); }  // of this process

 private:
  void End(Instant end);

  const Instant from_;
  Instant until_;
  Instant next_second_;
  bool begun_ = false, ended_ = false;
  Instant last_answer_;
  Clock::duration longest_gap_{};
  Histogram latencies_;
  std::map<int, int64_t> codes_;
  std::vector<int64_t> wins_;
  CpuMeter meter_;
  std::chrono::microseconds cpu_{};
  Series& series_;
};

}  // namespace bench
