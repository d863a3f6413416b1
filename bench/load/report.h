#pragma once

#include <cstdint>
#include <string>

#include "bench/load/options.h"
#include "bench/load/tally.h"

namespace bench {

// What the tally does not know.
struct Connections {
  int64_t broken = 0, reconnects = 0;
  int64_t late = 0;  // commands of the schedule that were unanswered at the end
};

// One JSON object on one line.
std::string ReportJson(const Options& options, const Tally& tally, const Connections& connections);

}  // namespace bench
