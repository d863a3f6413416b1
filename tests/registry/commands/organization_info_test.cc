#include "registry/commands/organization_info.h"

#include <gmock/gmock.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class OrganizationInfoTest : public testing::Test {
 protected:
  OrganizationInfoTest() {
    scene.AddOrganization("res1").roles = {{OrganizationRole::kPrivacyProxy, "", {}},
                                           {OrganizationRole::kReseller, "1523", {}}};
  }
  OrganizationInfoAnswer Shown() { return *scene.Run(command); }

  Scene scene;
  OrganizationInfo command{OrganizationId("res1")};
};

TEST_F(OrganizationInfoTest, ShowsWhichRolesAreLinked) {
  EXPECT_EQ(Shown().statuses, StatusSet{Status::kOk});
  scene.AddDomain("example.org").organizations = std::vector<OrganizationLink>{
      {OrganizationRole::kReseller, scene.organization("res1").key, OrganizationId("res1")}};
  const OrganizationInfoAnswer answer = Shown();
  EXPECT_EQ(answer.organization, scene.organization("res1"));
  EXPECT_EQ(answer.statuses, (StatusSet{Status::kOk, Status::kLinked}));
  ASSERT_EQ(answer.role_statuses.size(), 2u);
  EXPECT_EQ(answer.role_statuses[0], StatusSet{Status::kOk});
  EXPECT_EQ(answer.role_statuses[1], (StatusSet{Status::kOk, Status::kLinked}));
}

TEST_F(OrganizationInfoTest, AParentIsLinked) {
  Organization& child = scene.AddOrganization("res2");
  child.parent = scene.organization("res1").key;
  child.parent_id = OrganizationId("res1");
  EXPECT_TRUE(Shown().statuses.Has(Status::kLinked));
  command.id = child.id;
  EXPECT_FALSE(Shown().statuses.Has(Status::kLinked));
}

TEST_F(OrganizationInfoTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, OrganizationInfo&) = {
      [](Scene&, OrganizationInfo& c) { c.id = OrganizationId("nobody"); },
      [](Scene& s, OrganizationInfo&) { s.asker = kSilver; },
  };
  ExpectReasonsInOrder(scene, command, kOrganizationInfoReasons, spoil);
}

}  // namespace
}  // namespace registry
