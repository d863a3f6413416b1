#include "registry/net/tls_stream.h"

#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <cerrno>
#include <climits>
#include <utility>

namespace registry::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

const auto kAwait = asio::as_tuple(asio::use_awaitable);

TlsStream::Error LastError() {
  const unsigned long code = ERR_get_error();
  if (code == 0) return asio::ssl::error::stream_truncated;
  if (ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
    return asio::ssl::error::stream_truncated;
  }
  return {static_cast<int>(code), asio::error::get_ssl_category()};
}

// Before a call whose failure is to be told from an earlier one's.
void ForgetErrors() {
  ERR_clear_error();
  errno = 0;
}

int AtMost(size_t size) { return static_cast<int>(std::min<size_t>(size, INT_MAX)); }

}  // namespace

TlsStream::TlsStream(tcp::socket socket, asio::ssl::context& context)
    : socket_(std::move(socket)), ssl_(SSL_new(context.native_handle())) {
  socket_.native_non_blocking(true);
  if (ssl_ == nullptr || SSL_set_fd(ssl_.get(), socket_.native_handle()) != 1) {
    throw boost::system::system_error(LastError(), "SSL_new");
  }
  SSL_set_accept_state(ssl_.get());
  SSL_set_mode(ssl_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE);
  // One read for a record's head and body.
  SSL_set_read_ahead(ssl_.get(), 1);
}

asio::awaitable<TlsStream::Error> TlsStream::AwaitReadable() {
  auto [error] = co_await socket_.async_wait(tcp::socket::wait_read, kAwait);
  co_return error;
}

asio::awaitable<TlsStream::Error> TlsStream::AwaitWritable() {
  auto [error] = co_await socket_.async_wait(tcp::socket::wait_write, kAwait);
  co_return error;
}

asio::awaitable<TlsStream::Error> TlsStream::AwaitWanted(int result) {
  const int system_error = errno;
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      co_return co_await AwaitReadable();
    case SSL_ERROR_WANT_WRITE:
      co_return co_await AwaitWritable();
    case SSL_ERROR_ZERO_RETURN:
      co_return asio::error::eof;
    case SSL_ERROR_SYSCALL:
      if (system_error == 0) co_return asio::ssl::error::stream_truncated;
      co_return Error(system_error, boost::system::system_category());
    default:
      co_return LastError();
  }
}

asio::awaitable<TlsStream::Error> TlsStream::Handshake() {
  while (true) {
    ForgetErrors();
    const int result = SSL_do_handshake(ssl_.get());
    if (result == 1) co_return Error();
    const Error error = co_await AwaitWanted(result);
    if (error) co_return error;
  }
}

asio::awaitable<TlsStream::ReadResult> TlsStream::ReadSome(absl::Span<char> space) {
  // A client seldom has sent its next command already: looking first would be a wasted call.
  if (SSL_has_pending(ssl_.get()) == 0) {
    const Error error = co_await AwaitReadable();
    if (error) co_return ReadResult{error};
  }
  while (true) {
    ForgetErrors();
    const int result = SSL_read(ssl_.get(), space.data(), AtMost(space.size()));
    if (result > 0) co_return ReadResult{{}, static_cast<size_t>(result)};
    const Error error = co_await AwaitWanted(result);
    if (error) co_return ReadResult{error};
  }
}

asio::awaitable<TlsStream::Error> TlsStream::Write(std::string_view data) {
  while (!data.empty()) {
    ForgetErrors();
    const int result = SSL_write(ssl_.get(), data.data(), AtMost(data.size()));
    if (result > 0) {
      data.remove_prefix(static_cast<size_t>(result));
      continue;
    }
    const Error error = co_await AwaitWanted(result);
    if (error) co_return error;
  }
  co_return Error();
}

asio::awaitable<TlsStream::Error> TlsStream::Shutdown() {
  while (true) {
    ForgetErrors();
    const int result = SSL_shutdown(ssl_.get());
    if (result == 1) co_return Error();
    if (result == 0) break;  // our part is sent
    const Error error = co_await AwaitWanted(result);
    if (error) co_return error;
  }
  // The peer's part comes behind what it had sent before, which is of no use now.
  std::array<char, 1024> discarded;
  while (true) {
    const ReadResult read = co_await ReadSome(absl::MakeSpan(discarded));
    if (read.error == asio::error::eof) co_return Error();
    if (read.error) co_return read.error;
  }
}

}  // namespace registry::net
