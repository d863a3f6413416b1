#include "whois/whois_service.h"

#include <gtest/gtest.h>

#include "tests/whois/service_test.h"

namespace whois {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class WhoisServiceTest : public testing::Test {
 protected:
  std::string Answer(std::string line) { return tests::Await(service_.Answer(std::move(line))); }

  tests::ServiceWorld world_;
  QueryMetrics metrics_{"whois", world_.metrics};
  WhoisService service_{
      {{"Be kind."}, absl::Milliseconds(50), /*max_results=*/1}, world_.lookups, metrics_};
};

constexpr std::string_view kFooter =
    ">>> Last update of WHOIS database: 2026-01-02T03:04:05Z <<<\r\n";

TEST_F(WhoisServiceTest, FindsDomainsByEitherFormOfTheirName) {
  EXPECT_THAT(Answer("SampleWell.org"), StartsWith("Domain Name: SAMPLEWELL.ORG\r\n"));
  EXPECT_THAT(Answer("b\u00fccher.org"), StartsWith("Domain Name: XN--BCHER-KVA.ORG\r\n"));
  EXPECT_EQ(world_.Counted("domain", "found"), 2);
}

TEST_F(WhoisServiceTest, FindsNameServersByNameAndAddress) {
  EXPECT_THAT(Answer("nameserver ns1.samplewell.org"),
              StartsWith("Server Name: NS1.SAMPLEWELL.ORG\r\nIP Address: 192.0.2.1\r\n"));
  EXPECT_THAT(Answer("nameserver 2001:db8::1"), StartsWith("Server Name: NS1.SAMPLEWELL.ORG\r\n"));
}

TEST_F(WhoisServiceTest, SaysWhenItShowsNotAllNameServers) {
  const std::string answer = Answer("nameserver 192.0.2.1");
  EXPECT_THAT(answer, Not(HasSubstr("NS2.")));
  EXPECT_THAT(answer, HasSubstr("There are more name servers"));
}

TEST_F(WhoisServiceTest, FindsRegistrarsByName) {
  EXPECT_THAT(Answer("registrar registrar one, inc."),
              StartsWith("Registrar: Registrar One, Inc.\r\n"));
  EXPECT_EQ(world_.Counted("entity", "found"), 1);
}

TEST_F(WhoisServiceTest, SaysThatThereIsNoMatch) {
  const std::string footer = std::string(kFooter) + "\r\nBe kind.\r\n";
  EXPECT_EQ(Answer("nobody.org"), "No match for \"NOBODY.ORG\".\r\n" + footer);
  EXPECT_EQ(Answer("nameserver nobody.org"), "No match for \"NOBODY.ORG\".\r\n" + footer);
  EXPECT_EQ(Answer("nameserver 192.0.2.99"), "No match for \"192.0.2.99\".\r\n" + footer);
  EXPECT_EQ(Answer("registrar Nobody"), "No match for \"Nobody\".\r\n" + footer);
  EXPECT_EQ(world_.Counted("domain", "not_found"), 1);
}

TEST_F(WhoisServiceTest, SaysThatAQueryIsInvalid) {
  EXPECT_THAT(Answer("org"), StartsWith("Invalid query.\r\n>>> "));
  EXPECT_EQ(world_.Counted("none", "refused"), 1);
}

TEST_F(WhoisServiceTest, DoesNotSayThatThereIsNoMatchWhenItCannotKnow) {
  world_.lookups.FailNext();
  EXPECT_THAT(Answer("samplewell.org"), StartsWith("The service is temporarily unavailable"));
  world_.lookups.FailNext();
  EXPECT_THAT(Answer("nameserver ns1.samplewell.org"),
              StartsWith("The service is temporarily unavailable"));
  world_.lookups.GoDown();
  for (std::string line : {"samplewell.org", "nameserver 192.0.2.1", "registrar 3878"}) {
    EXPECT_THAT(Answer(line), StartsWith("The service is temporarily unavailable")) << line;
  }
}

TEST_F(WhoisServiceTest, DoesNotWaitForEver) {
  world_.lookups.Hang();
  EXPECT_THAT(Answer("samplewell.org"), StartsWith("The service is temporarily unavailable"));
  EXPECT_EQ(world_.Counted("domain", "unavailable"), 1);
}

}  // namespace
}  // namespace whois
