#include "whois/connection.h"

#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <tuple>
#include <utility>

#include "absl/types/span.h"

namespace whois {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto kAwaitTuple = asio::as_tuple(asio::use_awaitable);
constexpr absl::Duration kLinger = absl::Seconds(2);
constexpr size_t kLingerBytes = 64 * 1024;

}  // namespace

Connection::Connection(tcp::socket socket)
    : stream_(std::move(socket)), deadline_(executor(), [this] {
        boost::system::error_code ignored;
        this->socket().cancel(ignored);
      }) {
  Prepare();
}

Connection::Connection(tcp::socket socket, asio::ssl::context& tls)
    : stream_(std::in_place_type<TlsStream>, std::move(socket), tls), deadline_(executor(), [this] {
        boost::system::error_code ignored;
        this->socket().cancel(ignored);
      }) {
  Prepare();
}

void Connection::Prepare() {
  boost::system::error_code ignored;
  socket().set_option(tcp::no_delay(true), ignored);
}

tcp::socket& Connection::socket() {
  TlsStream* stream = tls();
  return stream != nullptr ? stream->socket() : std::get<Socket>(stream_);
}

asio::awaitable<bool> Connection::Handshake(absl::Duration timeout) {
  TlsStream* stream = tls();
  if (stream == nullptr) co_return true;
  deadline_.SetAfter(timeout);
  const TlsStream::Error error = co_await stream->Handshake();
  deadline_.Clear();
  co_return !error;
}

asio::awaitable<Connection::Received> Connection::Read(std::string& buffer, bool idle) {
  if (deadline_.missed() || (idle && stopping_)) co_return Received::kGone;
  idle_ = idle;
  boost::system::error_code error;
  size_t size = 0;
  if (TlsStream* stream = tls()) {
    const TlsStream::ReadResult read = co_await stream->ReadSome(absl::MakeSpan(chunk_));
    error = read.error;
    size = read.bytes;
  } else {
    const asio::mutable_buffer space = asio::buffer(chunk_);
    std::tie(error, size) = co_await socket().async_read_some(space, kAwaitTuple);
  }
  idle_ = false;
  if (error == asio::error::eof) co_return Received::kEnd;
  if (error) co_return Received::kGone;
  buffer.append(chunk_.data(), size);
  co_return Received::kData;
}

asio::awaitable<bool> Connection::Write(std::string text) {
  co_return co_await Write(std::move(text), std::string_view());
}

asio::awaitable<bool> Connection::Write(std::string text, std::string_view rest) {
  if (TlsStream* stream = tls()) {
    text += rest;  // so that it is as few records as can be
    const TlsStream::Error error = co_await stream->Write(text);
    co_return !error;
  }
  const std::array<asio::const_buffer, 2> both = {asio::buffer(text),
                                                  asio::buffer(rest.data(), rest.size())};
  auto [error, size] = co_await asio::async_write(socket(), both, kAwaitTuple);
  co_return !error && size == text.size() + rest.size();
}

size_t Connection::SendWithEnd(std::string_view text) {
  socket().native_non_blocking(true);
  const ssize_t sent =
      ::send(socket().native_handle(), text.data(), text.size(), MSG_MORE | MSG_NOSIGNAL);
  return sent > 0 ? static_cast<size_t>(sent) : 0;
}

asio::awaitable<void> Connection::Finish(std::string text) {
  text.erase(0, tls() == nullptr ? SendWithEnd(text) : 0);
  const bool sent = text.empty() || co_await Write(std::move(text));
  if (sent) co_await Close();
}

asio::awaitable<void> Connection::Close() {
  boost::system::error_code ignored;
  deadline_.SetAfter(kLinger);
  if (TlsStream* stream = tls()) co_await stream->Shutdown();
  socket().shutdown(tcp::socket::shutdown_send, ignored);
  const asio::mutable_buffer space = asio::buffer(chunk_);
  for (size_t discarded = 0; discarded < kLingerBytes && !deadline_.missed();) {
    auto [error, size] = co_await socket().async_read_some(space, kAwaitTuple);
    if (error) break;
    discarded += size;
  }
  deadline_.Clear();
  socket().close(ignored);
}

void Connection::Stop() {
  asio::post(executor(), [self = shared_from_this()] {
    self->stopping_ = true;
    if (!self->idle_) return;
    boost::system::error_code ignored;
    self->socket().cancel(ignored);
  });
}

}  // namespace whois
