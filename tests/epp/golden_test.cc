// Whole messages: tests/golden/epp/<command>/<case>.xml is sent to a fresh GoldenWorld, and the
// reply has to be <case>.reply.xml. A comment "session: ..." in the request says who sends it:
// "none", or a registrar (gold by default), maybe "without extensions", "with fees", "with ttls",
// "with second mails", "with organizations", "with change poll", "without domains", "without
// maintenances", "with unhandled namespaces" or "while the store is away". UPDATE_GOLDEN=1 rewrites
// the replies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "epp/clearinghouse.h"
#include "epp/dispatch.h"
#include "epp/response.h"
#include "registry/base/text.h"
#include "tests/epp/golden_world.h"
#include "tests/support/fake_store.h"
#include "tests/support/mark_authority.h"
#include "tests/support/paths.h"

namespace epp {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string Read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

fs::path GoldenFolder() { return tests::SourcePath("tests/golden/epp"); }

bool IsReply(const fs::path& path) { return path.string().ends_with(".reply.xml"); }

fs::path ReplyOf(fs::path request) { return request.replace_extension(".reply.xml"); }

std::vector<fs::path> Requests() {
  std::vector<fs::path> requests;
  for (const auto& entry : fs::recursive_directory_iterator(GoldenFolder())) {
    if (entry.path().extension() == ".xml" && !IsReply(entry.path())) {
      requests.push_back(entry.path());
    }
  }
  std::ranges::sort(requests);
  return requests;
}

// What the comment "session: ..." says.
std::string SessionText(const std::string& request) {
  constexpr std::string_view kMark = "<!-- session: ";
  const size_t at = request.find(kMark);
  if (at == std::string::npos) return "gold";
  const size_t start = at + kMark.size();
  return request.substr(start, request.find(" -->", start) - start);
}

SessionView MakeSession(const std::string& text) {
  SessionView session;
  if (text.starts_with("none")) return session;
  session.logged_in = true;
  session.registrar = text.starts_with("silver")          ? registry::kSilver
                      : text.starts_with("poor")          ? GoldenWorld::kPoor
                      : text.starts_with("idle")          ? GoldenWorld::kIdle
                      : text.starts_with("mover")         ? GoldenWorld::kMover
                      : text.starts_with("keeper")        ? GoldenWorld::kKeeper
                      : text.starts_with("noted-host")    ? GoldenWorld::kNotedHost
                      : text.starts_with("noted-contact") ? GoldenWorld::kNotedContact
                      : text.starts_with("noted-purge")   ? GoldenWorld::kNotedPurge
                      : text.starts_with("noted-seller")  ? GoldenWorld::kNotedOrganization
                      : text.starts_with("noted")         ? GoldenWorld::kNoted
                      : text.starts_with("told-create")   ? GoldenWorld::kToldCreate
                      : text.starts_with("told-update")   ? GoldenWorld::kToldUpdate
                      : text.starts_with("told-delete")   ? GoldenWorld::kToldDelete
                      : text.starts_with("told-courtesy") ? GoldenWorld::kToldCourtesy
                      : text.starts_with("told-end")      ? GoldenWorld::kToldEnd
                                                          : registry::kGold;
  if (text.find("without domains") == std::string::npos) session.objects.Add(Object::kDomain);
  session.objects.Add(Object::kHost);
  session.objects.Add(Object::kContact);
  session.objects.Add(Object::kKeyRelay);
  if (text.find("without maintenances") == std::string::npos) {
    session.objects.Add(Object::kMaintenance);
  }
  session.objects.Add(Object::kOrganization);
  if (text.find("with fees") != std::string::npos) session.extensions.Add(Extension::kFee);
  if (text.find("with organizations") != std::string::npos) {
    session.extensions.Add(Extension::kOrgExt);
  }
  if (text.find("with second mails") != std::string::npos) {
    session.extensions.Add(Extension::kAdditionalEmail);
  }
  if (text.find("with ttls") != std::string::npos) session.extensions.Add(Extension::kTtl);
  if (text.find("without extensions") == std::string::npos) {
    session.extensions.Add(Extension::kSecDns);
    session.extensions.Add(Extension::kRgp);
    session.extensions.Add(Extension::kLaunch);
    session.extensions.Add(Extension::kIdn);
    session.extensions.Add(Extension::kAllocationToken);
  }
  if (text.find("with change poll") != std::string::npos) {
    session.extensions.Add(Extension::kChangePoll);
  }
  if (text.find("with unhandled namespaces") != std::string::npos) {
    session.extensions.Add(Extension::kUnhandledNamespaces);
  }
  return session;
}

// What the session of a server does with a call.
struct Replier {
  GoldenWorld& world;
  tests::FakeStore& store;
  const std::string& client_id;

  std::string operator()(Hello) const { return RenderGreeting("Postel", world.now, true); }
  std::string operator()(const Refused& refused) const {
    Result result;
    result.code = refused.rejection.code();
    result.reason = refused.rejection.reason.text;
    result.subject = refused.rejection.subject;
    result.echo = refused.echo;
    result.client_id = client_id;
    result.number = world.number;
    return RenderResult(result);
  }
  std::string operator()(const LoginCall&) const { return "a login"; }
  std::string operator()(const LogoutCall&) const { return "a logout"; }
  std::string operator()(StoreCall& call) const {
    Answer answer;
    int finished = 0;
    store.Submit(std::move(call.make_job)([&](Rendering rendering) {
      ++finished;
      answer = std::move(rendering)();
    }));
    EXPECT_EQ(finished, 1);
    EXPECT_THAT(answer.xml, HasSubstr(registry::Concat("code=\"", static_cast<int>(answer.code))));
    return answer.xml;
  }
};

// The label brand has claims.
const Clearinghouse& GoldenClearinghouse() {
  static const Clearinghouse clearinghouse = [] {
    const tests::MarkAuthority authority;
    return Clearinghouse{
        *registry::ClaimsList::Parse("dnl.csv",
                                     "1,2026-06-15T00:00:00.0Z\n"
                                     "DNL,lookup-key,insertion-datetime\n"
                                     "brand,2013041500/2/6/9/rJ1NrDO92vDsAzf7EQzgjX4R0000000001,"
                                     "2026-06-14T00:00:00.0Z\n"),
        *registry::RevokedMarks::Parse("smdrl.csv",
                                       "1,2026-06-15T00:00:00.0Z\nsmd-id,insertion-datetime\n"),
        *MarkSigners::Read(authority.anchors(), authority.revoked())};
  }();
  return clearinghouse;
}

std::string ReplyTo(const std::string& request) {
  GoldenWorld world;
  tests::FakeStore store(world);
  const std::string session = SessionText(request);
  if (session.find("the store is away") != std::string::npos) {
    store.FailNext(absl::UnavailableError("no database"));
  }
  Call call = Dispatch(request, MakeSession(session), {}, &GoldenClearinghouse());
  return std::visit(Replier{world, store, call.client_id}, call.action) + "\n";
}

class GoldenTest : public testing::TestWithParam<fs::path> {};

TEST_P(GoldenTest, IsAnsweredExactly) {
  const fs::path reply = ReplyOf(GetParam());
  const std::string answer = ReplyTo(Read(GetParam()));
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(reply, std::ios::binary) << answer;
  EXPECT_EQ(answer, Read(reply)) << GetParam();
}

std::string TestName(const testing::TestParamInfo<fs::path>& info) {
  std::string name =
      info.param.parent_path().filename().string() + "_" + info.param.stem().string();
  std::ranges::replace_if(
      name, [](char c) { return c != '_' && !std::isalnum(c); }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Epp, GoldenTest, testing::ValuesIn(Requests()), TestName);

// The schemas are not part of this project: POSTEL_XSD_DIR, or ../shared/xsd beside the checkout.
class SchemaTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("POSTEL_XSD_DIR");
    schema_ = fs::path(folder != nullptr ? folder : tests::SourcePath("../shared/xsd")) / "all.xsd";
    if (!fs::exists(schema_)) GTEST_SKIP() << "no schemas at " << schema_;
    if (std::system("command -v xmllint >/dev/null") != 0) GTEST_SKIP() << "no xmllint";
  }
  // What xmllint has to say about the files that are not valid; empty if all are.
  std::string Complaints(const std::vector<fs::path>& files) const {
    const fs::path log = fs::temp_directory_path() /
                         registry::Concat("postel-golden-", static_cast<int64_t>(::getpid()));
    std::string command =
        "xmllint --nonet --noout --schema '" + schema_.string() + "' >'" + log.string() + "' 2>&1";
    for (const fs::path& file : files) command += " '" + file.string() + "'";
    const int status = std::system(command.c_str());
    const std::string said = Read(log);
    fs::remove(log);
    return status == 0 ? "" : said;
  }

 private:
  fs::path schema_;
};

TEST_F(SchemaTest, EveryReplyIsValid) {
  std::vector<fs::path> replies;
  for (const fs::path& request : Requests()) replies.push_back(ReplyOf(request));
  EXPECT_EQ(Complaints(replies), "");
}

TEST_F(SchemaTest, WhatIsAcceptedIsValid) {
  std::vector<fs::path> accepted;
  for (const fs::path& request : Requests()) {
    const std::string reply = Read(ReplyOf(request));
    if (reply.find("<result code=\"1") != std::string::npos) accepted.push_back(request);
  }
  ASSERT_GT(accepted.size(), 20u);
  EXPECT_EQ(Complaints(accepted), "");
}

}  // namespace
}  // namespace epp
