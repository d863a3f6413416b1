#include "registry/ctl/output.h"

#include <gtest/gtest.h>

#include <sstream>

namespace ctl {
namespace {

template <class Printed>
std::string Text(const Printed& printed, bool json) {
  std::ostringstream out;
  printed.Print(out, json);
  return out.str();
}

TEST(TableTest, AlignsByDisplayWidthWithNumbersAndMoneyToTheRight) {
  Table table({{"id", "Id"},
               {"name", "Name"},
               {"balance", "Balance, USD", Table::Form::kMoney},
               {"messages", "Messages", Table::Form::kNumber}});
  table.AddRow({"gold", "\xE6\x97\xA5\xE6\x9C\xAC", "1000.00", "7"});
  table.AddRow({"silver", "Ag", "-5.00", "12"});
  EXPECT_EQ(Text(table, false),
            "Id      Name  Balance, USD  Messages\n"
            "------  ----  ------------  --------\n"
            "gold    \xE6\x97\xA5\xE6\x9C\xAC       1000.00         7\n"
            "silver  Ag           -5.00        12\n");
}

TEST(TableTest, IsAnArrayOfObjectsForPrograms) {
  Table table({{"balance", "Balance, USD", Table::Form::kMoney},
               {"messages", "Messages", Table::Form::kNumber},
               {"change", "Change", Table::Form::kJson}});
  table.AddRow({"1000.00", "7", R"({"deleted":true})"});
  EXPECT_EQ(Text(table, true),
            "[{\"balance\":\"1000.00\",\"messages\":7,\"change\":{\"deleted\":true}}]\n");
}

TEST(RecordTest, LeavesOutWhatIsEmptyForPeopleOnly) {
  Record record;
  record.Add("name", "Name", "gold");
  record.Add("fax", "Fax", "");
  record.AddNumber("messages", "Messages", 0);
  record.AddFlag("sandbox", "Sandbox", true);
  record.AddList("street", "Street", {"1 Main St", "Suite 2"});
  record.AddList("tlds", "May sell", {});
  record.AddForPeople("May sell", {"all"});
  record.AddForPrograms("all_tlds", true);
  EXPECT_EQ(Text(record, false),
            "Name:     gold\n"
            "Messages: 0\n"
            "Sandbox:  yes\n"
            "Street:   1 Main St\n"
            "Street:   Suite 2\n"
            "May sell: all\n");
  EXPECT_EQ(Text(record, true),
            "{\"name\":\"gold\",\"fax\":\"\",\"messages\":0,\"sandbox\":true,\"street\":[\"1 Main "
            "St\",\"Suite 2\"],\"tlds\":[],\"all_tlds\":true}\n");
}

class ReportTest : public testing::Test {
 protected:
  static std::string Captured() { return testing::internal::GetCapturedStderr(); }
};

TEST_F(ReportTest, TellsTheOperatorsFaultsFromTheWorlds) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(ReportFailure(absl::FailedPreconditionError("no"), false), kExitRefused);
  EXPECT_EQ(ReportFailure(absl::InvalidArgumentError("wrong"), false), kExitUsage);
  EXPECT_EQ(ReportFailure(absl::UnavailableError("gone"), false), kExitFailed);
  EXPECT_EQ(Captured(), "postelctl: no\npostelctl: wrong\npostelctl: gone\n");
}

TEST_F(ReportTest, GivesProgramsTheStableIdAndTheCode) {
  constexpr registry::Reason kReason{"domain-not-found", registry::ResultCode::kObjectMissing,
                                     "the domain does not exist"};
  testing::internal::CaptureStderr();
  EXPECT_EQ(ReportRejection(registry::Reject(kReason, "a.org"), true), kExitRefused);
  EXPECT_EQ(ReportUsage("what?", true), kExitUsage);
  EXPECT_EQ(Captured(),
            "{\"error\":\"domain-not-found\",\"text\":\"the domain does not exist: "
            "a.org\",\"code\":2303}\n{\"error\":\"usage\",\"text\":\"what?\"}\n");
}

}  // namespace
}  // namespace ctl
