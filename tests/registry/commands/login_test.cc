#include "registry/commands/login.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class LoginTest : public testing::Test {
 protected:
  LoginTest() {
    const Registrar& gold = *scene.directory.Registrar(kGold);
    login = {gold.id, gold.certificates.front(), true};
  }
  Outcome<LoggedIn> Run() { return Decide(login, scene.directory); }
  Scene scene;
  Login login;
};

TEST_F(LoginTest, IsTheRegistrarsWithItsLimit) {
  scene.ChangeRegistrar(kGold, [](Registrar& r) { r.max_sessions = 7; });
  const auto outcome = Run();
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->registrar, kGold);
  EXPECT_EQ(outcome->max_sessions, 7);
}

TEST_F(LoginTest, MayUseAnyOfTheCertificates) {
  scene.ChangeRegistrar(
      kGold, [](Registrar& r) { r.certificates.insert(r.certificates.begin(), Fingerprint{9}); });
  EXPECT_TRUE(Run().ok());
  login.certificate = Fingerprint{9};
  EXPECT_TRUE(Run().ok());
}

TEST_F(LoginTest, IsRefusedWithOneAnswerForEverythingThatIsWrong) {
  const Login good = login;
  void (*const spoil[])(Login&) = {
      [](Login& l) { l.id = RegistrarId("bronze"); },
      [](Login& l) { l.password_matches = false; },
      [](Login& l) { l.certificate.reset(); },
      [](Login& l) { l.certificate = Fingerprint{9}; },
      [](Login& l) { l.id = RegistrarId("silver"); },  // with gold's certificate
  };
  for (const auto& wrong : spoil) {
    login = good;
    wrong(login);
    EXPECT_EQ(ReasonOf(Run()), kLoginRefused.id);
    EXPECT_EQ(Run().rejection().subject, "") << "no hint";
  }
}

TEST_F(LoginTest, IsRefusedWithoutAnyCertificateOnRecord) {
  scene.ChangeRegistrar(kGold, [](Registrar& r) { r.certificates.clear(); });
  EXPECT_EQ(ReasonOf(Run()), kLoginRefused.id);
  login.certificate.reset();
  EXPECT_EQ(ReasonOf(Run()), kLoginRefused.id);
}

TEST_F(LoginTest, TellsASuspensionOnlyToTheRegistrar) {
  scene.ChangeRegistrar(kGold, [](Registrar& r) { r.suspended = true; });
  EXPECT_EQ(ReasonOf(Run()), kLoginReasons[1].id);
  login.password_matches = false;
  EXPECT_EQ(ReasonOf(Run()), kLoginReasons[0].id);
}

TEST_F(LoginTest, SaysWhenThePasswordExpires) {
  EXPECT_EQ(Run()->password_expires, absl::InfiniteFuture());
  scene.ChangeRegistrar(kGold, [this](Registrar& r) {
    r.password_set = scene.now - absl::Hours(24);
    r.password_days = 90;
  });
  EXPECT_EQ(Run()->password_expires, scene.now + absl::Hours(24 * 89));
}

TEST_F(LoginTest, AnOldPasswordWillDoForANewOneOnly) {
  LoggedIn old{kGold, 0, scene.now};
  EXPECT_TRUE(CheckPasswordAge(old, false, scene.now - absl::Milliseconds(1)).ok());
  EXPECT_EQ(ReasonOf(CheckPasswordAge(old, false, scene.now)), kPasswordExpired.id);
  EXPECT_TRUE(CheckPasswordAge(old, true, scene.now).ok());
  EXPECT_TRUE(CheckPasswordAge(LoggedIn(), false, scene.now).ok()) << "never expires";
}

}  // namespace
}  // namespace registry
