#include "epp/response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "epp/frame_check.h"

namespace epp {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ResponseTest, SaysTheResultInTheWordsOfTheRfc) {
  Result result;
  result.code = registry::ResultCode::kAuthenticationError;
  result.number = 1;
  const std::string xml = RenderResult(result);
  EXPECT_THAT(xml, HasSubstr(R"(<result code="2200"><msg>Authentication error</msg></result>)"));
  EXPECT_THAT(xml, Not(HasSubstr("extValue")));
  EXPECT_THAT(xml, Not(HasSubstr("clTRID")));
}

TEST(ResponseTest, PutsTheReasonBesideTheElementItIsAbout) {
  Result result;
  result.code = registry::ResultCode::kObjectMissing;
  result.reason = "the host does not exist";
  result.subject = "ns1.example.net";
  const std::string echo = EchoElement("urn:x", "a", "<b>");
  result.echo = echo;
  EXPECT_THAT(RenderResult(result),
              HasSubstr(R"(<extValue><value><a xmlns="urn:x">&lt;b&gt;</a></value><reason>)"
                        "the host does not exist: ns1.example.net</reason></extValue>"));
}

TEST(ResponseTest, BlamesTheWholeCommandWhereNoElementIsToBlame) {
  Result result;
  result.code = registry::ResultCode::kSyntaxError;
  result.reason = "not a well-formed XML document";
  EXPECT_THAT(RenderResult(result),
              HasSubstr(R"(<value><command xmlns="urn:ietf:params:xml:ns:epp-1.0"/></value>)"));
}

TEST(ResponseTest, SurvivesAnyBytes) {
  Result result;
  result.reason = "\xFF\x01<";
  result.subject = std::string_view("\0]]>", 4);
  result.client_id = "<&\xC3";
  EXPECT_TRUE(CheckFrame(RenderResult(result)).ok()) << RenderResult(result);
}

TEST(GreetingTest, AnnouncesWhatWorks) {
  const absl::Time now =
      absl::FromCivil(absl::CivilSecond(2026, 1, 2, 3, 4, 5), absl::UTCTimeZone());
  const std::string xml = RenderGreeting("Postel <test>", now, false);
  EXPECT_TRUE(CheckFrame(xml).ok());
  EXPECT_THAT(xml, HasSubstr("<svID>Postel &lt;test&gt;</svID>"
                             "<svDate>2026-01-02T03:04:05.000Z</svDate>"));
  for (const char* uri : {"domain-1.0", "host-1.0", "contact-1.0"}) {
    EXPECT_THAT(xml, HasSubstr("<objURI>urn:ietf:params:xml:ns:" + std::string(uri)));
  }
  for (const char* uri : {"secDNS-1.1", "rgp-1.0", "epp:fee-1.0", "epp:loginSec-1.0",
                          "epp:secure-authinfo-transfer-1.0", "epp:unhandled-namespaces-1.0",
                          "allocationToken-1.0"}) {
    EXPECT_THAT(xml, HasSubstr("<extURI>urn:ietf:params:xml:ns:" + std::string(uri)));
  }
}

}  // namespace
}  // namespace epp
