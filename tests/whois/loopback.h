#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "registry/net/io_threads.h"
#include "whois/tcp_server.h"

namespace tests {

// A TcpServer on 127.0.0.1 and a free port, with a thread that serves it.
class Loopback {
 public:
  explicit Loopback(whois::TcpServer::Serve serve, int max_per_address = 100);
  ~Loopback();  // stops, and waits for the connections to end

  uint16_t port() const { return server_->endpoints().front().port; }
  whois::TcpServer& server() { return *server_; }

 private:
  registry::net::IoThreads threads_{1};
  std::unique_ptr<whois::TcpServer> server_;
  std::thread thread_;
};

// A client that blocks. Whatever the server does, a read ends after ten seconds.
class LoopbackClient {
 public:
  explicit LoopbackClient(const Loopback& server);

  void Send(std::string_view text);
  void EndSending();  // the server reads the end of the stream
  // Everything up to the end of the stream.
  std::string ReadAll();
  // An HTTP answer with its body. `head`: the answer to HEAD, which has none.
  std::string ReadResponse(bool head = false);
  // True: the server has closed, in order or not, and there is nothing left to read.
  bool AtEnd();

 private:
  bool ReadMore();

  boost::asio::io_context io_;
  boost::asio::ip::tcp::socket socket_{io_};
  std::string buffer_;
};

}  // namespace tests
