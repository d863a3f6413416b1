#include "whois/whois_server.h"

#include <gtest/gtest.h>

#include "tests/whois/loopback.h"
#include "tests/whois/service_test.h"

namespace whois {
namespace {

using testing::StartsWith;

class WhoisServerTest : public testing::Test {
 protected:
  std::string Ask(std::string_view sent) {
    tests::LoopbackClient client(server_);
    client.Send(sent);
    return client.ReadAll();
  }

  tests::ServiceWorld world_;
  QueryMetrics metrics_{"whois", world_.metrics};
  WhoisService service_{{{}, absl::Milliseconds(200), 10}, world_.lookups, metrics_};
  WhoisLimits limits_{64, absl::Milliseconds(300)};
  tests::Loopback server_{
      [this](TcpServer::Client client) { return ServeWhois(client, limits_, service_); },
      /*max_per_address=*/3};
};

constexpr std::string_view kFound = "Domain Name: SAMPLEWELL.ORG\r\n";

TEST_F(WhoisServerTest, AnswersOneLineAndCloses) {
  const std::string answer = Ask("samplewell.org\r\n");
  EXPECT_THAT(answer, StartsWith(kFound));
  EXPECT_TRUE(
      answer.ends_with(" <<<\r\n\r\nFor more information on domain status codes, please "
                       "visit https://icann.org/epp\r\n"))
      << answer;
}

TEST_F(WhoisServerTest, AcceptsALineThatEndsInLineFeedAlone) {
  EXPECT_THAT(Ask("samplewell.org\n"), StartsWith(kFound));
}

TEST_F(WhoisServerTest, AcceptsALineThatEndsWithTheStream) {
  tests::LoopbackClient client(server_);
  client.Send("samplewell.org");
  client.EndSending();
  EXPECT_THAT(client.ReadAll(), StartsWith(kFound));
}

TEST_F(WhoisServerTest, AcceptsALineInPieces) {
  tests::LoopbackClient client(server_);
  for (std::string_view piece : {"sam", "plewell", ".org", "\r", "\n"}) client.Send(piece);
  EXPECT_THAT(client.ReadAll(), StartsWith(kFound));
}

TEST_F(WhoisServerTest, IgnoresASecondQuery) {
  const std::string answer = Ask("samplewell.org\r\nminimal.org\r\n");
  EXPECT_THAT(answer, StartsWith(kFound));
  EXPECT_EQ(answer.find("MINIMAL"), std::string::npos);
}

TEST_F(WhoisServerTest, AnswersAnEmptyLine) {
  EXPECT_THAT(Ask("\r\n"), StartsWith("Invalid query.\r\n"));
}

TEST_F(WhoisServerTest, TakesLinesUpToTheLimit) {
  const std::string blanks(limits_.max_query_bytes - 14, ' ');
  EXPECT_THAT(Ask(blanks + "samplewell.org\r\n"), StartsWith(kFound));
  EXPECT_THAT(Ask(blanks + " samplewell.org\r\n"), StartsWith("The query is too long.\r\n"));
}

TEST_F(WhoisServerTest, DoesNotWaitForTheEndOfALineThatIsTooLong) {
  EXPECT_THAT(Ask(std::string(100'000, 'a')), StartsWith("The query is too long.\r\n"));
}

TEST_F(WhoisServerTest, ClosesWhenNoLineComesInTime) { EXPECT_EQ(Ask("sample"), ""); }

TEST_F(WhoisServerTest, ClosesWhenTheClientDoes) {
  tests::LoopbackClient client(server_);
  client.EndSending();
  EXPECT_EQ(client.ReadAll(), "");
}

TEST_F(WhoisServerTest, TellsAnAddressThatItHasTooManyConnections) {
  std::vector<std::unique_ptr<tests::LoopbackClient>> clients;
  for (int i = 0; i < 3; ++i) clients.push_back(std::make_unique<tests::LoopbackClient>(server_));
  EXPECT_THAT(Ask("samplewell.org\r\n"), StartsWith("Too many connections from your address"));
}

TEST_F(WhoisServerTest, StoppingEndsIdleConnectionsAtOnceAndAnswersOthers) {
  world_.lookups.Hang();
  tests::LoopbackClient idle(server_);
  tests::LoopbackClient busy(server_);
  busy.Send("samplewell.org\r\n");
  while (server_.server().connections() < 2) std::this_thread::yield();
  server_.server().Stop();
  EXPECT_EQ(idle.ReadAll(), "");
  const std::string answer = busy.ReadAll();
  EXPECT_TRUE(answer.empty() || answer.starts_with("The service is temporarily unavailable"))
      << answer;
}

}  // namespace
}  // namespace whois
