#include "epp/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "epp/reasons.h"
#include "epp/session_reasons.h"
#include "registry/rules/reasons.h"
#include "registry/store/job.h"
#include "registry/types/reasons.h"

namespace epp {
namespace {

using registry::RegistrarKey;
using registry::Reject;
using registry::ResultCode;
using testing::HasSubstr;
using testing::Not;

constexpr RegistrarKey kGold{7};
const absl::Time kNow =
    absl::FromCivil(absl::CivilSecond(2026, 1, 2, 3, 4, 5), absl::UTCTimeZone());

// Takes the text of a frame for the name of what it is.
class FakeServices : public SessionServices {
 public:
  Call Dispatch(std::string_view xml, const SessionView& view) override {
    last_view = view;
    Call call;
    call.client_id = "ABC-1";
    if (xml == "hello") {
      call.name = "hello";
      call.action = Hello{};
    } else if (xml == "login") {
      call.name = "login";
      LoginCall login;
      login.id = "gold";
      login.objects.Add(Object::kDomain);
      login.extensions.Add(Extension::kRgp);
      if (knows_login_sec) login.extensions.Add(Extension::kLoginSec);
      call.action = std::move(login);
    } else if (xml == "logout") {
      call.name = "logout";
      call.action = LogoutCall{};
    } else if (xml == "renew") {
      call.name = "domain-renew";
      call.action = StoreCall{};
    } else {
      call.action = Refused{Reject(kNotWellFormed), ""};
    }
    return call;
  }
  registry::TransactionNumber NextNumber() override { return ++number; }
  absl::Time Now() override { return kNow; }

  bool knows_login_sec = false;
  SessionView last_view;
  registry::TransactionNumber number = 100;
};

class SessionTest : public testing::Test {
 protected:
  static SessionSettings Settings() {
    SessionSettings settings;
    settings.server_id = "Test EPP";
    settings.idle_timeout = absl::Minutes(10);
    settings.login_timeout = absl::Minutes(1);
    settings.session_lifetime = absl::Hours(24);
    settings.login_failures = 3;
    return settings;
  }

  // A frame that is answered at once.
  Session::Send Ask(std::string_view frame) {
    Session::Step step = session_.OnFrame(frame, uptime_);
    auto* send = std::get_if<Session::Send>(&step);
    EXPECT_NE(send, nullptr) << frame;
    return send != nullptr ? std::move(*send) : Session::Send{};
  }

  Session::Send Login(registry::Outcome<RegistrarKey> outcome,
                      registry::TransactionNumber number = 0,
                      std::vector<SecurityEvent> events = {}) {
    Session::Step step = session_.OnFrame("login", uptime_);
    EXPECT_TRUE(std::holds_alternative<Session::LogIn>(step));
    return session_.OnLogin(LoginResult{std::move(outcome), number, std::move(events)}, uptime_);
  }

  const SessionSettings settings_ = Settings();
  FakeServices services_;
  Session session_{settings_, services_};
  absl::Duration uptime_;
};

TEST_F(SessionTest, BeginsWithAGreeting) {
  const Session::Send send = session_.OnConnected();
  EXPECT_THAT(send.xml, HasSubstr("<svID>Test EPP</svID>"));
  EXPECT_THAT(send.xml, HasSubstr("2026-01-02T03:04:05"));
  EXPECT_FALSE(send.close);
}

TEST_F(SessionTest, AnswersHelloWithAGreetingAtAnyTime) {
  EXPECT_THAT(Ask("hello").xml, HasSubstr("<greeting>"));
  Login(kGold);
  EXPECT_THAT(Ask("hello").xml, HasSubstr("<greeting>"));
}

TEST_F(SessionTest, ARightLoginOpensTheSessionWithWhatItAnnounced) {
  const Session::Send send = Login(kGold);
  EXPECT_EQ(send.code, ResultCode::kOk);
  EXPECT_FALSE(send.close);
  EXPECT_THAT(send.xml, HasSubstr("<clTRID>ABC-1</clTRID>"));
  EXPECT_TRUE(session_.logged_in());
  EXPECT_EQ(session_.registrar(), kGold);

  session_.OnFrame("renew", uptime_);
  EXPECT_TRUE(services_.last_view.logged_in);
  EXPECT_EQ(services_.last_view.registrar, kGold);
  EXPECT_TRUE(services_.last_view.objects.Has(Object::kDomain));
  EXPECT_FALSE(services_.last_view.objects.Has(Object::kHost));
  EXPECT_TRUE(services_.last_view.extensions.Has(Extension::kRgp));
  EXPECT_FALSE(services_.last_view.extensions.Has(Extension::kSecDns));
}

TEST_F(SessionTest, ALoginThatStoredSomethingHasItsNumber) {
  EXPECT_EQ(Login(kGold, 4711).number, 4711);
}

TEST_F(SessionTest, ALoginHearsOfItsSecurityIfItKnowsTheExtension) {
  const std::vector<SecurityEvent> events = {
      {"password", SecurityEvent::Level::kError, "The password has expired", kNow, std::nullopt}};
  const char expected[] =
      "<extension><loginSec:loginSecData "
      "xmlns:loginSec=\"urn:ietf:params:xml:ns:epp:loginSec-1.0\">"
      "<loginSec:event type=\"password\" level=\"error\" exDate=\"2026-01-02T03:04:05.000Z\">"
      "The password has expired</loginSec:event></loginSec:loginSecData></extension>";
  EXPECT_THAT(Login(Reject(registry::kPasswordExpired), 0, events).xml, Not(HasSubstr("loginSec")));
  services_.knows_login_sec = true;
  const Session::Send refused = Login(Reject(registry::kPasswordExpired), 0, events);
  EXPECT_EQ(refused.code, ResultCode::kAuthenticationError);
  EXPECT_THAT(refused.xml, HasSubstr(expected));
  const Session::Send last = Login(Reject(registry::kPasswordExpired), 0, events);
  EXPECT_EQ(last.code, ResultCode::kAuthenticationErrorClosing);
  EXPECT_THAT(last.xml, HasSubstr(expected));
  EXPECT_THAT(Login(kGold, 0, events).xml, HasSubstr(expected));
}

TEST_F(SessionTest, WithoutEventsThereIsNoExtension) {
  services_.knows_login_sec = true;
  EXPECT_THAT(Login(kGold).xml, Not(HasSubstr("extension")));
}

TEST_F(SessionTest, ARefusedLoginLeavesTheSessionClosedToCommands) {
  EXPECT_EQ(Login(Reject(registry::kLoginRefused)).code, ResultCode::kAuthenticationError);
  EXPECT_FALSE(session_.logged_in());
  EXPECT_EQ(Ask("renew").code, ResultCode::kUseError);
  session_.OnFrame("nonsense", uptime_);
  EXPECT_EQ(services_.last_view.registrar, registry::kNoRegistrar);
  EXPECT_FALSE(services_.last_view.objects.Has(Object::kDomain));
}

TEST_F(SessionTest, TheThirdFailedLoginEndsTheSession) {
  EXPECT_FALSE(Login(Reject(registry::kLoginRefused)).close);
  EXPECT_FALSE(Login(Reject(registry::kLoginRefused)).close);
  const Session::Send last = Login(Reject(registry::kLoginRefused));
  EXPECT_EQ(last.code, ResultCode::kAuthenticationErrorClosing);
  EXPECT_TRUE(last.close);
}

TEST_F(SessionTest, OtherRefusalsAreNoFailedLogins) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(Login(Reject(registry::kRegistrarSuspended)).code, ResultCode::kAuthorizationError);
  }
  EXPECT_FALSE(Login(Reject(registry::kLoginRefused)).close);
}

TEST_F(SessionTest, AWeakNewPasswordIsPointedAtAndNoFailedLogin) {
  for (int i = 0; i < 10; ++i) {
    const Session::Send send = Login(Reject(registry::kPasswordWeak));
    EXPECT_EQ(send.code, ResultCode::kParameterPolicy);
    EXPECT_NE(send.xml.find("<newPW xmlns=\"urn:ietf:params:xml:ns:epp-1.0\"/>"),
              std::string::npos);
  }
  EXPECT_FALSE(Login(Reject(registry::kLoginRefused)).close);
}

TEST_F(SessionTest, TooManySessionsEndTheNewOne) {
  const Session::Send send = Login(Reject(kTooManySessions));
  EXPECT_EQ(send.code, ResultCode::kSessionLimitClosing);
  EXPECT_TRUE(send.close);
}

TEST_F(SessionTest, CommandsAndLogoutNeedALogin) {
  EXPECT_EQ(Ask("renew").code, ResultCode::kUseError);
  EXPECT_EQ(Ask("logout").code, ResultCode::kUseError);
  EXPECT_FALSE(Ask("logout").close);
}

TEST_F(SessionTest, ASecondLoginIsAUseErrorAndChangesNothing) {
  Login(kGold);
  EXPECT_EQ(Ask("login").code, ResultCode::kUseError);
  EXPECT_EQ(session_.registrar(), kGold);
}

TEST_F(SessionTest, LogoutEndsTheSession) {
  Login(kGold);
  const Session::Send send = Ask("logout");
  EXPECT_EQ(send.code, ResultCode::kOkEndingSession);
  EXPECT_TRUE(send.close);
}

TEST_F(SessionTest, PassesAnswersOn) {
  Login(kGold);
  Session::Step step = session_.OnFrame("renew", uptime_);
  ASSERT_TRUE(std::holds_alternative<Session::Execute>(step));
  EXPECT_EQ(session_.command(), "domain-renew");
  const Session::Send send = session_.OnAnswer(
      Answer{"<x/>", ResultCode::kParameterRange, 55, "expiry-mismatch"}, uptime_);
  EXPECT_EQ(send.xml, "<x/>");
  EXPECT_EQ(send.number, 55);
  EXPECT_EQ(send.reason, "expiry-mismatch");
  EXPECT_FALSE(send.close);
}

TEST_F(SessionTest, GoesOnAfterNonsense) {
  Login(kGold);
  const Session::Send send = Ask("nonsense");
  EXPECT_EQ(send.code, ResultCode::kSyntaxError);
  EXPECT_FALSE(send.close);
  EXPECT_TRUE(std::holds_alternative<Session::Execute>(session_.OnFrame("renew", uptime_)));
}

TEST_F(SessionTest, EveryResponseHasANumberOfItsOwn) {
  const auto first = Ask("nonsense").number;
  const auto second = Ask("nonsense").number;
  EXPECT_NE(first, second);
  EXPECT_NE(Login(kGold).number, second);
}

TEST_F(SessionTest, AMalformedFrameIsToldAndEndsTheSession) {
  Login(kGold);
  const Session::Send send = session_.OnMalformedFrame();
  EXPECT_EQ(send.code, ResultCode::kSyntaxError);
  EXPECT_TRUE(send.close);
  EXPECT_THAT(send.xml, Not(HasSubstr("clTRID"))) << "no command is being answered";
}

TEST_F(SessionTest, AStopIsToldAndEndsTheSession) {
  const Session::Send send = session_.OnStop();
  EXPECT_EQ(send.code, ResultCode::kCommandFailedClosing);
  EXPECT_TRUE(send.close);
}

TEST_F(SessionTest, TooManyConnectionsAreToldInsteadOfTheGreeting) {
  const Session::Send send = session_.OnTooManyConnections();
  EXPECT_EQ(send.code, ResultCode::kSessionLimitClosing);
  EXPECT_TRUE(send.close);
}

TEST_F(SessionTest, TheLoginMustComeInTimeHoweverBusyTheClientIs) {
  EXPECT_EQ(session_.deadline(), absl::Minutes(1));
  uptime_ = absl::Seconds(50);
  Ask("hello");
  EXPECT_EQ(session_.deadline(), absl::Minutes(1));
  const Session::Send send = session_.OnDeadline(absl::Minutes(1));
  EXPECT_EQ(send.code, ResultCode::kSessionLimitClosing);
  EXPECT_EQ(send.reason, kLoginTooLate.id);
  EXPECT_TRUE(send.close);
}

TEST_F(SessionTest, EveryFrameAndAnswerPutsTheIdleDeadlineOff) {
  uptime_ = absl::Seconds(30);
  Login(kGold);
  EXPECT_EQ(session_.deadline(), absl::Seconds(30) + absl::Minutes(10));
  uptime_ = absl::Minutes(5);
  session_.OnFrame("renew", uptime_);
  EXPECT_EQ(session_.deadline(), absl::Minutes(15));
  session_.OnAnswer(Answer{"<x/>"}, absl::Minutes(6));
  EXPECT_EQ(session_.deadline(), absl::Minutes(16));
  EXPECT_EQ(session_.OnDeadline(absl::Minutes(16)).reason, kIdleTooLong.id);
}

TEST_F(SessionTest, NoSessionOutlivesItsTime) {
  Login(kGold);
  uptime_ = absl::Hours(23) + absl::Minutes(59);
  session_.OnFrame("renew", uptime_);
  session_.OnAnswer(Answer{"<x/>"}, uptime_);
  EXPECT_EQ(session_.deadline(), absl::Hours(24));
  EXPECT_EQ(session_.OnDeadline(absl::Hours(24)).reason, kSessionTooOld.id);
}

}  // namespace
}  // namespace epp
