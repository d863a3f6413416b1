#include "whois/failure_log.h"

#include <chrono>
#include <string>

#include "registry/base/log.h"

namespace whois {
namespace {

int64_t Milliseconds() {
  const auto time = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

}  // namespace

void FailureLog::Add(std::string_view lookup, const absl::Status& status) {
  failures_.fetch_add(1);
  const int64_t now = Milliseconds();
  int64_t next = next_line_ms_.load();
  if (now < next || !next_line_ms_.compare_exchange_strong(next, now + 1000)) return;
  registry::Log(registry::LogLevel::kError, "whois.lookup_failed",
                {{"lookup", lookup},
                 {"failures", failures_.exchange(0)},
                 {"error", std::string(status.message())}});
}

}  // namespace whois
