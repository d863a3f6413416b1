#include "registry/model/maintenance.h"

#include <gmock/gmock.h>

#include "registry/base/text.h"

namespace registry {
namespace {

using testing::HasSubstr;
using Kind = MaintenanceNotice::Kind;

Maintenance Full() {
  Maintenance maintenance;
  maintenance.id = "2027-01.a";
  maintenance.name = " # not a comment \\ \"quoted\"";
  maintenance.types = {"Routine", "Software = Update"};
  maintenance.systems = {{"EPP \"live\" # 1", "epp.nic.example", Maintenance::Impact::kPartial},
                         {"WHOIS", "", Maintenance::Impact::kNone},
                         {"- dash", "2001:db8::1", Maintenance::Impact::kFull}};
  maintenance.environment = "custom";
  maintenance.environment_name = "second";
  maintenance.starts = absl::FromUnixMillis(1'800'000'000'123);
  maintenance.ends = absl::FromUnixMillis(1'800'000'100'000);
  maintenance.emergency = true;
  maintenance.detail = "https://nic.example/?a=1#b";
  maintenance.descriptions = {{"en", "one = two"}, {"zh-Hant", "  \xE7\xB6\xAD "}};
  maintenance.tlds = {"ngo", "org"};
  maintenance.intervention = {false, true};
  maintenance.created = absl::FromUnixMillis(1'799'000'000'000);
  maintenance.updated = absl::FromUnixMillis(1'799'500'000'000);
  return maintenance;
}

Maintenance Plain() {
  Maintenance maintenance;
  maintenance.id = "m";
  maintenance.systems = {{"EPP", "", Maintenance::Impact::kFull}};
  maintenance.starts = absl::FromUnixSeconds(1'800'000'000);
  maintenance.ends = absl::FromUnixSeconds(1'800'000'001);
  maintenance.created = absl::FromUnixSeconds(1'799'000'000);
  return maintenance;
}

TEST(MaintenanceTest, IsReadBackAsItWas) {
  for (const Maintenance& maintenance : {Full(), Plain()}) {
    const std::string text = FormatMaintenance(maintenance);
    const auto read = ParseMaintenance(text);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(*read, maintenance) << text;
  }
}

TEST(MaintenanceTest, EachLineIsNeededOrMayBeMissing) {
  const std::string plain = FormatMaintenance(Plain());
  for (const char* key : {"id", "system", "starts", "ends", "created"}) {
    const size_t at = plain.find(Concat(key, " = "));
    ASSERT_NE(at, std::string::npos) << key;
    std::string text = plain;
    text.erase(at, text.find('\n', at) + 1 - at);
    EXPECT_THAT(ParseMaintenance(text).status().ToString(), HasSubstr(key));
  }
}

TEST(MaintenanceTest, OtherTextsAreNone) {
  const std::string plain = FormatMaintenance(Plain());
  for (const char* line : {"starts = soon", "system = much - EPP", "system = full -",
                           "system = full", "intervention = yes", "intervention = xy", "other = 1",
                           "updated = -", "emergency = maybe"}) {
    EXPECT_FALSE(ParseMaintenance(Concat(plain, line, "\n")).ok()) << line;
  }
}

TEST(MaintenanceNoticeTest, IsReadBackAsItWas) {
  for (const Kind kind :
       {Kind::kCreate, Kind::kUpdate, Kind::kDelete, Kind::kCourtesy, Kind::kEnd}) {
    const MaintenanceNotice notice{kind, Full()};
    EXPECT_EQ(ParseMaintenanceNotice(FormatMaintenanceNotice(notice)), notice);
  }
}

TEST(MaintenanceNoticeTest, OtherTextsAreNone) {
  const std::string plain = FormatMaintenance(Plain());
  for (const std::string& text :
       {std::string(), std::string("c"), std::string("c\n"), Concat("x\n", plain),
        Concat("c", plain), plain, Concat("c\n", plain, "x")}) {
    EXPECT_FALSE(ParseMaintenanceNotice(text)) << text;
  }
}

TEST(MaintenanceNoticeTest, KindsHaveTheNamesOfTheSchema) {
  EXPECT_EQ(NoticeName(Kind::kCreate), "create");
  EXPECT_EQ(NoticeName(Kind::kUpdate), "update");
  EXPECT_EQ(NoticeName(Kind::kDelete), "delete");
  EXPECT_EQ(NoticeName(Kind::kCourtesy), "courtesy");
  EXPECT_EQ(NoticeName(Kind::kEnd), "end");
}

TEST(MaintenanceTest, ImpactsHaveTheNamesOfTheSchema) {
  for (const char* name : {"none", "partial", "full"}) {
    const auto impact = ParseImpact(name);
    ASSERT_TRUE(impact) << name;
    EXPECT_EQ(ImpactName(*impact), name);
  }
  for (const char* name : {"", "Full", "half"}) EXPECT_FALSE(ParseImpact(name)) << name;
}

}  // namespace
}  // namespace registry
