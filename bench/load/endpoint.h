#pragma once

#include <sys/socket.h>

#include <string>

#include "absl/status/statusor.h"

namespace bench {

struct Endpoint {
  sockaddr_storage address{};
  socklen_t length = 0;
};

// The first address of that name.
absl::StatusOr<Endpoint> Resolve(const std::string& host, const std::string& port);

// A socket that has begun to connect; -1 if that cannot be, errno says why.
int BeginConnect(const Endpoint& endpoint);

}  // namespace bench
