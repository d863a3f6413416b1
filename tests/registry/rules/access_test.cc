#include "registry/rules/access.h"

#include <gtest/gtest.h>

#include "registry/rules/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

TEST(AdmitTest, LetsInRegistrarsTheOperatorTheClockAndThePublic) {
  Scene scene;
  for (const RegistrarKey asker : {kGold, kSilver, kOperator, kLifecycle, kPublic}) {
    scene.asker = asker;
    EXPECT_FALSE(Admit(scene.context()).has_value()) << Number(asker);
  }
}

TEST(AdmitTest, KeepsOutTheSuspendedAndTheUnknown) {
  Scene scene;
  scene.ChangeRegistrar(kGold, [](Registrar& r) { r.suspended = true; });
  for (const RegistrarKey asker : {kGold, kStranger, kNoRegistrar, RegistrarKey{-4}}) {
    scene.asker = asker;
    const auto refused = Admit(scene.context());
    ASSERT_TRUE(refused.has_value()) << Number(asker);
    EXPECT_EQ(refused->reason.id, kRegistrarSuspended.id);
  }
}

TEST(IsSponsorTest, IsTheSponsorOrTheOperator) {
  Scene scene;
  EXPECT_TRUE(IsSponsor(scene.context(), kGold));
  EXPECT_FALSE(IsSponsor(scene.context(), kSilver));
  scene.asker = kOperator;
  EXPECT_TRUE(IsSponsor(scene.context(), kSilver));
  for (const RegistrarKey asker : {kLifecycle, kPublic}) {
    scene.asker = asker;
    EXPECT_FALSE(IsSponsor(scene.context(), kGold));
  }
}

TEST(HasAccessTest, IsForTheTldsThatARegistrarSells) {
  Scene scene;
  EXPECT_TRUE(HasAccess(scene.context(), "org")) << "no list: all";
  scene.ChangeRegistrar(kGold, [](Registrar& r) { r.tlds = {"ngo", "ong"}; });
  EXPECT_FALSE(HasAccess(scene.context(), "org"));
  EXPECT_TRUE(HasAccess(scene.context(), "ngo"));
}

TEST(HasAccessTest, IsForTheOperatorAndNobodyElse) {
  Scene scene;
  scene.asker = kOperator;
  EXPECT_TRUE(HasAccess(scene.context(), "org"));
  for (const RegistrarKey asker : {kStranger, kNoRegistrar, kLifecycle, kPublic}) {
    scene.asker = asker;
    EXPECT_FALSE(HasAccess(scene.context(), "org")) << Number(asker);
  }
}

}  // namespace
}  // namespace registry
