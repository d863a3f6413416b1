#include "epp/metrics.h"

namespace epp {

EppMetrics::EppMetrics(registry::net::Metrics& metrics)
    : connections_accepted(
          metrics.Counter("epp_connections_accepted_total", "TCP connections that were accepted.")),
      connections_refused(metrics.Counter("epp_connections_refused_total",
                                          "TCP connections closed at once: too many.")),
      handshakes_failed(metrics.Counter("epp_handshakes_failed_total",
                                        "TLS handshakes that failed or took too long.")),
      logins_refused(metrics.Counter("epp_logins_refused_total", "Logins refused.")),
      slow_readers(metrics.Counter("epp_slow_readers_total",
                                   "Sessions ended since the client did not take its answer.")),
      pauses(metrics.Counter("epp_pauses_total",
                             "Waits of 5 ms before reading, since the queue was full.")),
      connections(metrics.Gauge("epp_connections", "TCP connections.")),
      sessions(metrics.Gauge("epp_sessions", "Sessions that are logged in.")),
      in_flight(metrics.Gauge("epp_commands_in_flight", "Commands that wait for the registry.")),
      metrics_(metrics) {}

void EppMetrics::CountCommand(std::string_view command, registry::ResultCode code,
                              absl::Duration took) {
  prometheus::Counter* counter = nullptr;
  prometheus::Histogram* latency = nullptr;
  {
    // Looking a metric up by its labels costs more than everything else here; static texts are
    // told apart by their address.
    const registry::MutexLock lock(mutex_);
    const int number = static_cast<int>(code);
    auto& known_counter = commands_[{command.data(), number}];
    if (known_counter == nullptr) {
      known_counter =
          &metrics_.Counter("epp_commands_total", "Answers by command and result code.",
                            {{"command", std::string(command)}, {"code", std::to_string(number)}});
    }
    auto& known_latency = latencies_[command.data()];
    if (known_latency == nullptr) {
      known_latency = &metrics_.Latency("epp_command_seconds",
                                        "From the whole frame to the answer, by command.",
                                        {{"command", std::string(command)}});
    }
    counter = known_counter;
    latency = known_latency;
  }
  counter->Increment();
  latency->Observe(absl::ToDoubleSeconds(took));
}

}  // namespace epp
