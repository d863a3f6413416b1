#include "registry/rules/maintenances.h"

#include <gmock/gmock.h>

#include "tests/support/scene.h"

namespace registry {
namespace {

using testing::HasSubstr;
using Kind = MaintenanceNotice::Kind;

class MaintenancesTest : public testing::Test {
 protected:
  MaintenancesTest() {
    maintenance.id = "move-1";
    maintenance.systems = {{"EPP", "epp.nic.example", Maintenance::Impact::kFull}};
    maintenance.starts = scene.now + absl::Hours(48);
    maintenance.ends = maintenance.starts + absl::Hours(2);
    maintenance.created = scene.now;
  }
  std::string Wrong() const { return WhatIsWrong(maintenance, scene.directory); }

  Scene scene;
  Maintenance maintenance;
};

TEST_F(MaintenancesTest, WhatIsRightIsNotWrong) {
  EXPECT_EQ(Wrong(), "");
  maintenance.id = std::string(64, 'x');
  maintenance.name = "Move";
  maintenance.types.resize(10, "Routine");
  maintenance.systems.resize(20, {"WHOIS", "2001:db8::1", Maintenance::Impact::kNone});
  maintenance.environment = "custom";
  maintenance.environment_name = "lab";
  maintenance.ends = maintenance.starts + absl::Hours(24 * 366);
  maintenance.detail = "https://nic.example/";
  maintenance.descriptions = {{"en", std::string(2000, 'x')}, {"de-AT", "\xC3\xBC"}};
  maintenance.tlds = {"org"};
  EXPECT_EQ(Wrong(), "");
}

TEST_F(MaintenancesTest, EachMistakeIsNamed) {
  const struct {
    const char* sentence;
    void (*spoil)(Maintenance&);
  } cases[] = {
      {"an id is 1 to 64", [](Maintenance& m) { m.id = ""; }},
      {"an id is 1 to 64", [](Maintenance& m) { m.id = std::string(65, 'x'); }},
      {"an id is 1 to 64", [](Maintenance& m) { m.id = "a b"; }},
      {"an id is 1 to 64", [](Maintenance& m) { m.id = "-a"; }},
      {"later than the start", [](Maintenance& m) { m.ends = m.starts; }},
      {"at most 366 days",
       [](Maintenance& m) { m.ends = m.starts + absl::Hours(24 * 366) + absl::Milliseconds(1); }},
      {"a system at least", [](Maintenance& m) { m.systems.clear(); }},
      {"at most 20 systems", [](Maintenance& m) { m.systems.resize(21, m.systems[0]); }},
      {"a system's name", [](Maintenance& m) { m.systems[0].name = ""; }},
      {"a system's name", [](Maintenance& m) { m.systems[0].name = "E\nPP"; }},
      {"a system's name", [](Maintenance& m) { m.systems[0].name = "E  PP"; }},
      {"a system's name", [](Maintenance& m) { m.systems[0].name = std::string(256, 'x'); }},
      {"not a host name or an address: e_pp", [](Maintenance& m) { m.systems[0].host = "e_pp"; }},
      {"the environment is", [](Maintenance& m) { m.environment = "live"; }},
      {"needs a name", [](Maintenance& m) { m.environment = "custom"; }},
      {"only a custom environment", [](Maintenance& m) { m.environment_name = "lab"; }},
      {"environment's name",
       [](Maintenance& m) {
         m.environment = "custom";
         m.environment_name = " lab";
       }},
      {"the name is plain text", [](Maintenance& m) { m.name = std::string(256, 'x'); }},
      {"at most 10 types", [](Maintenance& m) { m.types.resize(11, "x"); }},
      {"a type is plain text", [](Maintenance& m) { m.types = {""}; }},
      {"an http or https URL", [](Maintenance& m) { m.detail = "ftp://nic.example/"; }},
      {"an http or https URL",
       [](Maintenance& m) { m.detail = "https://nic.example/" + std::string(2000, 'x'); }},
      {"at most 10 descriptions",
       [](Maintenance& m) {
         m.descriptions.resize(11, {"en", "x"});
       }},
      {"not a language such as en: e_n",
       [](Maintenance& m) {
         m.descriptions = {{"e_n", "x"}};
       }},
      {"one description for each language: en",
       [](Maintenance& m) {
         m.descriptions = {{"en", "x"}, {"en", "y"}};
       }},
      {"a description is",
       [](Maintenance& m) {
         m.descriptions = {{"en", " "}};
       }},
      {"a description is",
       [](Maintenance& m) {
         m.descriptions = {{"en", "a\nb"}};
       }},
      {"a description is",
       [](Maintenance& m) {
         m.descriptions = {{"en", std::string(2001, 'x')}};
       }},
      {"does not serve the top-level domain: com", [](Maintenance& m) { m.tlds = {"com"}; }},
      {"at most 100 TLDs", [](Maintenance& m) { m.tlds.resize(101, "org"); }},
  };
  const Maintenance right = maintenance;
  for (const auto& wrong : cases) {
    maintenance = right;
    wrong.spoil(maintenance);
    EXPECT_THAT(Wrong(), HasSubstr(wrong.sentence));
  }
}

TEST_F(MaintenancesTest, LanguagesAreThoseOfXmlSchema) {
  for (const char* text : {"en", "de-AT", "zh-Hant", "i-klingon", "es-419"}) {
    EXPECT_TRUE(IsLanguage(text)) << text;
  }
  for (const char* text : {"", "-", "en-", "4en", "en_GB", "abcdefghi", "en--x"}) {
    EXPECT_FALSE(IsLanguage(text)) << text;
  }
}

TEST_F(MaintenancesTest, ConcernsThoseWhoSellOneOfItsTlds) {
  const auto concerns = [&](std::vector<std::string> sold) {
    Registrar registrar = *scene.directory.Registrar(kGold);
    registrar.tlds = std::move(sold);
    return Concerns(maintenance, registrar, scene.directory);
  };
  EXPECT_TRUE(concerns({}));
  EXPECT_TRUE(concerns({"ngo"})) << "it is of all TLDs";
  maintenance.tlds = {"info", "org"};
  EXPECT_TRUE(concerns({})) << "who may sell all";
  EXPECT_TRUE(concerns({"ngo", "org"}));
  EXPECT_FALSE(concerns({"ngo"}));
  TldPolicy ngo = *scene.directory.Tld("org");
  ngo.tld = "ngo";
  scene.directory.Add(ngo);
  TldPolicy ong = ngo;
  ong.tld = "ong";
  ong.bundle_of = "ngo";
  scene.directory.Add(std::move(ong));
  maintenance.tlds = {"ong"};
  EXPECT_TRUE(concerns({"ngo"})) << "whose domains have a second name there";
  EXPECT_FALSE(concerns({"org"}));
}

TEST_F(MaintenancesTest, NobodyIsRemindedOfWhatHeHasJustHeard) {
  const absl::Duration day = absl::Hours(24);
  EXPECT_EQ(CourtesyTime(maintenance, day, scene.now), maintenance.starts - day);
  EXPECT_EQ(CourtesyTime(maintenance, day, maintenance.starts - day), absl::InfiniteFuture());
  EXPECT_EQ(CourtesyTime(maintenance, absl::ZeroDuration(), scene.now), absl::InfiniteFuture());
}

TEST_F(MaintenancesTest, MessagesSayWhatAndWhen) {
  const std::vector<std::pair<Kind, const char*>> texts = {
      {Kind::kCreate, "Maintenance move-1 was announced, "},
      {Kind::kUpdate, "Maintenance move-1 was changed, "},
      {Kind::kDelete, "Maintenance move-1 was cancelled, "},
      {Kind::kCourtesy, "Maintenance move-1 is about to begin, "},
      {Kind::kEnd, "Maintenance move-1 has ended, "}};
  for (const auto& [kind, text] : texts) {
    const MaintenanceNotice notice{kind, maintenance};
    const PollMessage message = MessageOf(notice, scene.now);
    EXPECT_THAT(message.text, testing::StartsWith(text));
    EXPECT_EQ(message.queued, scene.now);
    EXPECT_EQ(message.object_name, "move-1");
    EXPECT_EQ(message.notice, PollMessage::Notice::kMaintenance);
    EXPECT_EQ(ParseMaintenanceNotice(message.detail), notice);
  }
  maintenance.emergency = true;
  EXPECT_THAT(MessageOf({Kind::kCreate, maintenance}, scene.now).text,
              testing::StartsWith("Emergency maintenance move-1 "));
}

}  // namespace
}  // namespace registry
