#include "registry/commands/organization_delete.h"

#include <gmock/gmock.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class OrganizationDeleteTest : public testing::Test {
 protected:
  OrganizationDeleteTest() {
    scene.AddOrganization("res1");
    scene.AddOrganization("res2");
    scene.AddDomain("example.org");
  }

  Scene scene;
  OrganizationDelete command{OrganizationId("res1")};
};

void LinkDomain(Scene& scene, std::string_view id) {
  scene.domain("example.org").organizations = std::vector<OrganizationLink>{
      {OrganizationRole::kReseller, scene.organization(id).key, OrganizationId(id)}};
}

TEST_F(OrganizationDeleteTest, RemovesItAtOnce) {
  LinkDomain(scene, "res2");
  const auto outcome = scene.Commit(command);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(outcome->code, ResultCode::kOk);
  EXPECT_EQ(scene.FindOrganization(command.id), nullptr);
}

TEST_F(OrganizationDeleteTest, AsksForTheStrongestLockAndTheLinks) {
  const Needs needs = NeedsOf(command);
  ASSERT_EQ(needs.organizations.size(), 1u);
  EXPECT_EQ(needs.organizations[0].lock, Lock::kDelete);
  EXPECT_TRUE(needs.organizations[0].links);
}

TEST_F(OrganizationDeleteTest, NotWhileItIsAtRest) {
  for (const Status status : {Status::kHold, Status::kTerminated, Status::kServerDeleteProhibited,
                              Status::kClientDeleteProhibited}) {
    scene.organization("res1").statuses = {status};
    EXPECT_EQ(ReasonOf(scene.Run(command)), kDeleteProhibited.id) << StatusName(status);
  }
  scene.asker = kOperator;
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");
}

TEST_F(OrganizationDeleteTest, ADomainThatLeavesTheRegistryOrItsSponsorCountsNoMore) {
  LinkDomain(scene, "res1");
  Domain& domain = scene.domain("example.org");
  domain.phase = DomainPhase::kPendingDelete;
  domain.phase_ends = scene.now + absl::Seconds(1);
  EXPECT_EQ(ReasonOf(scene.Run(command)), kOrganizationLinked.id);
  domain.phase_ends = scene.now;
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");

  domain.phase = DomainPhase::kActive;
  domain.phase_ends = absl::InfiniteFuture();
  Transfer transfer;
  transfer.gaining = kSilver;
  transfer.losing = kGold;
  transfer.acted = scene.now + absl::Seconds(1);
  domain.transfer = transfer;
  EXPECT_EQ(ReasonOf(scene.Run(command)), kOrganizationLinked.id);
  domain.transfer->acted = scene.now;
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");
}

TEST_F(OrganizationDeleteTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, OrganizationDelete&) = {
      [](Scene&, OrganizationDelete& c) { c.id = OrganizationId("nobody"); },
      [](Scene& s, OrganizationDelete&) { s.asker = kSilver; },
      [](Scene& s, OrganizationDelete&) {
        s.organization("res1").statuses = {Status::kClientDeleteProhibited};
      },
      [](Scene& s, OrganizationDelete&) { LinkDomain(s, "res1"); },
      [](Scene& s, OrganizationDelete&) {
        s.organization("res2").parent = s.organization("res1").key;
        s.organization("res2").parent_id = OrganizationId("res1");
      },
  };
  ExpectReasonsInOrder(scene, command, kOrganizationDeleteReasons, spoil);
}

}  // namespace
}  // namespace registry
