#pragma once

#include <memory>
#include <string_view>
#include <unordered_map>

#include "absl/status/statusor.h"
#include "bench/echo/connection.h"
#include "bench/load/poller.h"

namespace bench {

// What one thread of tls-echo does: accepts on a port that the other threads listen on, too, and
// answers.
class EchoServer {
 public:
  // `context` and `answer` (a data unit) outlive the server, which ends when `stop_fd` can be read.
  static absl::StatusOr<std::unique_ptr<EchoServer>> Listen(uint16_t port, SSL_CTX* context,
                                                            std::string_view answer, int stop_fd);
  ~EchoServer();
  EchoServer(const EchoServer&) = delete;
  EchoServer& operator=(const EchoServer&) = delete;

  void Run();

 private:
  EchoServer(int listener, SSL_CTX* context, std::string_view answer, int stop_fd);
  void Accept();

  const int listener_, stop_fd_;
  SSL_CTX* const context_;
  const std::string_view answer_;
  Poller poller_;
  std::unordered_map<int, std::unique_ptr<EchoConnection>> connections_;  // by descriptor
};

}  // namespace bench
