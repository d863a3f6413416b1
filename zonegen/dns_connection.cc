#include "zonegen/dns_connection.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/time/clock.h"
#include "registry/base/text.h"

namespace zonegen {
namespace {

using registry::Concat;

constexpr size_t kReadAtOnce = 65'536;

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

absl::StatusOr<SocketAddress> AddressOf(const registry::net::Endpoint& server) {
  SocketAddress address;
  auto& v4 = reinterpret_cast<sockaddr_in&>(address.storage);
  auto& v6 = reinterpret_cast<sockaddr_in6&>(address.storage);
  if (::inet_pton(AF_INET, server.address.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(server.port);
    address.size = sizeof v4;
  } else if (::inet_pton(AF_INET6, server.address.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(server.port);
    address.size = sizeof v6;
  } else {
    return absl::InvalidArgumentError(Concat(server.address, " is no address"));
  }
  return address;
}

}  // namespace

DnsConnection::DnsConnection(int socket, std::string server, absl::Duration timeout)
    : socket_(socket), server_(std::move(server)), timeout_(timeout) {}

DnsConnection::~DnsConnection() { ::close(socket_); }

absl::Status DnsConnection::Broken(std::string_view what) const {
  return absl::UnavailableError(Concat(server_, ": ", what));
}

absl::StatusOr<std::unique_ptr<DnsConnection>> DnsConnection::Open(
    const registry::net::Endpoint& server, absl::Duration timeout) {
  const auto address = AddressOf(server);
  if (!address.ok()) return address.status();
  const int family = address->storage.ss_family;
  const int socket = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket < 0) return absl::UnavailableError(std::strerror(errno));
  std::unique_ptr<DnsConnection> connection(
      new DnsConnection(socket, registry::net::FormatEndpoint(server), timeout));
  const int one = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address->storage), address->size) != 0 &&
      errno != EINPROGRESS) {
    return connection->Broken(std::strerror(errno));
  }
  if (absl::Status status = connection->Await(POLLOUT, absl::Now() + timeout); !status.ok()) {
    return status;
  }
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) return connection->Broken(std::strerror(error));
  return connection;
}

absl::Status DnsConnection::Await(short events, absl::Time deadline) const {
  while (true) {
    const int64_t left = absl::ToInt64Milliseconds(deadline - absl::Now()) + 1;
    if (left <= 0) return Broken("no answer in time");
    pollfd wanted{socket_, events, 0};
    const int ready = ::poll(&wanted, 1, static_cast<int>(std::min<int64_t>(left, 60'000)));
    if (ready > 0) return absl::OkStatus();
    if (ready < 0 && errno != EINTR) return Broken(std::strerror(errno));
  }
}

absl::Status DnsConnection::Send(std::string_view message) {
  const absl::Time deadline = absl::Now() + timeout_;
  std::string out;
  out.push_back(static_cast<char>(message.size() >> 8));
  out.push_back(static_cast<char>(message.size() & 0xff));
  out += message;
  size_t sent = 0;
  while (sent < out.size()) {
    const ssize_t count = ::send(socket_, out.data() + sent, out.size() - sent, MSG_NOSIGNAL);
    if (count > 0) {
      sent += static_cast<size_t>(count);
    } else if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
      if (absl::Status status = Await(POLLOUT, deadline); !status.ok()) return status;
    } else {
      return Broken(std::strerror(errno));
    }
  }
  return absl::OkStatus();
}

// False: there is nothing at the moment.
absl::StatusOr<bool> DnsConnection::ReadSome() {
  if (taken_ > kReadAtOnce) {
    received_.erase(0, taken_);
    taken_ = 0;
  }
  const size_t before = received_.size();
  received_.resize(before + kReadAtOnce);
  const ssize_t got = ::recv(socket_, received_.data() + before, kReadAtOnce, 0);
  const int error = errno;
  received_.resize(before + static_cast<size_t>(std::max<ssize_t>(got, 0)));
  if (got == 0) return Broken("it has closed the connection");
  if (got > 0) return true;
  if (error != EAGAIN && error != EINTR) return Broken(std::strerror(error));
  return false;
}

absl::Status DnsConnection::Take(size_t count, absl::Time deadline) {
  while (received_.size() - taken_ < count) {
    const auto some = ReadSome();
    if (!some.ok()) return some.status();
    if (*some) continue;
    if (absl::Status status = Await(POLLIN, deadline); !status.ok()) return status;
  }
  return absl::OkStatus();
}

// After Take(2).
size_t DnsConnection::NextSize() const {
  return static_cast<size_t>(static_cast<unsigned char>(received_[taken_])) << 8 |
         static_cast<unsigned char>(received_[taken_ + 1]);
}

absl::StatusOr<bool> DnsConnection::HasMessage() {
  while (true) {
    const size_t there = received_.size() - taken_;
    if (there >= 2 && there >= 2 + NextSize()) return true;
    const auto some = ReadSome();
    if (!some.ok() || !*some) return some;
  }
}

absl::StatusOr<std::string> DnsConnection::Receive() {
  const absl::Time deadline = absl::Now() + timeout_;
  if (absl::Status status = Take(2, deadline); !status.ok()) return status;
  const size_t size = NextSize();
  if (absl::Status status = Take(2 + size, deadline); !status.ok()) return status;
  std::string message = received_.substr(taken_ + 2, size);
  taken_ += 2 + size;
  if (taken_ == received_.size()) {
    received_.clear();
    taken_ = 0;
  }
  return message;
}

bool DnsConnection::Stale() const {
  pollfd wanted{socket_, POLLIN, 0};
  return taken_ < received_.size() || ::poll(&wanted, 1, 0) != 0;
}

}  // namespace zonegen
