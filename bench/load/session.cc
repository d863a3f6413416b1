#include "bench/load/session.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "bench/load/answer.h"
#include "registry/base/text.h"

namespace bench {

bool Session::Open(const Endpoint& endpoint, SSL_CTX* context, Poller& poller) {
  const int fd = BeginConnect(endpoint);
  if (fd < 0) return Fail(std::strerror(errno));
  stream_ = std::make_unique<TlsStream>(context, fd);
  state_ = State::kConnecting;
  awaited_ = EPOLLOUT;
  poller.Add(fd, static_cast<uint32_t>(number_), awaited_);
  return true;
}

bool Session::OnEvents(uint32_t events, Poller& poller, Listener& listener) {
  if (state_ == State::kClosed) return true;
  if (state_ == State::kConnecting && !OnConnected()) return false;
  if (state_ == State::kHandshake) {
    if (!Handshake(poller)) return false;
    // The greeting may have come along with the end of the handshake.
    if (state_ == State::kHandshake || !stream_->has_pending()) return true;
  }
  if ((events & EPOLLOUT) != 0 && !Flush(poller)) return false;
  return (events & ~uint32_t{EPOLLOUT}) == 0 || Receive(poller, listener);
}

bool Session::OnConnected() {
  int error = 0;
  socklen_t length = sizeof error;
  getsockopt(stream_->fd(), SOL_SOCKET, SO_ERROR, &error, &length);
  if (error != 0) return Fail(std::strerror(error));
  state_ = State::kHandshake;
  return true;
}

bool Session::Handshake(Poller& poller) {
  switch (stream_->Connect()) {
    case TlsStream::Io::kDone:
      state_ = State::kGreeting;
      Await(EPOLLIN, poller);
      return true;
    case TlsStream::Io::kWantsRead:
      Await(EPOLLIN, poller);
      return true;
    case TlsStream::Io::kWantsWrite:
      Await(EPOLLOUT, poller);
      return true;
    case TlsStream::Io::kClosed:
      break;
  }
  return Fail(registry::Concat("TLS handshake: ", stream_->problem()));
}

bool Session::Receive(Poller& poller, Listener& listener) {
  static std::array<char, 1 << 16> buffer;
  do {
    size_t count = 0;
    const TlsStream::Io io = stream_->Read(buffer, &count);
    if (io == TlsStream::Io::kClosed) return Fail(stream_->problem());
    if (io != TlsStream::Io::kDone) return true;
    reader_.Feed({buffer.data(), count});
    while (const auto xml = reader_.Next()) {
      if (!OnFrame(*xml, poller, listener)) return false;
    }
    if (reader_.broken()) return Fail("a data unit with an impossible length");
  } while (stream_->has_pending());
  return true;
}

bool Session::OnFrame(std::string_view xml, Poller& poller, Listener& listener) {
  if (state_ == State::kGreeting) {
    state_ = State::kLogin;
    out_ += login_;
    return Flush(poller);
  }
  if (state_ == State::kLogin) return OnLoginAnswer(xml, listener);
  if (outstanding_.empty()) return Fail(registry::Concat("an answer to nothing: ", xml));
  const Sent sent = outstanding_.front();
  outstanding_.pop_front();
  listener.OnAnswer(*this, sent, xml);
  return true;
}

bool Session::OnLoginAnswer(std::string_view xml, Listener& listener) {
  if (ResultCodeOf(xml) != 1000) return Fail(registry::Concat("login refused: ", xml));
  state_ = State::kReady;
  listener.OnReady(*this);
  return true;
}

bool Session::Flush(Poller& poller) {
  const TlsStream::Io io = stream_->Send(out_);
  if (io == TlsStream::Io::kClosed) return Fail(stream_->problem());
  Await(out_.empty() ? EPOLLIN : EPOLLIN | EPOLLOUT, poller);
  return true;
}

void Session::Await(uint32_t events, Poller& poller) {
  if (events == awaited_) return;
  awaited_ = events;
  poller.Change(stream_->fd(), static_cast<uint32_t>(number_), events);
}

std::deque<Session::Sent> Session::Close() {
  ++generation_;
  state_ = State::kClosed;
  stream_.reset();
  reader_ = FrameReader();
  out_.clear();
  return std::exchange(outstanding_, {});
}

bool Session::Fail(std::string problem) {
  problem_ = std::move(problem);
  return false;
}

}  // namespace bench
