#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace registry::net {

// Where a server listens: a numeric address, since a name could mean several.
struct Endpoint {
  std::string address;  // "192.0.2.1", "2001:db8::1"
  uint16_t port = 0;    // 0: any free port

  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

// "127.0.0.1:700", "[::1]:700", "[::]:700".
absl::StatusOr<Endpoint> ParseEndpoint(std::string_view text);
std::string FormatEndpoint(const Endpoint& endpoint);

}  // namespace registry::net
