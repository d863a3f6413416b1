#include "registry/commands/organization_check.h"

#include <gmock/gmock.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

TEST(OrganizationCheckTest, SaysWhatIsFreeInTheOrderOfTheQuestion) {
  Scene scene;
  scene.AddOrganization("res1").sponsor = kSilver;
  const auto outcome =
      scene.Run(OrganizationCheck{{OrganizationId("res2"), OrganizationId("res1")}});
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  ASSERT_EQ(outcome->items.size(), 2u);
  EXPECT_TRUE(outcome->items[0].available);
  EXPECT_EQ(outcome->items[1].id, OrganizationId("res1"));
  EXPECT_FALSE(outcome->items[1].available);
  EXPECT_EQ(outcome->items[1].reason, "in use");
}

}  // namespace
}  // namespace registry
