#include "epp/login_security.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace epp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const absl::Time kNow =
    absl::FromCivil(absl::CivilSecond(2026, 1, 2, 3, 4, 5), absl::UTCTimeZone());
constexpr absl::Duration kDay = absl::Hours(24);

class LoginSecurityTest : public testing::Test {
 protected:
  LoginSecurityTest() { facts_.now = facts_.true_now = kNow; }

  // "password warning" and so on.
  std::vector<std::string> Events() const {
    std::vector<std::string> shown;
    for (const SecurityEvent& event : SecurityEventsOf(facts_, settings_)) {
      shown.push_back(std::string(event.type) +
                      (event.level == SecurityEvent::Level::kError ? " error" : " warning"));
    }
    return shown;
  }
  std::string Xml() const {
    XmlWriter xml;
    WriteSecurityEvents(SecurityEventsOf(facts_, settings_), &xml);
    return xml.Take();
  }

  LoginFacts facts_;
  LoginSecuritySettings settings_{14 * kDay, 30 * kDay, kDay};
};

TEST_F(LoginSecurityTest, SaysNothingWhenAllIsWell) {
  EXPECT_THAT(Events(), IsEmpty());
  EXPECT_EQ(Xml(), "");
}

TEST_F(LoginSecurityTest, WarnsBeforeThePasswordExpires) {
  facts_.password_expires = kNow + 14 * kDay + absl::Milliseconds(1);
  EXPECT_THAT(Events(), IsEmpty());
  facts_.password_expires = kNow + 14 * kDay;
  EXPECT_THAT(Events(), ElementsAre("password warning"));
  facts_.password_expires = kNow + absl::Milliseconds(1);
  EXPECT_THAT(Events(), ElementsAre("password warning"));
  facts_.password_expires = kNow;
  EXPECT_THAT(Events(), ElementsAre("password error"));
  settings_.password_warning = absl::ZeroDuration();
  facts_.password_expires = kNow + absl::Milliseconds(1);
  EXPECT_THAT(Events(), IsEmpty());
}

TEST_F(LoginSecurityTest, WarnsBeforeTheCertificateExpires) {
  facts_.certificate_expires = kNow + 31 * kDay;
  EXPECT_THAT(Events(), IsEmpty());
  facts_.certificate_expires = kNow + 30 * kDay;
  EXPECT_THAT(Events(), ElementsAre("certificate warning"));
  facts_.true_now = kNow - absl::Milliseconds(1);
  EXPECT_THAT(Events(), IsEmpty()) << "whatever the clock of a sandbox says";
}

TEST_F(LoginSecurityTest, WritesAllThatThereIs) {
  facts_.password_expires = kNow - kDay;
  facts_.certificate_expires = kNow + kDay;
  facts_.new_password_refused = true;
  facts_.failed_logins = 3;
  EXPECT_THAT(Events(),
              ElementsAre("password error", "certificate warning", "newPW error", "stat warning"));
  EXPECT_EQ(
      Xml(),
      "<loginSec:loginSecData xmlns:loginSec=\"urn:ietf:params:xml:ns:epp:loginSec-1.0\">"
      "<loginSec:event type=\"password\" level=\"error\" exDate=\"2026-01-01T03:04:05.000Z\">"
      "The password has expired</loginSec:event>"
      "<loginSec:event type=\"certificate\" level=\"warning\" exDate=\"2026-01-03T03:04:05.000Z\">"
      "The client certificate expires soon</loginSec:event>"
      "<loginSec:event type=\"newPW\" level=\"error\">"
      "The new password is not strong enough</loginSec:event>"
      "<loginSec:event type=\"stat\" name=\"failedLogins\" level=\"warning\" value=\"3\" "
      "duration=\"P1D\">Logins failed since the last good one</loginSec:event>"
      "</loginSec:loginSecData>");
}

TEST(FormatXmlDurationTest, SaysDaysAndTheRest) {
  EXPECT_EQ(FormatXmlDuration(kDay), "P1D");
  EXPECT_EQ(FormatXmlDuration(absl::Hours(36)), "P1DT12H");
  EXPECT_EQ(FormatXmlDuration(absl::Hours(1)), "PT1H");
  EXPECT_EQ(FormatXmlDuration(absl::Hours(2) + absl::Minutes(3) + absl::Seconds(4)), "PT2H3M4S");
  EXPECT_EQ(FormatXmlDuration(absl::ZeroDuration()), "PT0S");
}

}  // namespace
}  // namespace epp
