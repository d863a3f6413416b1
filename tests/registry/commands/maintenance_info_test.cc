#include "registry/commands/maintenance_info.h"

#include <gmock/gmock.h>

#include "registry/rules/maintenances.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class MaintenanceInfoTest : public testing::Test {
 protected:
  Maintenance& Add(const std::string& id, absl::Duration until_start, absl::Duration length) {
    Maintenance& maintenance = scene.maintenances[id];
    maintenance.id = id;
    maintenance.systems = {{"EPP", "", Maintenance::Impact::kFull}};
    maintenance.starts = scene.now + until_start;
    maintenance.ends = maintenance.starts + length;
    return maintenance;
  }
  std::vector<std::string> Listed() {
    const auto outcome = scene.Run(MaintenanceInfo{});
    EXPECT_EQ(ReasonOf(outcome), "accepted");
    EXPECT_FALSE(outcome->item);
    std::vector<std::string> ids;
    for (const Maintenance& maintenance : outcome->list) ids.push_back(maintenance.id);
    return ids;
  }
  Scene scene;
};

TEST_F(MaintenanceInfoTest, ListsWhatIsPlannedOrRunsByStart) {
  EXPECT_THAT(Listed(), IsEmpty());
  Add("b", absl::Hours(2), absl::Hours(1));
  Add("a", absl::Hours(2), absl::Hours(1));
  Add("running", absl::Hours(-1), absl::Hours(2));
  Add("over", absl::Hours(-1), absl::Hours(1));
  Add("soon", absl::Hours(1), absl::Hours(100));
  EXPECT_THAT(Listed(), ElementsAre("running", "soon", "a", "b"));
  scene.asker = kSilver;
  EXPECT_EQ(Listed().size(), 4u);
}

TEST_F(MaintenanceInfoTest, ShowsOneUntilThirtyDaysAfterItsEnd) {
  const Maintenance maintenance = Add("one", absl::Hours(1), absl::Hours(1));
  const auto shown = scene.Run(MaintenanceInfo{"one"});
  ASSERT_EQ(ReasonOf(shown), "accepted");
  EXPECT_EQ(shown->item, maintenance);
  EXPECT_THAT(shown->list, IsEmpty());
  scene.now = maintenance.ends + kReadableAfterEnd - absl::Milliseconds(1);
  EXPECT_EQ(ReasonOf(scene.Run(MaintenanceInfo{"one"})), "accepted");
  scene.now += absl::Milliseconds(1);
  EXPECT_EQ(ReasonOf(scene.Run(MaintenanceInfo{"one"})), "maintenance-not-found");
}

TEST_F(MaintenanceInfoTest, WhatCannotBeAnIdIsNotLookedUp) {
  for (const std::string& id :
       {std::string(), std::string("a b"), std::string(100'000, 'x'), std::string("-")}) {
    const MaintenanceInfo command{id};
    EXPECT_THAT(NeedsOf(command).maintenances, IsEmpty());
    EXPECT_EQ(ReasonOf(scene.Run(command)), "maintenance-not-found");
  }
}

TEST_F(MaintenanceInfoTest, ReasonsApplyInTheirDocumentedOrder) {
  Add("one", absl::Hours(1), absl::Hours(1));
  MaintenanceInfo command{"one"};
  void (*const spoil[])(Scene&, MaintenanceInfo&) = {
      [](Scene&, MaintenanceInfo& c) { c.id = "two"; },
  };
  ExpectReasonsInOrder(scene, command, kMaintenanceInfoReasons, spoil);
}

}  // namespace
}  // namespace registry
