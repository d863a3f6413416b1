#include "bench/echo/server.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "registry/base/text.h"

namespace bench {
namespace {

constexpr size_t kMostConnections = 20000;
constexpr int kBacklog = 4096;

int ListeningSocket(uint16_t port) {
  const int fd = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int on = 1, off = 0;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
  setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(port);
  const auto* any = reinterpret_cast<const sockaddr*>(&address);
  if (bind(fd, any, sizeof address) == 0 && listen(fd, kBacklog) == 0) return fd;
  const int error = errno;
  close(fd);
  errno = error;
  return -1;
}

}  // namespace

absl::StatusOr<std::unique_ptr<EchoServer>> EchoServer::Listen(uint16_t port, SSL_CTX* context,
                                                               std::string_view answer,
                                                               int stop_fd) {
  const int listener = ListeningSocket(port);
  if (listener < 0) {
    return absl::UnavailableError(registry::Concat("port ", port, ": ", std::strerror(errno)));
  }
  return std::unique_ptr<EchoServer>(new EchoServer(listener, context, answer, stop_fd));
}

EchoServer::EchoServer(int listener, SSL_CTX* context, std::string_view answer, int stop_fd)
    : listener_(listener), stop_fd_(stop_fd), context_(context), answer_(answer) {
  poller_.Add(listener_, static_cast<uint32_t>(listener_), EPOLLIN);
  poller_.Add(stop_fd_, static_cast<uint32_t>(stop_fd_), EPOLLIN);
}

EchoServer::~EchoServer() { close(listener_); }

void EchoServer::Run() {
  for (;;) {
    for (const epoll_event& event : poller_.Wait(Instant::max())) {
      const int fd = static_cast<int>(event.data.u32);
      if (fd == stop_fd_) return;
      if (fd == listener_) {
        Accept();
      } else if (const auto found = connections_.find(fd);
                 found != connections_.end() && !found->second->OnEvents(event.events, poller_)) {
        connections_.erase(found);
      }
    }
  }
}

void EchoServer::Accept() {
  const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (fd < 0) return;
  if (connections_.size() == kMostConnections) {
    close(fd);
    return;
  }
  MakeQuick(fd);
  connections_[fd] = std::make_unique<EchoConnection>(context_, fd, answer_);
  poller_.Add(fd, static_cast<uint32_t>(fd), EPOLLIN);
}

}  // namespace bench
