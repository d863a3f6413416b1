#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/load/histogram.h"
#include "bench/load/instant.h"

namespace bench {

// How a look-up goes over the wire.
enum class Protocol : uint8_t {
  kRdap,   // HTTP/1.1, the connection stays
  kHttp,   // HTTP/1.0, a connection for each request
  kWhois,  // a connection for each query
};

struct AskerSettings {
  Protocol protocol = Protocol::kRdap;
  std::string host;  // an IPv4 address
  uint16_t port = 0;
  int connections = 1;  // of this asker
  double rate = 0;      // of this asker, queries a second; 0: as fast as the answers come
  Instant measure_from, until;
  size_t first_name = 0;
};

// What one asker found between measure_from and until.
struct AskerResult {
  Histogram microseconds;  // from when a query was due to the end of its answer
  int64_t answers = 0;
  int64_t found = 0;      // HTTP 200; of WHOIS those that are longer than a no match
  int64_t not_found = 0;  // HTTP 404, no match
  int64_t failures = 0;   // anything else, broken connections
  int64_t bytes = 0;
};

// Asks for the names one after the other, from the first_name-th on, around and around, over so
// many connections at once; in the calling thread.
AskerResult Ask(const AskerSettings& settings, const std::vector<std::string>& names);

}  // namespace bench
