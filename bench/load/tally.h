#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bench {

// What a run counted. Latencies are from the first octet sent to the last received, in
// microseconds.
struct Tally {
  std::vector<uint32_t> microseconds;  // of answers within the measured time
  std::map<int, int64_t> codes;        // answers by result code, within the measured time
  int64_t broken = 0;                  // connections that ended before their time

  int64_t answers() const { return static_cast<int64_t>(microseconds.size()); }
  // 0 <= share <= 1; 0 if nothing was measured. Sorts.
  uint32_t Percentile(double share);
  // One JSON object on one line.
  std::string ToJson(const std::string& command, int sessions, double seconds);
};

}  // namespace bench
