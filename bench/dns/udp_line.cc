#include "bench/dns/udp_line.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "bench/load/endpoint.h"
#include "registry/base/text.h"

namespace bench {

absl::StatusOr<UdpLine> UdpLine::Open(std::string_view endpoint) {
  const size_t colon = endpoint.rfind(':');
  if (colon == endpoint.npos) {
    return absl::InvalidArgumentError(registry::Concat("'", endpoint, "' is not ADDRESS:PORT"));
  }
  const auto address =
      Resolve(std::string(endpoint.substr(0, colon)), std::string(endpoint.substr(colon + 1)));
  if (!address.ok()) return address.status();
  UdpLine line(::socket(address->address.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const auto* to = reinterpret_cast<const sockaddr*>(&address->address);
  if (line.socket_ < 0 || connect(line.socket_, to, address->length) != 0) {
    return absl::UnavailableError(registry::Concat(endpoint, ": ", std::strerror(errno)));
  }
  return line;
}

UdpLine::~UdpLine() {
  if (socket_ >= 0) close(socket_);
}

void UdpLine::Send(std::string_view message) const {
  (void)!send(socket_, message.data(), message.size(), 0);
}

std::optional<std::string> UdpLine::Receive() const {
  std::array<char, 4096> buffer;
  const ssize_t size = recv(socket_, buffer.data(), buffer.size(), 0);
  if (size < 0) return std::nullopt;
  return std::string(buffer.data(), static_cast<size_t>(size));
}

}  // namespace bench
