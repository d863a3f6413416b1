#pragma once

#include <string>
#include <string_view>

#include "bench/load/frame_reader.h"
#include "bench/load/poller.h"
#include "bench/load/tls_stream.h"

namespace bench {

// One client: a greeting, and the same answer to every data unit.
class EchoConnection {
 public:
  // `answer` is the data unit and outlives the connection, which takes the socket `fd`.
  EchoConnection(SSL_CTX* context, int fd, std::string_view answer);

  // False: the connection is of no more use.
  bool OnEvents(uint32_t events, Poller& poller);

 private:
  bool Handshake(Poller& poller);
  bool Receive();
  bool Flush(Poller& poller);
  void Await(uint32_t events, Poller& poller);

  TlsStream stream_;
  const std::string_view answer_;
  FrameReader reader_;
  std::string out_;
  bool open_ = false;  // the handshake is over
  uint32_t awaited_ = EPOLLIN;
};

}  // namespace bench
