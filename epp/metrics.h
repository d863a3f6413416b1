#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "registry/base/mutex.h"
#include "registry/base/result_code.h"
#include "registry/net/metrics.h"

namespace epp {

// What postel-epp counts. Thread-safe. Labels are names of commands and result codes, both finite.
class EppMetrics {
 public:
  // `metrics` outlives this.
  explicit EppMetrics(registry::net::Metrics& metrics);

  // `command` is static text. From a whole frame to an answer ready to be sent.
  void CountCommand(std::string_view command, registry::ResultCode code, absl::Duration took);

  prometheus::Counter& connections_accepted;
  prometheus::Counter& connections_refused;  // beyond the limits, before TLS
  prometheus::Counter& handshakes_failed;
  prometheus::Counter& logins_refused;
  prometheus::Counter& slow_readers;  // sessions ended by the write timeout
  prometheus::Counter& pauses;        // waits because the store's queue was full
  prometheus::Gauge& connections;
  prometheus::Gauge& sessions;   // logged in
  prometheus::Gauge& in_flight;  // commands that wait for the registry

 private:
  registry::net::Metrics& metrics_;
  registry::Mutex mutex_;
  absl::flat_hash_map<std::pair<const char*, int>, prometheus::Counter*> commands_
      ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<const char*, prometheus::Histogram*> latencies_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace epp
