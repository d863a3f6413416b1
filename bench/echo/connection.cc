#include "bench/echo/connection.h"

#include <array>

namespace bench {
namespace {

// Who sends and does not read is cut off.
constexpr size_t kMostUnsent = 1 << 20;

}  // namespace

EchoConnection::EchoConnection(SSL_CTX* context, int fd, std::string_view answer)
    : stream_(context, fd), answer_(answer) {}

bool EchoConnection::OnEvents(uint32_t events, Poller& poller) {
  if (!open_) {
    if (!Handshake(poller)) return false;
    if (!open_) return true;
    out_ += answer_;
    if (stream_.has_pending()) events |= EPOLLIN;
  }
  if ((events & ~uint32_t{EPOLLOUT}) != 0 && !Receive()) return false;
  return Flush(poller);
}

bool EchoConnection::Handshake(Poller& poller) {
  const TlsStream::Io io = stream_.Accept();
  open_ = io == TlsStream::Io::kDone;
  Await(io == TlsStream::Io::kWantsWrite ? EPOLLOUT : EPOLLIN, poller);
  return io != TlsStream::Io::kClosed;
}

bool EchoConnection::Receive() {
  static thread_local std::array<char, 1 << 16> buffer;
  do {
    size_t count = 0;
    const TlsStream::Io io = stream_.Read(buffer, &count);
    if (io == TlsStream::Io::kClosed) return false;
    if (io != TlsStream::Io::kDone) return true;
    reader_.Feed({buffer.data(), count});
    while (reader_.Next().has_value()) out_ += answer_;
    if (reader_.broken() || out_.size() > kMostUnsent) return false;
  } while (stream_.has_pending());
  return true;
}

bool EchoConnection::Flush(Poller& poller) {
  const TlsStream::Io io = stream_.Send(out_);
  Await(out_.empty() ? EPOLLIN : EPOLLIN | EPOLLOUT, poller);
  return io != TlsStream::Io::kClosed;
}

void EchoConnection::Await(uint32_t events, Poller& poller) {
  if (events == awaited_) return;
  awaited_ = events;
  poller.Change(stream_.fd(), static_cast<uint32_t>(stream_.fd()), events);
}

}  // namespace bench
