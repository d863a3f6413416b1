#include "tests/fuzz/epp_client.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <pugixml.hpp>
#include <set>
#include <variant>
#include <vector>

#include "epp/clearinghouse.h"
#include "epp/frame_check.h"
#include "epp/services.h"
#include "epp/xml_reader.h"
#include "registry/base/check.h"
#include "registry/base/text.h"
#include "tests/support/epp_frames.h"
#include "tests/support/fake_store.h"
#include "tests/support/mark_authority.h"

namespace fuzz {
namespace {

using epp::Element;
using epp::GoldenWorld;
using epp::Session;
using registry::Concat;
using registry::Money;
using registry::ResultCode;

const GoldenWorld& Pristine() {
  static const GoldenWorld world;
  return world;
}

// That of the golden files: the label brand has claims.
const epp::Clearinghouse& Clearinghouse() {
  static const epp::Clearinghouse clearinghouse = [] {
    const tests::MarkAuthority authority;
    return epp::Clearinghouse{
        *registry::ClaimsList::Parse("dnl.csv",
                                     "1,2026-06-15T00:00:00.0Z\n"
                                     "DNL,lookup-key,insertion-datetime\n"
                                     "brand,2013041500/2/6/9/rJ1NrDO92vDsAzf7EQzgjX4R0000000001,"
                                     "2026-06-14T00:00:00.0Z\n"),
        *registry::RevokedMarks::Parse("smdrl.csv",
                                       "1,2026-06-15T00:00:00.0Z\nsmd-id,insertion-datetime\n"),
        *epp::MarkSigners::Read(authority.anchors(), authority.revoked())};
  }();
  return clearinghouse;
}

std::string Login(Services services) {
  std::string xml =
      "<login><clID>somebody</clID><pw>secret-1</pw><options><version>1.0</version><lang>en</lang>"
      "</options><svcs>";
  for (const auto& object : epp::kObjectServices) {
    xml += Concat("<objURI>", object.ns, "</objURI>");
  }
  if (services == Services::kAll) {
    xml += "<svcExtension>";
    for (const auto& extension : epp::kExtensionServices) {
      xml += Concat("<extURI>", extension.ns, "</extURI>");
    }
    xml += "</svcExtension>";
  }
  return tests::Command(xml + "</svcs></login>");
}

const epp::SessionSettings& Settings() {
  static const epp::SessionSettings settings{"Postel",
                                             absl::Minutes(10),
                                             absl::Minutes(1),
                                             absl::Hours(24),
                                             /*login_failures=*/3,
                                             /*launch=*/true};
  return settings;
}

// Takes the children of an element in their order.
class Children {
 public:
  explicit Children(const Element& parent) : next_(parent.FirstChild()) {}
  Element Take(std::string_view name) {
    if (!next_.Is(epp::kEpp, name)) return {};
    const Element taken = next_;
    next_ = next_.Next();
    return taken;
  }
  bool done() const { return !next_; }

 private:
  Element next_;
};

void CheckResult(const Element& result) {
  Children children(result);
  POSTEL_CHECK(static_cast<bool>(children.Take("msg")));
  while (children.Take("value")) {
  }
  while (const Element ext_value = children.Take("extValue")) {
    Children parts(ext_value);
    const Element value = parts.Take("value");
    POSTEL_CHECK(value && value.FirstChild() && !value.FirstChild().Next());
    POSTEL_CHECK(static_cast<bool>(parts.Take("reason")) && parts.done());
  }
  POSTEL_CHECK(children.done());
}

// One object's data, or extensions' data, each once.
void CheckData(const Element& data, Services services) {
  std::set<std::string> seen;
  for (Element child = data.FirstChild(); child; child = child.Next()) {
    POSTEL_CHECK(epp::ObjectOf(child.ns()).has_value() || services == Services::kAll);
    POSTEL_CHECK(epp::ObjectOf(child.ns()) || epp::ExtensionOf(child.ns()));
    POSTEL_CHECK(seen.insert(std::string(child.ns())).second);
  }
  POSTEL_CHECK(!data || !seen.empty());
}

void CheckIdentifiers(const Element& ids, std::string_view client_id) {
  Children children(ids);
  const Element own = children.Take("clTRID");
  POSTEL_CHECK(own ? own.Text() == client_id : client_id.empty());
  const Element servers = children.Take("svTRID");
  POSTEL_CHECK(servers && !servers.Text().empty() && children.done());
}

bool IsRead(std::string_view command) {
  return command.ends_with("-check") || command.ends_with("-info") || command.ends_with("-query") ||
         command == "poll-req";
}

}  // namespace

std::optional<ResultCode> CheckAnswer(const std::string& xml, std::string_view client_id,
                                      Services services) {
  POSTEL_CHECK(epp::CheckFrame(xml).ok());
  pugi::xml_document document;
  POSTEL_CHECK(
      document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata));
  const Element root(document.document_element());
  POSTEL_CHECK(root.Is(epp::kEpp, "epp") && root.FirstChild() && !root.FirstChild().Next());
  if (root.FirstChild().Is(epp::kEpp, "greeting")) return std::nullopt;
  POSTEL_CHECK(root.FirstChild().Is(epp::kEpp, "response"));
  Children children(root.FirstChild());

  const Element result = children.Take("result");
  POSTEL_CHECK(static_cast<bool>(result));
  CheckResult(result);
  const std::optional<std::string> written = result.Attribute("code");
  int number = 0;
  POSTEL_CHECK(written && registry::ParseNumber(*written, &number));
  const auto code = static_cast<ResultCode>(number);
  // A code that is not of RFC 5730 would have the text of 2400, which nothing here should get.
  POSTEL_CHECK(Message(code) == result.FirstChild().Text());
  POSTEL_CHECK(Message(code) != Message(ResultCode::kCommandFailed));

  const Element queue = children.Take("msgQ");
  POSTEL_CHECK(!queue || (queue.Attribute("count") && queue.Attribute("id")));
  CheckData(children.Take("resData"), Services::kObjectsAlone);
  CheckData(children.Take("extension"), services);
  CheckIdentifiers(children.Take("trID"), client_id);
  POSTEL_CHECK(children.done());
  return code;
}

EppClient::EppClient(registry::RegistrarKey registrar, Services services)
    : registrar_(registrar),
      services_(services),
      world_(std::make_unique<GoldenWorld>(Pristine())) {
  Connect();
}

void EppClient::Connect() {
  session_.emplace(Settings(), *this);
  POSTEL_CHECK(CheckAnswer(session_->OnConnected().xml, "", services_) == std::nullopt);
  if (registrar_ == registry::kNoRegistrar) return;
  Session::Step step = session_->OnFrame(Login(services_), absl::ZeroDuration());
  POSTEL_CHECK(std::holds_alternative<Session::LogIn>(step));
  const Session::Send done =
      session_->OnLogin(epp::LoginResult{registrar_, 0, {}}, absl::ZeroDuration());
  POSTEL_CHECK(done.code == ResultCode::kOk);
}

epp::Call EppClient::Dispatch(std::string_view xml, const epp::SessionView& view) {
  return epp::Dispatch(xml, view, {}, &Clearinghouse());
}

EppClient::Answer EppClient::Ask(std::string_view frame) {
  if (changed_) world_ = std::make_unique<GoldenWorld>(Pristine());
  changed_ = false;
  Answer answer = AskOn(frame);
  CheckBooks();
  if (!answer.accepted() || IsRead(answer.command)) {
    CheckUnchanged();
    world_->number = Pristine().number;
    changed_ = false;
  }
  return answer;
}

EppClient::Answer EppClient::AskOn(std::string_view frame) {
  read_ = false;
  const Session::Send send = Take(session_->OnFrame(frame, absl::Seconds(1)));
  const std::optional<ResultCode> code = CheckAnswer(send.xml, session_->client_id(), services_);
  if (answers_to_keep != nullptr) answers_to_keep->insert(send.xml);
  POSTEL_CHECK(code.value_or(ResultCode::kOk) == send.code);
  POSTEL_CHECK(send.close == registry::ClosesSession(send.code));
  Answer answer{send.xml, session_->command(), send.code, read_};
  // As it was before the frame: open, and logged in or not.
  const bool logged_in = session_->logged_in();
  if (send.close || logged_in != (registrar_ != registry::kNoRegistrar)) Connect();
  return answer;
}

Session::Send EppClient::Take(Session::Step step) {
  if (auto* execute = std::get_if<Session::Execute>(&step)) return Execute(execute->call);
  if (auto* login = std::get_if<Session::LogIn>(&step)) {
    // RFC 5730 section 4: clIDType, and pwType unless loginSec has the password.
    const epp::LoginCall& call = login->call;
    POSTEL_CHECK(call.id.size() >= 3 && call.id.size() <= 64);
    POSTEL_CHECK(!call.password.empty() && (!call.new_password || !call.new_password->empty()));
    read_ = true;
    return session_->OnLogin(epp::LoginResult{registry::kGold, 0, {}}, absl::Seconds(1));
  }
  auto send = std::get<Session::Send>(std::move(step));
  read_ = send.code == ResultCode::kOkEndingSession ||
          (send.code == ResultCode::kOk && session_->command() == "hello");
  return send;
}

Session::Send EppClient::Execute(epp::StoreCall& call) {
  read_ = changed_ = true;
  tests::FakeStore store(*world_);
  std::optional<epp::Answer> answer;
  store.Submit(std::move(call.make_job)([&](epp::Rendering rendering) {
    POSTEL_CHECK(!answer);
    answer = std::move(rendering)();
  }));
  POSTEL_CHECK(answer.has_value());
  // The registry in memory has expectations of its own about what is written to it.
  POSTEL_CHECK(!testing::Test::HasFailure());
  return session_->OnAnswer(*std::move(answer), absl::Seconds(1));
}

void EppClient::CheckUnchanged() const {
  const GoldenWorld& first = Pristine();
  POSTEL_CHECK(world_->domains == first.domains && world_->hosts == first.hosts);
  POSTEL_CHECK(world_->contacts == first.contacts && world_->organizations == first.organizations &&
               world_->balances == first.balances);
  POSTEL_CHECK(world_->ledger.size() == first.ledger.size());
  POSTEL_CHECK(world_->messages.size() == first.messages.size());
}

// A balance changes by what the ledger says, and nobody spends what he does not have.
void EppClient::CheckBooks() const {
  std::map<registry::RegistrarKey, Money> balances = Pristine().balances;
  for (size_t i = Pristine().ledger.size(); i < world_->ledger.size(); ++i) {
    balances[world_->ledger[i].registrar] += world_->ledger[i].amount;
  }
  POSTEL_CHECK(balances == world_->balances);
  for (const auto& [key, balance] : balances) {
    const registry::Registrar* registrar = world_->directory.Registrar(key);
    POSTEL_CHECK(registrar != nullptr && balance + registrar->credit_limit >= Money{});
  }
}

}  // namespace fuzz
