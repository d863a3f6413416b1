#include "epp/dispatch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "epp/reasons.h"
#include "registry/base/text.h"
#include "registry/rules/reasons.h"
#include "registry/store/job.h"
#include "registry/types/reasons.h"
#include "tests/support/epp_frames.h"

namespace epp {
namespace {

using registry::Concat;
using tests::Command;
using tests::Frame;

SessionView LoggedIn() {
  SessionView session;
  session.logged_in = true;
  session.registrar = registry::RegistrarKey{1};
  session.objects.Add(Object::kDomain);
  session.objects.Add(Object::kHost);
  session.objects.Add(Object::kContact);
  session.objects.Add(Object::kKeyRelay);
  session.objects.Add(Object::kMaintenance);
  session.extensions.Add(Extension::kSecDns);
  session.extensions.Add(Extension::kRgp);
  return session;
}

// The id of the reason; or what the frame is, in capitals.
std::string_view Outcome(const Call& call) {
  if (const auto* refused = std::get_if<Refused>(&call.action)) return refused->rejection.reason.id;
  if (std::holds_alternative<Hello>(call.action)) return "HELLO";
  if (std::holds_alternative<LoginCall>(call.action)) return "LOGIN";
  if (std::holds_alternative<LogoutCall>(call.action)) return "LOGOUT";
  return "STORE";
}
std::string Try(std::string_view frame, const SessionView& session = LoggedIn()) {
  return std::string(Outcome(Dispatch(frame, session)));
}
int CodeOf(const Call& call) {
  const auto* refused = std::get_if<Refused>(&call.action);
  return refused == nullptr ? 0 : static_cast<int>(refused->rejection.code());
}

constexpr std::string_view kLogin =
    "<login><clID>gold</clID><pw>foo-BAR2</pw><options><version>1.0</version><lang>en</lang>"
    "</options><svcs><objURI>urn:ietf:params:xml:ns:domain-1.0</objURI><svcExtension>"
    "<extURI>urn:ietf:params:xml:ns:secDNS-1.1</extURI></svcExtension></svcs></login>";

std::string Replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out(text);
  const size_t at = out.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return out.replace(at, from.size(), to);
}

// One frame in parts, each of which one stage judges.
struct Parts {
  SessionView session = LoggedIn();
  std::string start;
  std::string verb = "create";
  std::string ns = "urn:ietf:params:xml:ns:domain-1.0";
  std::string odd_element;
  std::string unit = "y";
  std::string years = "1";
  std::string extension_ns = "urn:ietf:params:xml:ns:secDNS-1.1";
  std::string second_command;

  std::string frame() const {
    const std::string object = Concat(
        "<o:", verb, " xmlns:o='", ns, "'><o:name>example.org</o:name><o:period unit='", unit, "'>",
        years, "</o:period>", odd_element, "<o:authInfo><o:pw/></o:authInfo></o:", verb, ">");
    const std::string extension =
        Concat("<e:", verb, " xmlns:e='", extension_ns,
               "'><e:dsData><e:keyTag>1</e:keyTag><e:alg>13</e:alg><e:digestType>2</e:digestType>"
               "<e:digest>",
               std::string(64, 'A'), "</e:digest></e:dsData></e:", verb, ">");
    return Frame(Concat(start, "<command><", verb, ">", object, "</", verb, "><extension>",
                        extension, "</extension></command>", second_command));
  }
};

TEST(DispatchTest, StagesApplyInTheirDocumentedOrder) {
  struct Stage {
    int number;
    void (*spoil)(Parts&);
    int code;
  };
  const Stage stages[] = {
      {2, [](Parts& p) { p.start = "<!DOCTYPE x>"; }, 2001},
      {3, [](Parts& p) { p.second_command = "<command/>"; }, 2001},
      {4, [](Parts& p) { p.verb = "destroy"; }, 2000},
      {5, [](Parts& p) { p.session = SessionView(); }, 2002},
      {7, [](Parts& p) { p.ns = "urn:ietf:params:xml:ns:domain-2.0"; }, 2307},
      {7, [](Parts& p) { p.extension_ns = "urn:ietf:params:xml:ns:fee-1.0"; }, 2103},
      {8, [](Parts& p) { p.verb = "transfer"; }, 2103},  // it takes no secDNS
      {9, [](Parts& p) { p.odd_element = "<o:odd/>"; }, 2001},
      {10, [](Parts& p) { p.unit = "m"; }, 2102},
      {11, [](Parts& p) { p.years = "11"; }, 2004},
  };
  Parts parts;
  EXPECT_EQ(Outcome(Dispatch(parts.frame(), parts.session)), "STORE");
  for (int i = std::ssize(stages) - 1; i >= 0; --i) {
    stages[i].spoil(parts);
    EXPECT_EQ(CodeOf(Dispatch(parts.frame(), parts.session)), stages[i].code)
        << "stage " << stages[i].number << ": " << parts.frame();
  }
}

TEST(DispatchTest, LoginIsJudgedInItsDocumentedOrder) {
  struct Step {
    std::string_view from, to;
    int code;
  };
  const Step steps[] = {
      {"<version>1.0", "<version>1.1", 2100},
      {"<lang>en", "<lang>fr", 2102},
      {"domain-1.0</objURI>", "domain-9.9</objURI>", 2307},
      {"secDNS-1.1", "secDNS-1.0", 2103},
      {"</svcs>", "</svcs><odd/>", 2001},
      {"foo-BAR2", "short", 2005},
  };
  std::string login(kLogin);
  EXPECT_EQ(Outcome(Dispatch(Command(login), SessionView())), "LOGIN");
  for (int i = std::ssize(steps) - 1; i >= 0; --i) {
    login = Replaced(login, steps[i].from, steps[i].to);
    EXPECT_EQ(CodeOf(Dispatch(Command(login), SessionView())), steps[i].code) << login;
  }
}

TEST(DispatchTest, LanguagesAreNamedInAnyCase) {
  for (const char* language : {"en", "EN", "En", " eN "}) {
    const std::string login = Replaced(kLogin, ">en<", Concat(">", language, "<"));
    EXPECT_EQ(Try(Command(login), SessionView()), "LOGIN") << language;
  }
  EXPECT_EQ(Try(Command(Replaced(kLogin, ">en<", ">en-US<")), SessionView()),
            kLanguageNotOffered.id);
}

TEST(DispatchTest, LoginCarriesWhatItSays) {
  const std::string login =
      Replaced(Replaced(kLogin, "</pw>", "</pw><newPW> bar \n FOO9 </newPW>"), "</objURI>",
               "</objURI><objURI>urn:ietf:params:xml:ns:contact-1.0</objURI>");
  const Call call = Dispatch(Command(login), SessionView());
  ASSERT_TRUE(std::holds_alternative<LoginCall>(call.action)) << Outcome(call);
  const LoginCall& read = std::get<LoginCall>(call.action);
  EXPECT_EQ(call.name, "login");
  EXPECT_EQ(call.client_id, "ABC-12345");
  EXPECT_EQ(read.id, "gold");
  EXPECT_EQ(read.password, "foo-BAR2");
  EXPECT_EQ(read.new_password, "bar FOO9");
  EXPECT_TRUE(read.objects.Has(Object::kDomain));
  EXPECT_FALSE(read.objects.Has(Object::kHost));
  EXPECT_TRUE(read.objects.Has(Object::kContact));
  EXPECT_TRUE(read.extensions.Has(Extension::kSecDns));
  EXPECT_FALSE(read.extensions.Has(Extension::kRgp));
}

TEST(DispatchTest, LoginRefusesWhatTheSchemaForbids) {
  const auto attempt = [](std::string_view from, std::string_view to) {
    return CodeOf(Dispatch(Command(Replaced(kLogin, from, to)), SessionView()));
  };
  EXPECT_EQ(attempt("<clID>gold</clID>", ""), 2001);
  EXPECT_EQ(attempt("<pw>foo-BAR2</pw>", ""), 2001);
  EXPECT_EQ(attempt("<clID>gold</clID><pw>foo-BAR2</pw>", "<pw>foo-BAR2</pw><clID>gold</clID>"),
            2001);
  EXPECT_EQ(attempt("<objURI>urn:ietf:params:xml:ns:domain-1.0</objURI>", ""), 2001);
  EXPECT_EQ(attempt("<extURI>urn:ietf:params:xml:ns:secDNS-1.1</extURI>", ""), 2001);
  EXPECT_EQ(attempt("<login>", "<login odd='1'>"), 2001);
  EXPECT_EQ(attempt("<clID>gold", "<clID>go"), 2005);
  EXPECT_EQ(attempt("foo-BAR2", "foo-BAR2-foo-BAR2"), 2005);
  EXPECT_EQ(attempt("</pw>", "</pw><newPW>aaaaaaaa</newPW>"), 0) << "weak: judged after the login";
  EXPECT_EQ(attempt("</pw>", "</pw><newPW>short</newPW>"), 2005);
}

// A login that names loginSec-1.0, with such an element.
std::string LoginSec(std::string_view content, std::string_view pw = "[LOGIN-SECURITY]",
                     std::string_view new_pw = {}) {
  std::string login = Replaced(kLogin, "secDNS-1.1", "epp:loginSec-1.0");
  login = Replaced(login, "foo-BAR2", pw);
  if (!new_pw.empty()) {
    login = Replaced(login, "</pw>", Concat("</pw><newPW>", new_pw, "</newPW>"));
  }
  return Command(login, Concat("<loginSec:loginSec>", content, "</loginSec:loginSec>"));
}

TEST(DispatchTest, LoginTakesLongPasswordsFromLoginSec) {
  const Call call = Dispatch(
      LoginSec("<loginSec:userAgent><loginSec:app>EPP  SDK 1.0</loginSec:app><loginSec:os>Linux"
               "</loginSec:os></loginSec:userAgent><loginSec:pw> this is\t a long  password \n"
               "</loginSec:pw><loginSec:newPW>new-password-is-longer</loginSec:newPW>",
               " [LOGIN-SECURITY] ", "[LOGIN-SECURITY]"),
      SessionView());
  ASSERT_TRUE(std::holds_alternative<LoginCall>(call.action)) << Outcome(call);
  const LoginCall& login = std::get<LoginCall>(call.action);
  EXPECT_EQ(login.password, "this is a long password");
  EXPECT_EQ(login.new_password, "new-password-is-longer");
  EXPECT_EQ(login.user_agent.app, "EPP SDK 1.0");
  EXPECT_EQ(login.user_agent.tech, "");
  EXPECT_EQ(login.user_agent.os, "Linux");
  EXPECT_TRUE(login.extensions.Has(Extension::kLoginSec));
}

TEST(DispatchTest, LoginSecAndTheUsualPlaceAgreeOnEachPassword) {
  const auto read = [](const std::string& frame) {
    const Call call = Dispatch(frame, SessionView());
    if (!std::holds_alternative<LoginCall>(call.action)) return std::string(Outcome(call));
    const LoginCall& login = std::get<LoginCall>(call.action);
    return Concat(login.password, " ", login.new_password.value_or("none"));
  };
  const std::string pw = "<loginSec:pw>a-long-password-1</loginSec:pw>";
  const std::string new_pw = "<loginSec:newPW>a-new-password-1</loginSec:newPW>";
  EXPECT_EQ(read(LoginSec("", "foo-BAR2")), "foo-BAR2 none");
  EXPECT_EQ(read(LoginSec(pw)), "a-long-password-1 none");
  EXPECT_EQ(read(LoginSec(pw, "[LOGIN-SECURITY]", "new-1234")), "a-long-password-1 new-1234");
  EXPECT_EQ(read(LoginSec(new_pw, "foo-BAR2", "[LOGIN-SECURITY]")), "foo-BAR2 a-new-password-1");
  EXPECT_EQ(read(LoginSec("")), kLoginSecMissing.id);
  EXPECT_EQ(read(LoginSec(new_pw, "[LOGIN-SECURITY]", "[LOGIN-SECURITY]")), kLoginSecMissing.id);
  EXPECT_EQ(read(LoginSec(pw, "[LOGIN-SECURITY]", "[LOGIN-SECURITY]")), kLoginSecMissing.id);
  EXPECT_EQ(read(Command(Replaced(kLogin, "foo-BAR2", "[LOGIN-SECURITY]"))), kLoginSecMissing.id);
  EXPECT_EQ(read(LoginSec(pw, "foo-BAR2")), kLoginSecUnasked.id);
  EXPECT_EQ(read(LoginSec(pw, "[login-security]")), kLoginSecUnasked.id) << "case counts";
  EXPECT_EQ(read(LoginSec(pw + new_pw)), kLoginSecUnasked.id);
  EXPECT_EQ(read(LoginSec(pw + new_pw, "[LOGIN-SECURITY]", "new-1234")), kLoginSecUnasked.id);
}

TEST(DispatchTest, LoginSecPasswordsHaveTheirOwnLengths) {
  const auto attempt = [](size_t length, std::string_view element, std::string_view new_pw) {
    const std::string content = Concat("<loginSec:pw>", std::string(20, 'p'), "</loginSec:pw>");
    const std::string frame =
        element == "pw"
            ? LoginSec(Concat("<loginSec:pw>", std::string(length, 'p'), "</loginSec:pw>"))
            : LoginSec(Concat(content, "<loginSec:newPW>", std::string(length, 'p'),
                              "</loginSec:newPW>"),
                       "[LOGIN-SECURITY]", new_pw);
    return CodeOf(Dispatch(frame, SessionView(), DispatchLimits{FrameLimits(), 50, 200}));
  };
  EXPECT_EQ(attempt(5, "pw", ""), 2005);
  EXPECT_EQ(attempt(6, "pw", ""), 0);
  EXPECT_EQ(attempt(200, "pw", ""), 0);
  EXPECT_EQ(attempt(201, "pw", ""), 2306);
  EXPECT_EQ(attempt(5, "newPW", "[LOGIN-SECURITY]"), 2005);
  EXPECT_EQ(attempt(201, "newPW", "[LOGIN-SECURITY]"), 0) << "judged after the login";
}

TEST(DispatchTest, LoginSecFollowsItsSchemaAndStage) {
  const std::string pw = "<loginSec:pw>a-long-password-1</loginSec:pw>";
  const std::string agent = "<loginSec:userAgent><loginSec:os>x</loginSec:os></loginSec:userAgent>";
  const auto code = [](const std::string& frame) { return CodeOf(Dispatch(frame, SessionView())); };
  EXPECT_EQ(code(LoginSec(agent + pw)), 0);
  EXPECT_EQ(code(LoginSec(pw + agent)), 2001);
  EXPECT_EQ(code(LoginSec(pw + pw)), 2001);
  EXPECT_EQ(code(LoginSec("<loginSec:userAgent/>" + pw)), 2001);
  EXPECT_EQ(
      code(LoginSec("<loginSec:userAgent><loginSec:os/><loginSec:app/></loginSec:userAgent>" + pw)),
      2001);
  EXPECT_EQ(code(LoginSec("<loginSec:pw x='1'>a-long-password-1</loginSec:pw>")), 2001);
  EXPECT_EQ(code(Replaced(LoginSec(pw), "<loginSec:loginSec>", "<loginSec:loginSec x='1'>")), 2001);
  EXPECT_EQ(code(Replaced(LoginSec(pw), "</extension>", "<loginSec:loginSec/></extension>")), 2001);
  std::string other = Replaced(LoginSec(pw), "<loginSec:loginSec>", "<loginSec:loginSecData>");
  EXPECT_EQ(code(Replaced(other, "</loginSec:loginSec>", "</loginSec:loginSecData>")), 2001);
  // Not named, not here, not known.
  EXPECT_EQ(code(Replaced(LoginSec(pw), "epp:loginSec-1.0</extURI>", "rgp-1.0</extURI>")), 2002);
  EXPECT_EQ(code(Command(kLogin, "<secDNS:create/>")), 2103);
  EXPECT_EQ(code(Command(kLogin, "<x xmlns='urn:x'/>")), 2103);
  EXPECT_EQ(code(Command("<logout/>", "<loginSec:loginSec/>")), 2002);
  SessionView session = LoggedIn();
  session.extensions.Add(Extension::kLoginSec);
  EXPECT_EQ(CodeOf(Dispatch(Command("<logout/>", "<loginSec:loginSec/>"), session)), 2103);
}

TEST(DispatchTest, NeverRepeatsASecret) {
  const auto domain_update = [](std::string_view auth_info) {
    return Command(Concat("<update><domain:update><domain:name>a.org</domain:name><domain:chg>",
                          auth_info, "</domain:chg></domain:update></update>"));
  };
  const SessionView fresh;
  const std::pair<std::string, SessionView> attempts[] = {
      {Command(Replaced(kLogin, "foo-BAR2", "tiny")), fresh},
      {Command(Replaced(kLogin, "</pw>", "</pw><newPW>tiny</newPW>")), fresh},
      {Command(Replaced(kLogin, "<pw>foo-BAR2", "<pw odd='tiny'>tiny")), fresh},
      {Command(Replaced(kLogin, "<pw>foo-BAR2", "<pw tiny='1'>tiny")), fresh},
      {Command(Replaced(kLogin, "foo-BAR2", "<tiny>tiny</tiny>")), fresh},
      {Command(Replaced(kLogin, "<pw>foo-BAR2</pw>", "<password>tiny</password>")), fresh},
      {Command(Replaced(kLogin, "<login>", "<login pw='tiny'>")), fresh},
      {LoginSec("<loginSec:pw>tiny</loginSec:pw>"), fresh},
      {LoginSec("<loginSec:pw>tiny-password</loginSec:pw>", "tiny-one"), fresh},
      {LoginSec("<loginSec:pw>tiny-password<x>tiny</x></loginSec:pw>"), fresh},
      {LoginSec("<loginSec:newPW>tiny</loginSec:newPW>"), fresh},
      {Command("<signin>tiny</signin>"), fresh},
      {domain_update("<domain:authInfo>tiny</domain:authInfo>"), LoggedIn()},
      {domain_update("<domain:authInfo tiny='tiny'><domain:pw/></domain:authInfo>"), LoggedIn()},
      {domain_update("<domain:authInfo><domain:ext>tiny</domain:ext></domain:authInfo>"),
       LoggedIn()},
      {domain_update("<domain:authInfo><domain:ext><tiny>tiny</tiny></domain:ext>"
                     "</domain:authInfo>"),
       LoggedIn()},
      {domain_update("<domain:authInfo><domain:null>tiny</domain:null></domain:authInfo>"),
       LoggedIn()},
      {domain_update("<domain:authInfo><domain:pw>a<domain:tiny>tiny</domain:tiny></domain:pw>"
                     "</domain:authInfo>"),
       LoggedIn()},
      {domain_update("<domain:authInfo><domain:pw roid='tiny'>tiny</domain:pw></domain:authInfo>"),
       LoggedIn()},
      {domain_update("<domain:authInfo><domain:tiny>tiny</domain:tiny></domain:authInfo>"),
       LoggedIn()},
      {domain_update("<domain:pw>tiny</domain:pw>"), LoggedIn()},
  };
  for (const auto& [frame, session] : attempts) {
    const Call call = Dispatch(frame, session);
    const auto* refused = std::get_if<Refused>(&call.action);
    ASSERT_NE(refused, nullptr) << frame;
    EXPECT_THAT(refused->echo, testing::Not(testing::HasSubstr("tiny"))) << frame;
    EXPECT_THAT(refused->rejection.subject, testing::Not(testing::HasSubstr("tiny"))) << frame;
  }
}

TEST(DispatchTest, HelloIsTakenAtAnyTime) {
  EXPECT_EQ(Try(Frame("<hello/>")), "HELLO");
  EXPECT_EQ(Try(Frame("<hello></hello>"), SessionView()), "HELLO");
  EXPECT_EQ(Try("<e:epp xmlns:e='urn:ietf:params:xml:ns:epp-1.0'><e:hello/></e:epp>"), "HELLO");
  EXPECT_EQ(Try(Frame("<hello>x</hello>")), kTextUnexpected.id);
  EXPECT_EQ(Try(Frame("<hello><x/></hello>")), kElementUnexpected.id);
  EXPECT_EQ(Try(Frame("<hello x='1'/>")), kAttributeUnexpected.id);
}

TEST(DispatchTest, AFrameIsOneHelloOrCommand) {
  EXPECT_EQ(Try(""), kNotWellFormed.id);
  EXPECT_EQ(Try("garbage"), kNotWellFormed.id);
  EXPECT_EQ(Try("<epp/>"), kNotACommand.id);
  EXPECT_EQ(Try("<epp xmlns='urn:ietf:params:xml:ns:epp-2.0'><hello/></epp>"), kNotACommand.id);
  EXPECT_EQ(Try("<x xmlns='urn:ietf:params:xml:ns:epp-1.0'><hello/></x>"), kNotACommand.id);
  EXPECT_EQ(Try(Frame("")), kNotACommand.id);
  EXPECT_EQ(Try(Frame("text")), kNotACommand.id);
  EXPECT_EQ(Try(Frame("<hello/>text")), kNotACommand.id);
  EXPECT_EQ(Try(Frame("<hello/><hello/>")), kNotACommand.id);
  EXPECT_EQ(Try(Frame("<greeting/>")), kNotACommand.id);
  EXPECT_EQ(Try(Frame("<response/>")), kNotACommand.id);
  EXPECT_EQ(Try(Frame("<hello xmlns='urn:x'/>")), kNotACommand.id);
  EXPECT_EQ(Try(Frame("<command><logout/></command><command><logout/></command>")),
            kNotACommand.id);
  EXPECT_EQ(Try(Frame("<extension><x xmlns='urn:x'/></extension>")), kUnknownExtension.id);
  EXPECT_EQ(Try(Frame("<extension/>")), kElementMissing.id);
  EXPECT_EQ(Try(Frame("<extension>x</extension>")), kElementMissing.id);
  EXPECT_EQ(Try("<epp xmlns='urn:ietf:params:xml:ns:epp-1.0' x='1'><hello/></epp>"),
            kAttributeUnexpected.id);
  EXPECT_EQ(Try(Frame("<command x='1'><logout/></command>")), kAttributeUnexpected.id);
}

TEST(DispatchTest, KnowsTheCommandsOfEpp) {
  EXPECT_EQ(Try(Frame("<command/>")), kElementMissing.id);
  EXPECT_EQ(Try(Frame("<command><clTRID>ABC-1</clTRID></command>")), kElementUnexpected.id);
  EXPECT_EQ(Try(Command("<destroy/>")), kUnknownCommand.id);
  EXPECT_EQ(Try(Command("<logout xmlns='urn:x'/>")), kUnknownCommand.id);
  EXPECT_EQ(Try(Command("<Logout/>")), kUnknownCommand.id);
  EXPECT_EQ(Try(Command("<logout/>")), "LOGOUT");
  EXPECT_EQ(Try(Command("<logout/><logout/>")), kElementUnexpected.id);
  EXPECT_EQ(Try(Command("<logout>x</logout>")), kTextUnexpected.id);
  EXPECT_EQ(Try(Command("<logout/>text")), kTextUnexpected.id);
}

TEST(DispatchTest, OnlyHelloAndLoginComeBeforeLogin) {
  const SessionView fresh;
  EXPECT_EQ(Try(Command("<logout/>"), fresh), kNotLoggedIn.id);
  EXPECT_EQ(Try(Command("<poll op='req'/>"), fresh), kNotLoggedIn.id);
  EXPECT_EQ(Try(Command("<check><x xmlns='urn:x'/></check>"), fresh), kNotLoggedIn.id);
  EXPECT_EQ(Try(Command(kLogin)), kLoggedInAlready.id);
  EXPECT_EQ(Try(Command("<login/>")), kLoggedInAlready.id);
}

TEST(DispatchTest, EchoesTheClTridWhereverItCanBeRead) {
  const auto id = [](std::string_view frame) { return Dispatch(frame, LoggedIn()).client_id; };
  EXPECT_EQ(id(Command("<logout/>", "", " a  b ")), "a b");
  EXPECT_EQ(id(Command("<destroy/>", "", "ABC-1")), "ABC-1");
  EXPECT_EQ(id(Frame("<command><clTRID>ABC-1</clTRID><logout/></command>")), "ABC-1");
  EXPECT_EQ(id(Frame("<command><logout/><clTRID>ABC-1</clTRID></command><command/>")), "ABC-1");
  EXPECT_EQ(id(Command("<logout/>", "", std::string(64, 'x'))), std::string(64, 'x'));
  EXPECT_EQ(id(Command("<logout/>", "", "")), "");
  EXPECT_EQ(id(Command("<logout/>", "", "<x/>ABC-1")), "");
  EXPECT_EQ(id("<epp><command><clTRID>ABC-1</clTRID></command>"), "");
  for (const std::string& bad : {std::string("ab"), std::string(65, 'x'), std::string("  ")}) {
    EXPECT_EQ(id(Command("<logout/>", "", bad)), "") << bad;
    EXPECT_EQ(Try(Command("<logout/>", "", bad)), kClientTransactionIdSyntax.id) << bad;
  }
  EXPECT_EQ(Try(Frame("<command><logout/><clTRID>ABC-1</clTRID><extension/></command>")),
            kElementUnexpected.id);
  EXPECT_EQ(Try(Frame("<command><logout/><extension/></command>")), kElementMissing.id);
}

TEST(DispatchTest, CommandsThatAreNotOffered) {
  const auto attempt = [](std::string_view verb, std::string_view object) {
    return Dispatch(Command(Concat("<", verb, verb == "transfer" ? " op='query'>" : ">", "<",
                                   object, ":", verb, "/></", verb, ">")),
                    LoggedIn());
  };
  EXPECT_EQ(CodeOf(attempt("renew", "host")), 2101);
  EXPECT_EQ(CodeOf(attempt("renew", "contact")), 2101);
  EXPECT_EQ(CodeOf(attempt("transfer", "host")), 2101);
  for (const char* verb : {"check", "create", "delete", "renew", "transfer", "update"}) {
    EXPECT_EQ(CodeOf(attempt(verb, "maint")), 2101) << verb;
  }
  EXPECT_EQ(attempt("transfer", "host").name, "host-transfer");
  EXPECT_EQ(attempt("renew", "host").name, "host-renew");
}

TEST(DispatchTest, ServicesNotNamedAtLoginAreAUseError) {
  SessionView session = LoggedIn();
  session.objects = ObjectSet();
  session.objects.Add(Object::kDomain);
  session.extensions = ExtensionSet();
  EXPECT_EQ(
      Try(Command("<info><host:info><host:name>a.b.c</host:name></host:info></info>"), session),
      kObjectNotChosen.id);
  const std::string update =
      "<update><domain:update><domain:name>a.org</domain:name></domain:update></update>";
  EXPECT_EQ(Try(Command(update, "<secDNS:update/>"), session), kExtensionNotChosen.id);
  EXPECT_EQ(Try(Command(update, "<secDNS:update/>")), "STORE");
}

TEST(DispatchTest, ExtensionsExtendTheirCommandsOnly) {
  const std::string name = "<domain:name>a.org</domain:name>";
  const auto domain = [&](std::string_view verb) {
    return Concat("<", verb, "><domain:", verb, ">", name, "</domain:", verb, "></", verb, ">");
  };
  EXPECT_EQ(Try(Command(domain("info"), "<secDNS:infData/>")), kExtensionNotHere.id);
  EXPECT_EQ(Try(Command(domain("delete"), "<rgp:update/>")), kExtensionNotHere.id);
  EXPECT_EQ(Try(Command("<poll op='req'/>", "<secDNS:update/>")), kExtensionNotHere.id);
  EXPECT_EQ(Try(Command("<logout/>", "<rgp:update/>")), kExtensionNotHere.id);
  EXPECT_EQ(Try(Command(domain("update"), "<rgp:infData/>")), kElementUnexpected.id);
  EXPECT_EQ(Try(Command(domain("update"), "<rgp:update><rgp:restore op='request'/></rgp:update>")),
            "STORE");
  EXPECT_EQ(Try(Command(domain("update"), "<secDNS:create/>")), kElementUnexpected.id);
  EXPECT_EQ(Try(Command(domain("update"), "<secDNS:update/><secDNS:update/>")),
            kElementUnexpected.id);
  EXPECT_EQ(Try(Command(domain("update"), "<x/>")), kUnknownExtension.id);
  EXPECT_EQ(Try(Command(domain("update"), "text<secDNS:update/>")), kTextUnexpected.id);
  EXPECT_EQ(Try(Command(domain("update"), "<secDNS:update odd='1'/>")), kAttributeUnexpected.id);
  const SessionView fresh;
  EXPECT_EQ(Try(Command(kLogin, "<x xmlns='urn:x'/>"), fresh), kUnknownExtension.id);
  EXPECT_EQ(Try(Command(kLogin, "<secDNS:create/>"), fresh), kExtensionNotHere.id);
}

TEST(DispatchTest, TheObjectElementIsTheCommands) {
  EXPECT_EQ(Try(Command("<check/>")), kElementMissing.id);
  EXPECT_EQ(Try(Command("<check>text</check>")), kElementMissing.id);
  const std::string check = "<domain:check><domain:name>a.org</domain:name></domain:check>";
  EXPECT_EQ(Try(Command(Concat("<check>", check, "</check>"))), "STORE");
  EXPECT_EQ(Try(Command(Concat("<info>", check, "</info>"))), kElementUnexpected.id);
  EXPECT_EQ(Try(Command(Concat("<check>", check, check, "</check>"))), kElementUnexpected.id);
  EXPECT_EQ(Try(Command(Concat("<check>", check, "x</check>"))), kTextUnexpected.id);
  EXPECT_EQ(Try(Command(Concat("<check x='1'>", check, "</check>"))), kAttributeUnexpected.id);
  EXPECT_EQ(Try(Command("<check><check/></check>")), kUnknownObject.id);
}

TEST(DispatchTest, LimitsTheNamesOfACheck) {
  const auto check = [](int names) {
    std::string content;
    for (int i = 0; i < names; ++i) content += Concat("<domain:name>a", i, ".org</domain:name>");
    return Command(Concat("<check><domain:check>", content, "</domain:check></check>"));
  };
  DispatchLimits limits;
  limits.names_per_check = 3;
  EXPECT_EQ(Outcome(Dispatch(check(3), LoggedIn(), limits)), "STORE");
  EXPECT_EQ(Outcome(Dispatch(check(4), LoggedIn(), limits)), kTooManyNames.id);
  EXPECT_EQ(Try(check(50)), "STORE");
  EXPECT_EQ(CodeOf(Dispatch(check(51), LoggedIn())), 2306);
}

TEST(DispatchTest, ReadsHoweverNamespacesAreWritten) {
  EXPECT_EQ(Try("<a:epp xmlns:a='urn:ietf:params:xml:ns:epp-1.0'><a:command><a:check>"
                "<check xmlns='urn:ietf:params:xml:ns:domain-1.0'><name>a.org</name></check>"
                "</a:check></a:command></a:epp>"),
            "STORE");
  EXPECT_EQ(Try(Command("<check><domain:check xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                        " xsi:schemaLocation='urn:ietf:params:xml:ns:domain-1.0 domain-1.0.xsd'>"
                        "<domain:name><![CDATA[ a.org ]]></domain:name><!-- c --></domain:check>"
                        "</check>")),
            "STORE");
}

// Rows of the order of checks that one element of a command decides. `element` stands where the
// schema has it.
struct Row {
  std::string frame;
  std::string_view reason;
};

void ExpectRows(const std::vector<Row>& rows) {
  for (const Row& row : rows) EXPECT_EQ(Try(row.frame), row.reason) << row.frame;
}

std::string Create(std::string_view content, std::string_view extension = {}) {
  return Command(Concat("<create><domain:create>", content, "</domain:create></create>"),
                 extension);
}

TEST(DispatchTest, DomainCreateParameters) {
  const std::string name = "<domain:name>a.org</domain:name>",
                    auth = "<domain:authInfo><domain:pw/></domain:authInfo>";
  const auto with = [&](std::string_view middle) { return Create(Concat(name, middle, auth)); };
  const auto period = [&](std::string_view unit, std::string_view count) {
    return with(Concat("<domain:period unit='", unit, "'>", count, "</domain:period>"));
  };
  const auto named = [&](std::string_view text) {
    return Create(Concat("<domain:name>", text, "</domain:name>", auth));
  };
  ExpectRows({
      {with(""), "STORE"},
      {named(" A.ORG "), "STORE"},
      {named(""), registry::kDomainNameSyntax.id},
      {named("a..org"), registry::kDomainNameSyntax.id},
      {named("xx--a.org"), registry::kDomainNameSyntax.id},
      {named(std::string(64, 'a') + ".org"), registry::kDomainNameSyntax.id},
      {named("a<x/>.org"), kElementUnexpected.id},
      {Create(auth), kElementUnexpected.id},
      {Create(""), kElementMissing.id},
      {Create(name), kElementMissing.id},
      {period("y", "1"), "STORE"},
      {period("y", "10"), "STORE"},
      {period("y", "0"), registry::kPeriodRange.id},
      {period("y", "11"), registry::kPeriodRange.id},
      {period("y", "-1"), registry::kPeriodRange.id},
      {period("y", "99999999999999999999"), registry::kPeriodRange.id},
      {period("y", "1.5"), kNumberSyntax.id},
      {period("y", ""), kNumberSyntax.id},
      {period("m", "12"), kMonthsNotOffered.id},
      {period("x", "1"), kAttributeValue.id},
      {with("<domain:period>1</domain:period>"), kAttributeMissing.id},
      {with("<domain:ns><domain:hostObj>ns1.b.net</domain:hostObj></domain:ns>"), "STORE"},
      {with("<domain:ns/>"), kElementMissing.id},
      {with("<domain:ns><domain:hostObj>-</domain:hostObj></domain:ns>"),
       registry::kHostNameSyntax.id},
      {with("<domain:ns><domain:hostAttr><domain:hostName>ns1.a.org</domain:hostName>"
            "<domain:hostAddr ip='v4'>192.0.2.1</domain:hostAddr></domain:hostAttr></domain:ns>"),
       "STORE"},  // refused by policy, in its turn
      {with("<domain:ns><domain:hostAttr/></domain:ns>"), kElementMissing.id},
      {with("<domain:ns><domain:hostObj>ns1.b.net</domain:hostObj><domain:hostAttr/></domain:ns>"),
       kElementUnexpected.id},
      {with("<domain:registrant>holder</domain:registrant>"), "STORE"},
      {with("<domain:registrant/>"), registry::kContactIdSyntax.id},
      {with("<domain:registrant>" + std::string(17, 'x') + "</domain:registrant>"),
       registry::kContactIdSyntax.id},
      {with("<domain:contact type='tech'>holder</domain:contact>"), "STORE"},
      {with("<domain:contact type='boss'>holder</domain:contact>"), kAttributeValue.id},
      {with("<domain:contact>holder</domain:contact>"), kContactTypeMissing.id},
      {with("<domain:contact type='tech'>holder</domain:contact>"
            "<domain:registrant>holder</domain:registrant>"),
       kElementUnexpected.id},
      {Create(name + "<domain:authInfo/>"), kElementMissing.id},
      {Create(name + "<domain:authInfo><domain:null/></domain:authInfo>"), kElementUnexpected.id},
      {Create(name + "<domain:authInfo><domain:ext><x/></domain:ext></domain:authInfo>"),
       kAuthInfoExtNotOffered.id},
      {Create(name + "<domain:authInfo><domain:pw roid='D1-LROR'>2fooBAR</domain:pw>"
                     "</domain:authInfo>"),
       "STORE"},
      {Create(name + "<domain:authInfo><domain:pw roid='-'>2fooBAR</domain:pw></domain:authInfo>"),
       registry::kRoidSyntax.id},
      {Create(name + "<domain:authInfo><domain:pw>" + std::string(129, 'x') +
              "</domain:pw></domain:authInfo>"),
       registry::kAuthInfoSyntax.id},
  });
}

TEST(DispatchTest, SecDnsParameters) {
  const auto ds = [](std::string_view tag, std::string_view algorithm, std::string_view type,
                     std::string_view digest) {
    return Concat("<secDNS:dsData><secDNS:keyTag>", tag, "</secDNS:keyTag><secDNS:alg>", algorithm,
                  "</secDNS:alg><secDNS:digestType>", type, "</secDNS:digestType><secDNS:digest>",
                  digest, "</secDNS:digest></secDNS:dsData>");
  };
  const std::string hex(64, 'a');
  const std::string key =
      "<secDNS:keyData><secDNS:flags>257</secDNS:flags><secDNS:protocol>3</secDNS:protocol>"
      "<secDNS:alg>13</secDNS:alg><secDNS:pubKey>GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR"
      "6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==</secDNS:pubKey></secDNS:keyData>";
  const auto create = [](std::string_view content) {
    return Create("<domain:name>a.org</domain:name><domain:authInfo><domain:pw/></domain:authInfo>",
                  Concat("<secDNS:create>", content, "</secDNS:create>"));
  };
  const auto update = [](std::string_view content, std::string_view attribute = "") {
    return Command(
        "<update><domain:update><domain:name>a.org</domain:name></domain:update></update>",
        Concat("<secDNS:update", attribute, ">", content, "</secDNS:update>"));
  };
  const std::string good = ds("12345", "13", "2", hex);
  ExpectRows({
      {create(good), "STORE"},
      {create(ds("0", "16", "2", hex)), "STORE"},
      {create(ds("", "13", "2", hex)), kNumberSyntax.id},
      {create(ds("-1", "13", "2", hex)), kNumberRange.id},
      {create(ds("65536", "13", "2", hex)), kNumberRange.id},
      {create(ds("1", "A", "2", hex)), kNumberSyntax.id},
      {create(ds("1", "256", "2", hex)), kNumberRange.id},
      {create(ds("1", "123", "2", hex)), registry::kDsAlgorithmRange.id},
      {create(ds("1", "13", "255", hex)), registry::kDsDigestTypeRange.id},
      {create(ds("1", "13", "-1", hex)), kNumberRange.id},
      {create(ds("1", "13", "2", "")), registry::kDsDigestSyntax.id},
      {create(ds("1", "13", "2", "ABC")), registry::kDsDigestSyntax.id},
      {create(ds("1", "13", "2", std::string(64, 'g'))), registry::kDsDigestSyntax.id},
      {create(""), kElementMissing.id},
      {create(key), "STORE"},  // refused by policy, in its turn
      {create(key + good), kElementUnexpected.id},
      {create(good + key), kElementUnexpected.id},
      {create(Replaced(good, "</secDNS:dsData>", key + "</secDNS:dsData>")), "STORE"},
      {create("<secDNS:maxSigLife>604800</secDNS:maxSigLife>" + good), kMaxSigLifeNotOffered.id},
      {update("<secDNS:rem><secDNS:all>true</secDNS:all></secDNS:rem><secDNS:add>" + good +
              "</secDNS:add>"),
       "STORE"},
      {update("<secDNS:rem>" + good + "</secDNS:rem>"), "STORE"},
      {update("<secDNS:rem><secDNS:all>yes</secDNS:all></secDNS:rem>"), kBooleanSyntax.id},
      {update("<secDNS:rem><secDNS:all>1</secDNS:all>" + good + "</secDNS:rem>"),
       kElementUnexpected.id},
      {update("<secDNS:rem/>"), kElementMissing.id},
      {update("<secDNS:add>" + good + "</secDNS:add><secDNS:rem>" + good + "</secDNS:rem>"),
       kElementUnexpected.id},
      {update("<secDNS:chg/>"), "STORE"},
      {update("<secDNS:chg><secDNS:maxSigLife>1</secDNS:maxSigLife></secDNS:chg>"),
       kMaxSigLifeNotOffered.id},
      {update("", " urgent='false'"), "STORE"},
      {update("", " urgent='1'"), kUrgentNotOffered.id},
      {update("", " urgent='x'"), kBooleanSyntax.id},
  });
}

TEST(DispatchTest, DomainUpdateAndRenewParameters) {
  const auto update = [](std::string_view content) {
    return Command(Concat("<update><domain:update><domain:name>a.org</domain:name>", content,
                          "</domain:update></update>"));
  };
  const auto renew = [](std::string_view date) {
    return Command(
        Concat("<renew><domain:renew><domain:name>a.org</domain:name><domain:curExpDate>", date,
               "</domain:curExpDate></domain:renew></renew>"));
  };
  const std::string hold = "<domain:status s='clientHold' lang='en'>for a reason</domain:status>";
  ExpectRows({
      {update("<domain:add>" + hold + "</domain:add>"), "STORE"},
      {update("<domain:add>" + hold + hold + "</domain:add>"), "STORE"},  // policy, in its turn
      {update("<domain:add><domain:status/></domain:add>"), kAttributeMissing.id},
      {update("<domain:add><domain:status s='invalid'/></domain:add>"), kStatusSyntax.id},
      {update("<domain:add><domain:status s='clientHold' lang='1'/></domain:add>"),
       kAttributeValue.id},
      {update("<domain:rem/><domain:add/>"), kElementUnexpected.id},
      {update("<domain:add><domain:registrant>holder</domain:registrant></domain:add>"),
       kElementUnexpected.id},
      {update("<domain:chg><domain:registrant/></domain:chg>"), "STORE"},
      {update("<domain:chg><domain:authInfo><domain:null/></domain:authInfo></domain:chg>"),
       "STORE"},
      {update("<domain:chg><domain:authInfo><domain:null>x</domain:null></domain:authInfo>"
              "</domain:chg>"),
       kTextUnexpected.id},
      {renew("2027-01-31"), "STORE"},
      {renew("2027-01-31Z"), "STORE"},
      {renew("2027-01-31+02:00"), kDateZone.id},
      {renew("2027-02-30"), kDateSyntax.id},
      {renew("31.01.2027"), kDateSyntax.id},
      {renew(""), kDateSyntax.id},
      {Command("<renew><domain:renew><domain:name>a.org</domain:name></domain:renew></renew>"),
       kElementMissing.id},
      {Command("<info><domain:info><domain:name hosts='some'>a.org</domain:name></domain:info>"
               "</info>"),
       kAttributeValue.id},
      {Command("<info><domain:info><domain:name hosts=' del '>a.org</domain:name></domain:info>"
               "</info>"),
       "STORE"},
  });
  for (const char* status :
       {"ok", "inactive", "linked", "pendingCreate", "pendingDelete", "pendingTransfer",
        "pendingUpdate", "serverHold", "serverDeleteProhibited", "serverRenewProhibited"}) {
    EXPECT_EQ(Try(update(Concat("<domain:rem><domain:status s='", status, "'/></domain:rem>"))),
              registry::kStatusRange.id);
  }
}

TEST(DispatchTest, HostParameters) {
  const auto create = [](std::string_view name, std::string_view addresses) {
    return Command(Concat("<create><host:create><host:name>", name, "</host:name>", addresses,
                          "</host:create></create>"));
  };
  const auto address = [&](std::string_view ip, std::string_view text) {
    return create("ns1.a.org", Concat("<host:addr", ip, ">", text, "</host:addr>"));
  };
  const auto update = [](std::string_view content) {
    return Command(Concat("<update><host:update><host:name>ns1.a.org</host:name>", content,
                          "</host:update></update>"));
  };
  ExpectRows({
      {create("ns1.a.icann", ""), "STORE"},
      {create("!.a.icann", ""), registry::kHostNameSyntax.id},
      {create("", ""), registry::kHostNameSyntax.id},
      {address("", "192.0.2.1"), "STORE"},
      {address(" ip='v4'", "192.0.2.1"), "STORE"},
      {address(" ip='v6'", "2001:db8::1"), "STORE"},
      {address(" ip='v5'", "192.0.2.1"), kAttributeValue.id},
      {address("", ""), registry::kAddressSyntax.id},
      {address("", "2001:db8::1"), registry::kAddressSyntax.id},
      {address(" ip='v6'", "192.0.2.1"), registry::kAddressSyntax.id},
      {address("", "256.1.1.1"), registry::kAddressSyntax.id},
      {address("", "1.2.3.4.5"), registry::kAddressSyntax.id},
      {address("", "127.0.0.1"), registry::kAddressUnusable.id},
      {address(" ip='v6'", "::1"), registry::kAddressUnusable.id},
      {address(" ip='v6'", "::"), registry::kAddressUnusable.id},
      {update("<host:chg><host:name>ns2.a.org</host:name></host:chg>"), "STORE"},
      {update("<host:chg/>"), kElementMissing.id},
      {update("<host:chg><host:name>!.invalid</host:name></host:chg>"),
       registry::kHostNameSyntax.id},
      {update("<host:add><host:status s='clientUpdateProhibited'/></host:add>"), "STORE"},
      {update("<host:add><host:status s='clientHold'/></host:add>"), registry::kStatusRange.id},
      {update("<host:add><host:status s='linked'/></host:add>"), registry::kStatusRange.id},
      {update("<host:add><host:status s='clientUpdateProhibited'/><host:addr>192.0.2.1</host:addr>"
              "</host:add>"),
       kElementUnexpected.id},
  });
}

// A <contact:create> in parts, one of which a test replaces.
std::string ContactFrame(std::string_view from = {}, std::string_view to = {}) {
  const std::string content =
      "<contact:id>holder</contact:id><contact:postalInfo type='int'><contact:name>John Doe"
      "</contact:name><contact:org>Example Inc.</contact:org><contact:addr><contact:street>123 "
      "Example Dr.</contact:street><contact:city>Dulles</contact:city><contact:sp>VA</contact:sp>"
      "<contact:pc>20166-6503</contact:pc><contact:cc>US</contact:cc></contact:addr>"
      "</contact:postalInfo><contact:voice x='1234'>+1.7035555555</contact:voice><contact:fax>"
      "+1.7035555556</contact:fax><contact:email>jdoe@example.com</contact:email>"
      "<contact:authInfo><contact:pw>2fooBAR</contact:pw></contact:authInfo><contact:disclose "
      "flag='0'><contact:voice/><contact:email/></contact:disclose>";
  return Command(Concat("<create><contact:create>",
                        from.empty() ? content : Replaced(content, from, to),
                        "</contact:create></create>"));
}

TEST(DispatchTest, ContactParameters) {
  const std::string name = "<contact:name>John Doe</contact:name>", at = "jdoe@example.com";
  ExpectRows({
      {ContactFrame(), "STORE"},
      {ContactFrame(">holder<", "><"), registry::kContactIdSyntax.id},
      {ContactFrame(">holder<", ">12345678901234567<"), registry::kContactIdSyntax.id},
      {ContactFrame("type='int'", "type='tni'"), kAttributeValue.id},
      {ContactFrame("type='int'", "type=''"), kAttributeValue.id},
      {ContactFrame(" type='int'", ""), kAttributeMissing.id},
      {ContactFrame(name, ""), kElementUnexpected.id},
      {ContactFrame("John Doe", ""), registry::kPostalEmpty.id},
      {ContactFrame("John Doe", std::string(256, 'x')), registry::kPostalTooLong.id},
      {ContactFrame("John Doe", "John\u0085Doe"), registry::kPostalNotPrintable.id},
      {ContactFrame("John Doe", "J\u00F6hn"), registry::kPostalNotAscii.id},
      {ContactFrame("Example Inc.", std::string(256, 'x')), registry::kPostalTooLong.id},
      {ContactFrame("Dulles", ""), registry::kPostalEmpty.id},
      {ContactFrame("123 Example Dr.", ""), "STORE"},
      {ContactFrame("20166-6503", std::string(17, '1')), registry::kPostalTooLong.id},
      {ContactFrame(">US<", "><"), registry::kCountrySyntax.id},
      {ContactFrame(">US<", ">XX<"), registry::kCountrySyntax.id},
      {ContactFrame(">US<", ">USA<"), registry::kCountrySyntax.id},
      {ContactFrame("+1.7035555555", ""), registry::kPhoneSyntax.id},
      {ContactFrame("+1.7035555555", "+12345"), registry::kPhoneSyntax.id},
      {ContactFrame("+1.7035555556", "55"), registry::kPhoneSyntax.id},
      {ContactFrame(at, ""), registry::kEmailSyntax.id},
      {ContactFrame(at, "example.example"), registry::kEmailSyntax.id},
      {ContactFrame("flag='0'", "flag='no'"), kAttributeValue.id},
      {ContactFrame(" flag='0'", ""), kAttributeMissing.id},
      {ContactFrame("<contact:voice/><contact:email/>", "<contact:email/><contact:voice/>"),
       kElementUnexpected.id},
      {ContactFrame("<contact:voice/><contact:email/>", "<contact:name type='loc'/>"), "STORE"},
      {ContactFrame("<contact:voice/><contact:email/>", "<contact:name/>"), kAttributeMissing.id},
      {ContactFrame("</contact:postalInfo>",
                    Concat("</contact:postalInfo><contact:postalInfo type='int'>", name,
                           "<contact:addr><contact:city>A</contact:city><contact:cc>US</contact:cc>"
                           "</contact:addr></contact:postalInfo>")),
       kPostalInfoTwice.id},
      {ContactFrame("</contact:postalInfo>",
                    "</contact:postalInfo><contact:postalInfo type='loc'><contact:name>J\u00F6hn"
                    "</contact:name><contact:addr><contact:city>K\u00F6ln</contact:city>"
                    "<contact:cc>DE</contact:cc></contact:addr></contact:postalInfo>"),
       "STORE"},
  });
}

TEST(DispatchTest, EchoesTheElementThatIsToBlame) {
  const auto echo = [](const std::string& frame) {
    const Call call = Dispatch(frame, LoggedIn());
    const auto* refused = std::get_if<Refused>(&call.action);
    return refused == nullptr ? std::string() : refused->echo;
  };
  const std::string contact = "xmlns=\"urn:ietf:params:xml:ns:contact-1.0\"";
  EXPECT_EQ(echo(ContactFrame("John Doe", "")), Concat("<name ", contact, "/>"));
  EXPECT_EQ(echo(ContactFrame("Dulles", "D\u00FCls")),
            Concat("<city ", contact, ">D\u00FCls</city>"));
  EXPECT_EQ(echo(ContactFrame(">US<", ">XX<")), Concat("<cc ", contact, ">XX</cc>"));
  const auto ds = [&](std::string_view algorithm, std::string_view type, std::string_view digest) {
    return echo(
        Create("<domain:name>a.org</domain:name><domain:authInfo><domain:pw/>"
               "</domain:authInfo>",
               Concat("<secDNS:create><secDNS:dsData><secDNS:keyTag>1</secDNS:keyTag>"
                      "<secDNS:alg>",
                      algorithm, "</secDNS:alg><secDNS:digestType>", type,
                      "</secDNS:digestType><secDNS:digest>", digest,
                      "</secDNS:digest></secDNS:dsData></secDNS:create>")));
  };
  const std::string sec_dns = "xmlns=\"urn:ietf:params:xml:ns:secDNS-1.1\"";
  EXPECT_EQ(ds("99", "2", "AB"), Concat("<alg ", sec_dns, ">99</alg>"));
  EXPECT_EQ(ds("13", "99", "AB"), Concat("<digestType ", sec_dns, ">99</digestType>"));
  EXPECT_EQ(ds("13", "2", "AB"), Concat("<digest ", sec_dns, ">AB</digest>"));
}

TEST(DispatchTest, LimitsTheValuesOfOneCommand) {
  const auto repeated = [](int count, std::string_view before, std::string_view after) {
    std::string out;
    for (int i = 0; i < count; ++i) out += Concat(before, i, after);
    return out;
  };
  const auto create = [&](int hosts, int contacts, int records) {
    std::string content = "<domain:name>a.org</domain:name>";
    content +=
        Concat("<domain:ns>", repeated(hosts, "<domain:hostObj>ns", ".b.net</domain:hostObj>"),
               "</domain:ns>");
    content += repeated(contacts, "<domain:contact type='tech'>contact", "</domain:contact>");
    content += "<domain:authInfo><domain:pw/></domain:authInfo>";
    const std::string record = Concat(
        "</secDNS:keyTag><secDNS:alg>13</secDNS:alg><secDNS:digestType>2</secDNS:digestType>"
        "<secDNS:digest>",
        std::string(64, 'a'), "</secDNS:digest></secDNS:dsData>");
    return Create(content, Concat("<secDNS:create>",
                                  repeated(records, "<secDNS:dsData><secDNS:keyTag>", record),
                                  "</secDNS:create>"));
  };
  const auto host = [&](int addresses) {
    return Command(Concat("<create><host:create><host:name>ns1.a.org</host:name>",
                          repeated(addresses, "<host:addr>192.0.2.", "</host:addr>"),
                          "</host:create></create>"));
  };
  ExpectRows({
      {create(100, 100, 100), "STORE"},
      {create(101, 1, 1), registry::kTooManyNameServers.id},
      {create(1, 101, 1), registry::kTooManyContacts.id},
      {create(1, 1, 101), registry::kTooManyDs.id},
      {host(100), "STORE"},
      {host(101), registry::kTooManyAddresses.id},
  });
}

TEST(DispatchTest, ContactUpdateParameters) {
  const auto update = [](std::string_view content) {
    return Command(Concat("<update><contact:update><contact:id>holder</contact:id>", content,
                          "</contact:update></update>"));
  };
  const auto change = [&](std::string_view content) {
    return update(Concat("<contact:chg>", content, "</contact:chg>"));
  };
  const auto postal = [](std::string_view content) {
    return Concat("<contact:postalInfo type='int'>", content, "</contact:postalInfo>");
  };
  const auto address = [](std::string_view content) {
    return Concat("<contact:addr>", content, "</contact:addr>");
  };
  ExpectRows({
      {update("<contact:add><contact:status s='clientTransferProhibited'/></contact:add>"),
       "STORE"},
      {update("<contact:add/>"), kElementMissing.id},
      {update("<contact:rem><contact:status s='clientHold'/></contact:rem>"),
       registry::kStatusRange.id},
      {update("<contact:rem><contact:status s='invalidStatusCode'/></contact:rem>"),
       kStatusSyntax.id},
      {change("<contact:postalInfo type='loc'><contact:org/></contact:postalInfo>"), "STORE"},
      {change("<contact:postalInfo type='loc'/>"), kNothingGiven.id},
      {change("<contact:disclose flag='0'/>"), kNothingGiven.id},
      {change("<contact:disclose flag='0'><contact:fax/></contact:disclose>"), "STORE"},
      {change(postal("<contact:name/>")), registry::kPostalEmpty.id},
      {change(postal("<contact:name>J\u00F6hn</contact:name>")), registry::kPostalNotAscii.id},
      {change(postal(address("<contact:city>A</contact:city><contact:cc>XX</contact:cc>"))),
       registry::kCountrySyntax.id},
      {change(postal(address("<contact:city/><contact:cc>US</contact:cc>"))),
       registry::kPostalEmpty.id},
      {change(postal(address(Concat("<contact:street>", std::string(256, 'x'), "</contact:street>",
                                    "<contact:city>A</contact:city><contact:cc>US</contact:cc>")))),
       registry::kPostalTooLong.id},
      {change("<contact:postalInfo type='tni'><contact:org/></contact:postalInfo>"),
       kAttributeValue.id},
      {change("<contact:postalInfo type='int'/><contact:postalInfo type='int'/>"),
       kPostalInfoTwice.id},
      {change("<contact:voice/>"), "STORE"},
      {change("<contact:voice x='1'/>"), registry::kPhoneSyntax.id},
      {change("<contact:fax>+1.a</contact:fax>"), registry::kPhoneSyntax.id},
      {change("<contact:email>@</contact:email>"), registry::kEmailSyntax.id},
      {change("<contact:authInfo><contact:null/></contact:authInfo>"), kElementUnexpected.id},
      {change("<contact:email>a@example.com</contact:email><contact:voice/>"),
       kElementUnexpected.id},
  });
}

TEST(DispatchTest, PollParameters) {
  ExpectRows({
      {Command("<poll op='req'/>"), "STORE"},
      {Command("<poll op='ack' msgID='1'/>"), "STORE"},
      {Command("<poll op='ack' msgID='none'/>"), "STORE"},  // 2303: a message that is not there
      {Command("<poll op='ack'/>"), kMessageIdMissing.id},
      {Command("<poll op='ack' msgID=' '/>"), kMessageIdMissing.id},
      {Command("<poll/>"), kAttributeMissing.id},
      {Command("<poll op='look'/>"), kAttributeValue.id},
      {Command("<poll op='req' x='1'/>"), kAttributeUnexpected.id},
      {Command("<poll op='req'>x</poll>"), kTextUnexpected.id},
  });
  EXPECT_EQ(Dispatch(Command("<poll op='req'/>"), LoggedIn()).name, "poll-req");
  EXPECT_EQ(Dispatch(Command("<poll op='ack'/>"), LoggedIn()).name, "poll-ack");
}

}  // namespace
}  // namespace epp
