#include "registry/cds/dns_client.h"

#include <openssl/rand.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <utility>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/net/deadline.h"

namespace cds {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using asio::ip::udp;
using registry::Concat;
using registry::IpAddress;

constexpr auto kToken = asio::as_tuple(asio::use_awaitable);

// Of a clock that does not jump.
absl::Time Monotonic() {
  return absl::UnixEpoch() + absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

asio::ip::address AddressOf(const IpAddress& server) {
  const std::string_view octets = server.octets();
  if (server.family() == IpAddress::Family::kV4) {
    asio::ip::address_v4::bytes_type bytes;
    std::copy(octets.begin(), octets.end(), bytes.begin());
    return asio::ip::address_v4(bytes);
  }
  asio::ip::address_v6::bytes_type bytes;
  std::copy(octets.begin(), octets.end(), bytes.begin());
  return asio::ip::address_v6(bytes);
}

// Nobody should guess it.
uint16_t RandomId() {
  uint16_t id = 0;
  POSTEL_CHECK(RAND_bytes(reinterpret_cast<unsigned char*>(&id), sizeof id) == 1);
  return id;
}

absl::Status Silent(const IpAddress& server, const boost::system::error_code& error, bool late) {
  return absl::UnavailableError(
      Concat(server.ToString(), ": ", late ? "no answer in time" : error.message()));
}

}  // namespace

DnsClient::DnsClient(asio::io_context& io, Options options)
    : io_(io), options_(options), servers_(options.limits) {}

size_t DnsClient::resting() const { return servers_.Resting(Monotonic()); }

asio::awaitable<void> DnsClient::AwaitTurn(IpAddress server) {
  asio::steady_timer timer(io_);
  absl::Time turn = servers_.TakeTurn(server, Monotonic());
  if (absl::Duration wait = turn - Monotonic(); wait > absl::ZeroDuration()) {
    timer.expires_after(absl::ToChronoNanoseconds(wait));
    co_await timer.async_wait(kToken);
  }
  turn = servers_.TakeTurn(Monotonic());
  if (absl::Duration wait = turn - Monotonic(); wait > absl::ZeroDuration()) {
    timer.expires_after(absl::ToChronoNanoseconds(wait));
    co_await timer.async_wait(kToken);
  }
}

asio::awaitable<absl::StatusOr<DnsAnswer>> DnsClient::Ask(IpAddress server, DnsQuestion question,
                                                          Transport transport) {
  absl::Status last = absl::UnavailableError(Concat(server.ToString(), ": left alone for a while"));
  for (int attempt = 0; attempt < options_.attempts; ++attempt) {
    if (servers_.Rests(server, Monotonic())) co_return last;
    co_await AwaitTurn(server);
    auto answer = co_await Try(server, question, transport);
    if (answer.ok() && answer->truncated() && transport == Transport::kUdp) {
      co_await AwaitTurn(server);
      answer = co_await Try(server, question, Transport::kTcp);
    }
    if (answer.ok()) {
      servers_.NoteAnswer(server);
      co_return answer;
    }
    last = answer.status();
    servers_.NoteSilence(server, Monotonic());
  }
  ++counts_.unanswered;
  co_return last;
}

asio::awaitable<absl::StatusOr<DnsAnswer>> DnsClient::Try(IpAddress server, DnsQuestion question,
                                                          Transport transport) {
  if (transport == Transport::kUdp) co_return co_await AskOverUdp(server, std::move(question));
  co_return co_await AskOverTcp(server, std::move(question));
}

asio::awaitable<absl::StatusOr<DnsAnswer>> DnsClient::AskOverUdp(IpAddress server,
                                                                 DnsQuestion question) {
  ++counts_.udp;
  const udp::endpoint endpoint(AddressOf(server), options_.port);
  udp::socket socket(io_);
  boost::system::error_code error;
  socket.open(endpoint.protocol(), error);
  // Connected: the system drops what comes from elsewhere, and says when a port is closed.
  if (!error) socket.connect(endpoint, error);
  if (error) co_return Silent(server, error, false);

  registry::net::Deadline deadline(io_.get_executor(), [&socket] { socket.cancel(); });
  deadline.SetAfter(options_.timeout);
  const uint16_t id = RandomId();
  const std::string query = MakeQuery(question, id);
  auto [send_error, sent] = co_await socket.async_send(asio::buffer(query), kToken);
  if (send_error) co_return Silent(server, send_error, deadline.missed());
  std::array<char, 4096> buffer;
  while (true) {
    auto [receive_error, size] = co_await socket.async_receive(asio::buffer(buffer), kToken);
    if (receive_error) co_return Silent(server, receive_error, deadline.missed());
    auto answer = DnsAnswer::Parse(std::string_view(buffer.data(), size), question, id);
    // Anything else may be a forgery: the answer may still come.
    if (answer.ok()) co_return answer;
    if (deadline.missed()) co_return Silent(server, receive_error, true);
  }
}

asio::awaitable<absl::StatusOr<DnsAnswer>> DnsClient::AskOverTcp(IpAddress server,
                                                                 DnsQuestion question) {
  ++counts_.tcp;
  const tcp::endpoint endpoint(AddressOf(server), options_.port);
  tcp::socket socket(io_);
  boost::system::error_code error;
  socket.open(endpoint.protocol(), error);
  if (error) co_return Silent(server, error, false);
  registry::net::Deadline deadline(io_.get_executor(), [&socket] {
    boost::system::error_code ignored;
    socket.close(ignored);
  });
  deadline.SetAfter(options_.timeout);
  auto [connect_error] = co_await socket.async_connect(endpoint, kToken);
  if (connect_error) co_return Silent(server, connect_error, deadline.missed());

  const uint16_t id = RandomId();
  std::string query = MakeQuery(question, id);
  const auto size = static_cast<uint16_t>(query.size());
  query.insert(0, {static_cast<char>(size >> 8), static_cast<char>(size & 0xFF)});
  auto [write_error, written] = co_await asio::async_write(socket, asio::buffer(query), kToken);
  if (write_error) co_return Silent(server, write_error, deadline.missed());
  std::array<unsigned char, 2> length;
  auto [length_error, length_size] =
      co_await asio::async_read(socket, asio::buffer(length), kToken);
  if (length_error) co_return Silent(server, length_error, deadline.missed());
  std::string wire(static_cast<size_t>(length[0]) << 8 | length[1], '\0');
  auto [read_error, read] = co_await asio::async_read(socket, asio::buffer(wire), kToken);
  if (read_error) co_return Silent(server, read_error, deadline.missed());
  auto answer = DnsAnswer::Parse(wire, question, id);
  if (!answer.ok()) {
    co_return absl::UnavailableError(
        Concat(server.ToString(), ": ", std::string(answer.status().message())));
  }
  co_return answer;
}

}  // namespace cds
