#include "registry/ctl/history_text.h"

#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "tests/support/scene.h"

namespace ctl {
namespace {

using testing::ElementsAre;

constexpr char kCreate[] =
    R"({"name":"a.org","registrant":20,"contacts":[{"role":"admin","contact":21}],)"
    R"("name_servers":[30,31],"ds":[],"grace":[{"kind":"add","ends":"2026-01-07T00:00:00.000Z",)"
    R"("fee":1800,"payer":1}],"sponsor":1,"creator":2,"updater":-1})";

class HistoryTextTest : public testing::Test {
 protected:
  HistoryTextTest() { scene.directory.settings.repository_id = "LROR"; }
  boost::json::object Read(std::string_view change) const {
    return ReadableChange(change, scene.directory);
  }
  registry::Scene scene;
};

TEST_F(HistoryTextTest, NamesRegistrarsAndGivesRoidsAndMoney) {
  EXPECT_EQ(
      boost::json::serialize(Read(kCreate)),
      R"({"name":"a.org","registrant":"C20-LROR","contacts":[{"role":"admin","contact":"C21-LROR"}],)"
      R"("name_servers":["H30-LROR","H31-LROR"],"ds":[],"grace":[{"kind":"add",)"
      R"("ends":"2026-01-07T00:00:00.000Z","fee":"18.00","payer":"gold"}],"sponsor":"gold",)"
      R"-("creator":"silver","updater":"(operator)"})-");
}

TEST_F(HistoryTextTest, IsOneLineForEachMemberForPeople) {
  EXPECT_THAT(ChangeLines(Read(kCreate)),
              ElementsAre("name: a.org", "registrant: C20-LROR",
                          "contacts: role admin contact "
                          "C21-LROR",
                          "name servers: H30-LROR, H31-LROR", "ds: none",
                          "grace: kind add ends 2026-01-07T00:00:00.000Z fee 18.00 payer gold",
                          "sponsor: gold", "creator: silver", "updater: (operator)"));
  EXPECT_THAT(ChangeLines(Read(R"({"registrant":0,"phase_ends":null})")),
              ElementsAre("registrant: none", "phase ends: none"));
  EXPECT_THAT(ChangeLines(Read(R"({"deleted":true})")), ElementsAre("deleted"));
}

TEST_F(HistoryTextTest, NamesWhatTheClockDoes) {
  EXPECT_EQ(ClockStep(Read(R"({"expires":"x","grace":[]})")), "auto-renew");
  EXPECT_EQ(ClockStep(Read(R"({"grace":[]})")), "end of grace");
  EXPECT_EQ(ClockStep(Read(R"({"phase":"pendingDelete","phase_ends":"x"})")), "end of redemption");
  EXPECT_EQ(ClockStep(Read(R"({"phase":"redemption","redemption_ends":null})")), "end of restore");
  EXPECT_EQ(ClockStep(Read(R"({"transfer":{},"expires":"x","grace":[]})")), "approval of transfer");
  EXPECT_EQ(ClockStep(Read(R"({"deleted":true})")), "purge");
}

TEST_F(HistoryTextTest, ShowsWhatIsNoJson) {
  EXPECT_THAT(ChangeLines(Read("{")), ElementsAre("unreadable: {"));
}

}  // namespace
}  // namespace ctl
