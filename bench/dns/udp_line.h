#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace bench {

// A UDP socket to one server that never waits.
class UdpLine {
 public:
  // "127.0.0.1:53"
  static absl::StatusOr<UdpLine> Open(std::string_view endpoint);
  UdpLine(UdpLine&& other) noexcept : socket_(other.socket_) { other.socket_ = -1; }
  UdpLine& operator=(UdpLine&&) = delete;
  ~UdpLine();

  int socket() const { return socket_; }
  // What the kernel does not take is lost, as datagrams may be.
  void Send(std::string_view message) const;
  std::optional<std::string> Receive() const;

 private:
  explicit UdpLine(int socket) : socket_(socket) {}
  int socket_;
};

}  // namespace bench
