#include "bench/load/cpu_meter.h"

#include <sys/resource.h>

namespace bench {
namespace {

std::chrono::microseconds Span(const timeval& time) {
  return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

}  // namespace

std::chrono::microseconds CpuMeter::Used() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return Span(usage.ru_utime) + Span(usage.ru_stime);
}

}  // namespace bench
