#include "bench/dns/zone_watch.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <functional>

#include "registry/base/text.h"
#include "tests/bench/dns/answer_builder.h"

namespace bench {
namespace {

const std::string kOne = zonegen::WireName("ns1.example");

Delegation Wanted() { return {zonegen::WireName("a.org"), {kOne}, ""}; }

std::string Shown(uint16_t id) {
  AnswerBuilder answer(id);
  answer.Add("a.org", zonegen::kTypeNs, kOne);
  answer.Add("0123456789ABCDEFGHIJKLMNOPQRSTUV.org", kRrsig, SignatureOf(kNsec3));
  return answer.Wire();
}

std::string NotYet(uint16_t id) { return AnswerBuilder(id, 3).Wire(); }

// A name server in the test's own thread: what it answers is decided question by question.
class FakeServer {
 public:
  FakeServer() : socket_(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(socket_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
  }
  ~FakeServer() { close(socket_); }

  std::string Named(std::string_view name) const {
    return registry::Concat(name, "=127.0.0.1:", port_);
  }

  // Takes one question; an empty answer is lost on its way.
  void Serve(const std::function<std::string(uint16_t)>& answer) const {
    std::array<char, 1024> buffer;
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    auto* from = reinterpret_cast<sockaddr*>(&peer);
    const ssize_t length = recvfrom(socket_, buffer.data(), buffer.size(), 0, from, &size);
    ASSERT_GT(length, 0);
    const std::string reply = answer(QueryId({buffer.data(), static_cast<size_t>(length)}));
    if (!reply.empty()) sendto(socket_, reply.data(), reply.size(), 0, from, size);
  }

 private:
  int socket_;
  int port_ = 0;
};

TEST(ZoneWatchTest, AsksUntilAServerShowsTheChange) {
  const FakeServer server;
  auto watch = ZoneWatch::Start({server.Named("one")});
  ASSERT_TRUE(watch.ok()) << watch.status();
  (*watch)->Expect(Wanted(), 1, 7, Clock::now());
  for (int i = 0; i < 3; ++i) server.Serve(NotYet);
  server.Serve(Shown);
  const auto results = (*watch)->Finish();
  EXPECT_EQ((*watch)->TakeDone(), std::vector<uint32_t>{7});
  ASSERT_EQ(results.size(), 1);
  EXPECT_EQ(results[0].server, "one");
  EXPECT_EQ(results[0].given_up, 0);
  EXPECT_EQ(results[0].kinds[0].count(), 0);
  EXPECT_EQ(results[0].kinds[1].count(), 1);
  EXPECT_GE(results[0].kinds[1].max(), 3000);  // three more questions, a millisecond apart
}

TEST(ZoneWatchTest, AsksAgainWhatWasLost) {
  const FakeServer server;
  auto watch = ZoneWatch::Start({server.Named("one")});
  ASSERT_TRUE(watch.ok()) << watch.status();
  (*watch)->Expect(Wanted(), 0, 7, Clock::now());
  server.Serve([](uint16_t) { return std::string(); });
  server.Serve(Shown);
  EXPECT_EQ((*watch)->Finish()[0].kinds[0].count(), 1);
}

TEST(ZoneWatchTest, IsDoneWhenAllServersShowTheChange) {
  const FakeServer one, two;
  auto watch = ZoneWatch::Start({one.Named("one"), two.Named("two")});
  ASSERT_TRUE(watch.ok()) << watch.status();
  (*watch)->Expect(Wanted(), 0, 7, Clock::now());
  one.Serve(Shown);
  two.Serve(NotYet);
  EXPECT_TRUE((*watch)->TakeDone().empty());
  two.Serve(Shown);
  (*watch)->Finish();
  EXPECT_EQ((*watch)->TakeDone().size(), 1);
}

TEST(ZoneWatchTest, CountsOnlyWhatWasChangedInTheMeasuredTime) {
  const FakeServer server;
  auto watch = ZoneWatch::Start({server.Named("one")});
  ASSERT_TRUE(watch.ok()) << watch.status();
  const Instant from = Clock::now();
  (*watch)->Count(from, from + std::chrono::minutes(1));
  (*watch)->Expect(Wanted(), 0, 7, from - std::chrono::milliseconds(1));
  server.Serve(Shown);
  (*watch)->Expect(Wanted(), 0, 8, from);
  server.Serve(Shown);
  EXPECT_EQ((*watch)->Finish()[0].kinds[0].count(), 1);
  EXPECT_EQ((*watch)->TakeDone().size(), 2);
}

TEST(ZoneWatchTest, WantsServersWithNameAddressAndPort) {
  for (const char* wrong : {"127.0.0.1:53", "one=127.0.0.1", "one="}) {
    EXPECT_FALSE(ZoneWatch::Start({wrong}).ok()) << wrong;
  }
}

}  // namespace
}  // namespace bench
