#pragma once

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "absl/time/time.h"
#include "registry/net/deadline.h"
#include "registry/net/tls_stream.h"

namespace whois {

// One client's connection. Everything happens on the socket's thread, save Stop.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  explicit Connection(boost::asio::ip::tcp::socket socket);
  // With TLS; Handshake comes first. Throws boost::system::system_error if OpenSSL has no memory.
  Connection(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& tls);

  // False: the client cannot be understood, or not in time.
  boost::asio::awaitable<bool> Handshake(absl::Duration timeout);

  enum class Received : uint8_t {
    kData,
    kEnd,   // the client sends no more, but may still be reading
    kGone,  // broken, past the deadline, or we stop
  };
  // Appends to `buffer` what arrives next. `idle`: the client has asked for nothing yet, so Stop
  // may end the wait.
  boost::asio::awaitable<Received> Read(std::string& buffer, bool idle);
  // False: broken or past the deadline.
  boost::asio::awaitable<bool> Write(std::string text);
  // Both, one behind the other; the caller keeps `rest` alive.
  boost::asio::awaitable<bool> Write(std::string text, std::string_view rest);
  // The last that is sent, and Close: the end goes in the same packet.
  boost::asio::awaitable<void> Finish(std::string text);
  // Ends our side and waits, not for long, for the client to end its own. Closing at once would
  // make the kernel reset the connection if anything unread had arrived, and the client could lose
  // our answer.
  boost::asio::awaitable<void> Close();

  boost::asio::any_io_executor executor() { return socket().get_executor(); }
  // Reads and writes end when it has passed. Moved by the protocol before each of its steps.
  registry::net::Deadline& deadline() { return deadline_; }

  // From any thread: idle connections are closed, others after their answer.
  void Stop();
  bool stopping() const { return stopping_; }

 private:
  static constexpr size_t kChunkBytes = 4096;

  using Socket = boost::asio::ip::tcp::socket;
  using TlsStream = registry::net::TlsStream;
  TlsStream* tls() { return std::get_if<TlsStream>(&stream_); }
  Socket& socket();
  void Prepare();
  // How much of it the kernel has taken without waiting; it is sent with what follows.
  size_t SendWithEnd(std::string_view text);

  std::variant<Socket, TlsStream> stream_;
  registry::net::Deadline deadline_;
  std::array<char, kChunkBytes> chunk_;
  bool idle_ = false;
  bool stopping_ = false;
};

}  // namespace whois
