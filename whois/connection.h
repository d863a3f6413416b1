#pragma once

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "registry/net/deadline.h"

namespace whois {

// One client's connection. Everything happens on the socket's thread, save Stop.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  explicit Connection(boost::asio::ip::tcp::socket socket);

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
  // Ends our side and waits, not for long, for the client to end its own. Closing at once would
  // make the kernel reset the connection if anything unread had arrived, and the client could lose
  // our answer.
  boost::asio::awaitable<void> Close();

  boost::asio::any_io_executor executor() { return socket_.get_executor(); }
  // Reads and writes end when it has passed. Moved by the protocol before each of its steps.
  registry::net::Deadline& deadline() { return deadline_; }

  // From any thread: idle connections are closed, others after their answer.
  void Stop();
  bool stopping() const { return stopping_; }

 private:
  static constexpr size_t kChunkBytes = 4096;

  boost::asio::ip::tcp::socket socket_;
  registry::net::Deadline deadline_;
  std::array<char, kChunkBytes> chunk_;
  bool idle_ = false;
  bool stopping_ = false;
};

}  // namespace whois
