#include "registry/cds/dns_client.h"

#include <gtest/gtest.h>
#include <ldns/ldns.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cds {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using asio::ip::udp;
using registry::DomainName;
using registry::IpAddress;
using SteadyClock = std::chrono::steady_clock;

// A name server on an address of the loopback, with what has arrived there. It answers over UDP
// that there is nothing, that the answer is too long, or not at all; over TCP it only counts.
class Server {
 public:
  enum class Mood { kAnswers, kTruncates, kSilent };

  Server(asio::io_context& io, const std::string& address, uint16_t port, Mood mood)
      : udp_(io, {asio::ip::make_address(address), port}),
        tcp_(io, {asio::ip::make_address(address), port}),
        mood_(mood) {
    Receive();
    Accept();
  }

  std::vector<SteadyClock::time_point> arrivals;
  int connections = 0;

 private:
  void Receive() {
    udp_.async_receive_from(asio::buffer(buffer_), from_, [this](auto error, size_t size) {
      if (error) return;
      arrivals.push_back(SteadyClock::now());
      if (mood_ != Mood::kSilent && size > 3) {
        buffer_[2] = static_cast<char>(mood_ == Mood::kTruncates ? 0x86 : 0x84);
        udp_.send_to(asio::buffer(buffer_, size), from_);
      }
      Receive();
    });
  }
  void Accept() {
    tcp_.async_accept([this](auto error, tcp::socket) {
      if (error) return;
      ++connections;
      Accept();
    });
  }

  udp::socket udp_;
  tcp::acceptor tcp_;
  const Mood mood_;
  std::array<char, 4096> buffer_;
  udp::endpoint from_;
};

class DnsClientTest : public testing::Test {
 protected:
  // Below the ports that the system gives to clients, the first that is free.
  void Serve(const std::string& address, Server::Mood mood) {
    for (uint16_t port = servers_.empty() ? 20'053 : options_.port; port < 32'000; ++port) {
      try {
        servers_.push_back(std::make_unique<Server>(io_, address, port, mood));
        options_.port = port;
        return;
      } catch (const boost::system::system_error&) {
        ASSERT_TRUE(servers_.empty()) << "all have to be on one port";
      }
    }
  }

  // Asks every server so many times at once, and waits until all that is over.
  void AskAll(int times) {
    if (client_ == nullptr) client_ = std::make_unique<DnsClient>(io_, options_);
    results_.clear();
    const int wanted = times * static_cast<int>(servers_.size());
    for (int i = 0; i < times; ++i) {
      for (size_t server = 0; server < servers_.size(); ++server) {
        const IpAddress address("127.0.0." + std::to_string(server + 1));
        asio::co_spawn(io_, Ask(address, wanted), asio::detached);
      }
    }
    io_.restart();
    io_.run();
  }

  asio::awaitable<void> Ask(IpAddress address, int wanted) {
    DnsQuestion question{DomainName("gem.example"), RecordType::kCds};
    auto answer = co_await client_->Ask(address, question, DnsClient::Transport::kUdp);
    results_.push_back(answer.ok() ? absl::OkStatus() : answer.status());
    if (std::ssize(results_) == wanted) io_.stop();
  }

  std::vector<SteadyClock::time_point> Arrivals() const {
    std::vector<SteadyClock::time_point> all;
    for (const auto& server : servers_) {
      all.insert(all.end(), server->arrivals.begin(), server->arrivals.end());
    }
    std::ranges::sort(all);
    return all;
  }

  asio::io_context io_{1};
  DnsClient::Options options_{.timeout = absl::Milliseconds(100), .port = 0};
  std::vector<std::unique_ptr<Server>> servers_;
  std::unique_ptr<DnsClient> client_;
  std::vector<absl::Status> results_;
};

// In the time between the first and the last, at this rate, no more than so many can be sent.
void ExpectRate(const std::vector<SteadyClock::time_point>& arrivals, double per_second) {
  ASSERT_GT(arrivals.size(), 1u);
  const std::chrono::duration<double> took = arrivals.back() - arrivals.front();
  // What the first waited for on its way shortens it.
  EXPECT_GT(took.count() + 0.02, static_cast<double>(arrivals.size() - 1) / per_second);
}

TEST_F(DnsClientTest, AsksOneServerNoFasterThanItsRate) {
  options_.limits.per_server = 50;
  Serve("127.0.0.1", Server::Mood::kAnswers);
  AskAll(20);
  EXPECT_EQ(servers_[0]->arrivals.size(), 20u);
  ExpectRate(servers_[0]->arrivals, 50);
  EXPECT_TRUE(std::ranges::all_of(results_, [](const absl::Status& s) { return s.ok(); }));
  EXPECT_EQ(client_->counts().udp, 20);
}

TEST_F(DnsClientTest, AsksAllTogetherNoFasterThanTheirRate) {
  options_.limits.per_server = 1000;
  options_.limits.total = 100;
  for (int i = 1; i <= 4; ++i) Serve("127.0.0." + std::to_string(i), Server::Mood::kAnswers);
  AskAll(10);
  EXPECT_EQ(Arrivals().size(), 40u);
  ExpectRate(Arrivals(), 100);
}

TEST_F(DnsClientTest, AsksAgainAndThenLeavesTheSilentAlone) {
  options_.limits.failures = 4;
  options_.timeout = absl::Milliseconds(50);
  Serve("127.0.0.1", Server::Mood::kSilent);
  AskAll(1);
  EXPECT_EQ(servers_[0]->arrivals.size(), 2u) << "two attempts";
  AskAll(1);
  EXPECT_EQ(servers_[0]->arrivals.size(), 4u);
  EXPECT_EQ(client_->resting(), 1u);
  AskAll(10);
  EXPECT_EQ(servers_[0]->arrivals.size(), 4u) << "not one packet more";
  for (const absl::Status& status : results_) {
    EXPECT_TRUE(absl::IsUnavailable(status));
    EXPECT_EQ(status.message(), "127.0.0.1: left alone for a while");
  }
}

TEST_F(DnsClientTest, CountsTheSecondRoadOfATruncatedAnswerAsAnotherQuery) {
  options_.limits.per_server = 20;
  options_.attempts = 1;
  Serve("127.0.0.1", Server::Mood::kTruncates);
  const auto began = SteadyClock::now();
  AskAll(2);
  EXPECT_EQ(servers_[0]->connections, 2);
  EXPECT_EQ(client_->counts().tcp, 2);
  EXPECT_GE(SteadyClock::now() - began, std::chrono::milliseconds(150)) << "four turns";
}

}  // namespace
}  // namespace cds
