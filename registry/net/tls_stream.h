#pragma once

#include <openssl/ssl.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstddef>
#include <memory>
#include <string_view>

#include "absl/types/span.h"

namespace registry::net {

// The server's side of TLS on a TCP socket. OpenSSL reads and writes the socket itself, so that a
// record costs one system call and no copy between buffers (docs/decisions/0007).
//
// One operation at a time in each direction of a call: the caller awaits each before the next.
// Everything runs on the socket's executor. Cancelling the socket ends the operation that waits,
// with asio::error::operation_aborted; reading may go on afterwards.
class TlsStream {
 public:
  using Error = boost::system::error_code;
  struct ReadResult {
    Error error;  // asio::error::eof: the peer has said that it sends no more
    size_t bytes = 0;
  };

  // Throws boost::system::system_error if OpenSSL has no memory.
  TlsStream(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& context);

  boost::asio::awaitable<Error> Handshake();
  // At least one byte, unless there is an error. `space` is not empty.
  boost::asio::awaitable<ReadResult> ReadSome(absl::Span<char> space);
  // All of `data`, which the caller keeps alive.
  boost::asio::awaitable<Error> Write(std::string_view data);
  // Says that we send no more, and waits until the peer has said so too.
  boost::asio::awaitable<Error> Shutdown();

  boost::asio::any_io_executor get_executor() { return socket_.get_executor(); }
  boost::asio::ip::tcp::socket& socket() { return socket_; }
  const SSL* native_handle() const { return ssl_.get(); }

 private:
  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };
  // After a call of OpenSSL that returned `result`: waits for what it wants and gives no error, so
  // that it is called again; or says why that is useless.
  boost::asio::awaitable<Error> AwaitWanted(int result);
  boost::asio::awaitable<Error> AwaitReadable();
  boost::asio::awaitable<Error> AwaitWritable();

  boost::asio::ip::tcp::socket socket_;
  std::unique_ptr<SSL, Free> ssl_;
};

}  // namespace registry::net
