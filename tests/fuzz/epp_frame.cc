// One frame, sent before a login and after one, to the registry of the golden files. Whatever it
// is, it gets one answer: well-formed, with a code of RFC 5730 that is never "command failed", and
// with the frame's clTRID.
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "epp/dispatch.h"
#include "epp/frame_check.h"
#include "epp/session.h"
#include "registry/base/check.h"
#include "tests/epp/golden_world.h"
#include "tests/fuzz/golden_seeds.h"
#include "tests/fuzz/target.h"
#include "tests/support/epp_frames.h"
#include "tests/support/fake_store.h"

namespace fuzz {
namespace {

using epp::Session;
using registry::ResultCode;

// One session of its own registry, as the server's connection drives it.
class Client : public epp::SessionServices {
 public:
  Client() { POSTEL_CHECK(CodeOf(session_.OnConnected().xml) == std::nullopt); }
  explicit Client(registry::RegistrarKey registrar) : Client() { LogIn(registrar); }

  // The answer; "" to a login that is well-formed, which is for the password to decide.
  Session::Send Ask(std::string_view frame) {
    Session::Step step = session_.OnFrame(frame, absl::Seconds(1));
    if (auto* execute = std::get_if<Session::Execute>(&step)) return Execute(execute->call);
    if (std::holds_alternative<Session::LogIn>(step)) return {};
    return std::get<Session::Send>(std::move(step));
  }

  // The code that the response names, with its text and the client's own identifier; none if it is
  // a greeting.
  std::optional<ResultCode> CodeOf(const std::string& xml) const {
    POSTEL_CHECK(epp::CheckFrame(xml).ok());
    pugi::xml_document document;
    POSTEL_CHECK(document.load_string(xml.c_str()));
    if (document.child("epp").child("greeting")) return std::nullopt;
    const pugi::xml_node response = document.child("epp").child("response");
    POSTEL_CHECK(response.child("trID").child("clTRID").child_value() == session_.client_id());
    const pugi::xml_node result = response.child("result");
    const auto code = static_cast<ResultCode>(result.attribute("code").as_int());
    // A code that is not of RFC 5730 would have the text of 2400, which nothing here should get.
    POSTEL_CHECK(Message(code) == result.child("msg").child_value());
    POSTEL_CHECK(Message(code) != Message(ResultCode::kCommandFailed));
    return code;
  }

 private:
  static constexpr std::string_view kLogin =
      "<login><clID>gold</clID><pw>secret-1</pw><options><version>1.0</version><lang>en</lang>"
      "</options><svcs><objURI>urn:ietf:params:xml:ns:domain-1.0</objURI>"
      "<objURI>urn:ietf:params:xml:ns:host-1.0</objURI>"
      "<objURI>urn:ietf:params:xml:ns:contact-1.0</objURI><svcExtension>"
      "<extURI>urn:ietf:params:xml:ns:secDNS-1.1</extURI>"
      "<extURI>urn:ietf:params:xml:ns:rgp-1.0</extURI></svcExtension></svcs></login>";

  void LogIn(registry::RegistrarKey registrar) {
    Session::Step step = session_.OnFrame(tests::Command(kLogin), absl::ZeroDuration());
    POSTEL_CHECK(std::holds_alternative<Session::LogIn>(step));
    const Session::Send done =
        session_.OnLogin(epp::LoginResult{registrar, 0}, absl::ZeroDuration());
    POSTEL_CHECK(done.code == ResultCode::kOk);
  }

  epp::Call Dispatch(std::string_view xml, const epp::SessionView& view) override {
    return epp::Dispatch(xml, view);
  }
  registry::TransactionNumber NextNumber() override { return 1; }
  absl::Time Now() override { return absl::UnixEpoch(); }

  Session::Send Execute(epp::StoreCall& call) {
    static const epp::GoldenWorld pristine;
    epp::GoldenWorld world = pristine;
    tests::FakeStore store(world);
    std::optional<epp::Answer> answer;
    store.Submit(std::move(call.make_job)([&](epp::Rendering rendering) {
      POSTEL_CHECK(!answer);
      answer = std::move(rendering)();
    }));
    POSTEL_CHECK(answer.has_value());
    // The registry in memory has expectations of its own about what is written to it.
    POSTEL_CHECK(!testing::UnitTest::GetInstance()->Failed());
    return session_.OnAnswer(*std::move(answer), absl::Seconds(1));
  }

  const epp::SessionSettings settings_{"Postel", absl::Minutes(10), absl::Minutes(1),
                                       absl::Hours(24)};
  Session session_{settings_, *this};
};

// Of this frame; whether the session took it for a command and did as it says.
bool CheckAnswer(std::string_view frame, Client& client) {
  const Session::Send send = client.Ask(frame);
  if (send.xml.empty()) return true;
  const std::optional<ResultCode> code = client.CodeOf(send.xml);
  POSTEL_CHECK(code.value_or(ResultCode::kOk) == send.code);
  POSTEL_CHECK(send.close == registry::ClosesSession(send.code));
  return IsSuccess(send.code);
}

// What says the same in other octets is the same to the registry.
void CheckThatDressDoesNotMatter(std::string_view frame) {
  const epp::SessionView nobody;
  const epp::Call plain = epp::Dispatch(frame, nobody);
  const std::string dressed = "\xEF\xBB\xBF" + std::string(frame) + "<!-- the end -->\n";
  const epp::Call other = epp::Dispatch(dressed, nobody);
  POSTEL_CHECK(plain.name == other.name && plain.client_id == other.client_id);
  POSTEL_CHECK(plain.action.index() == other.action.index());
  const auto* refused = std::get_if<epp::Refused>(&plain.action);
  if (refused == nullptr) return;
  const auto& also = std::get<epp::Refused>(other.action);
  POSTEL_CHECK(refused->rejection.reason.id == also.rejection.reason.id);
  POSTEL_CHECK(refused->echo == also.echo);
}

}  // namespace

std::vector<std::string> Seeds() { return GoldenRequests(); }

// The sessions are the same for every input: of a frame they remember nothing that the next one
// could notice.
bool Check(std::string_view input) {
  static Client stranger;
  static Client gold(registry::kGold);
  CheckAnswer(input, stranger);
  const bool done = CheckAnswer(input, gold);
  const absl::StatusOr<std::string> text = epp::DecodeFrame(input);
  const bool well_formed = text.ok() && epp::CheckFrame(*text).ok();
  if (well_formed && *text == input) CheckThatDressDoesNotMatter(input);
  POSTEL_CHECK(well_formed || !done);
  return done;
}

}  // namespace fuzz
