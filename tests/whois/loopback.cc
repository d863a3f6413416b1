#include "tests/whois/loopback.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include "registry/base/check.h"

namespace tests {

namespace asio = boost::asio;
using asio::ip::tcp;

Loopback::Loopback(whois::TcpServer::Serve serve, int max_per_address) {
  auto server = whois::TcpServer::Open(
      threads_, {"test", {{"127.0.0.1", 0}}, /*max_connections=*/100, max_per_address},
      std::move(serve));
  POSTEL_CHECK(server.ok());
  server_ = *std::move(server);
  server_->Start();
  thread_ = std::thread([this] { threads_.Run(); });
}

Loopback::~Loopback() {
  server_->Stop();
  threads_.Finish();
  thread_.join();
}

LoopbackClient::LoopbackClient(const Loopback& server) {
  socket_.connect({asio::ip::address_v4::loopback(), server.port()});
  const timeval limit{10, 0};
  setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
}

void LoopbackClient::Send(std::string_view text) {
  boost::system::error_code ignored;  // the server may have closed already
  asio::write(socket_, asio::buffer(text.data(), text.size()), ignored);
}

void LoopbackClient::EndSending() { socket_.shutdown(tcp::socket::shutdown_send); }

bool LoopbackClient::ReadMore() {
  std::array<char, 65536> chunk;
  const ssize_t size = recv(socket_.native_handle(), chunk.data(), chunk.size(), 0);
  EXPECT_FALSE(size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) << "nothing for ten seconds";
  if (size <= 0) return false;
  buffer_.append(chunk.data(), static_cast<size_t>(size));
  return true;
}

std::string LoopbackClient::ReadAll() {
  while (ReadMore()) {
  }
  return std::move(buffer_);
}

std::string LoopbackClient::ReadResponse(bool head) {
  size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!ReadMore()) return std::move(buffer_);
  }
  size_t size = end + 4;
  constexpr std::string_view kLength = "Content-Length: ";
  const size_t length = buffer_.find(kLength);
  if (!head && length < end) size += std::stoul(buffer_.substr(length + kLength.size()));
  while (buffer_.size() < size && ReadMore()) {
  }
  std::string response = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return response;
}

bool LoopbackClient::AtEnd() { return buffer_.empty() && !ReadMore(); }

}  // namespace tests
