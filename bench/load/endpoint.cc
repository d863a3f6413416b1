#include "bench/load/endpoint.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "bench/load/tls_stream.h"
#include "registry/base/text.h"

namespace bench {
namespace {

// BBR, where that is the default, takes a timer for every segment: a tenth of the driver's CPU.
void UseSimplestCongestionControl(int fd) {
  constexpr std::string_view kName = "reno";  // every kernel has it
  setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, kName.data(), kName.size());
}

}  // namespace

absl::StatusOr<Endpoint> Resolve(const std::string& host, const std::string& port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &found);
  if (error != 0) {
    return absl::NotFoundError(registry::Concat(host, ":", port, ": ", gai_strerror(error)));
  }
  Endpoint endpoint;
  std::memcpy(&endpoint.address, found->ai_addr, found->ai_addrlen);
  endpoint.length = found->ai_addrlen;
  freeaddrinfo(found);
  return endpoint;
}

int BeginConnect(const Endpoint& endpoint) {
  const int fd = socket(endpoint.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  MakeQuick(fd);
  UseSimplestCongestionControl(fd);
  const auto* address = reinterpret_cast<const sockaddr*>(&endpoint.address);
  if (connect(fd, address, endpoint.length) == 0 || errno == EINPROGRESS) return fd;
  const int error = errno;
  close(fd);
  errno = error;
  return -1;
}

}  // namespace bench
