#include <gtest/gtest.h>

#include "registry/lifecycle/transition.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class PurgeTest : public testing::Test {
 protected:
  PurgeTest() : domain(scene.AddDomain("example.org")) {
    domain.phase = DomainPhase::kPendingDelete;
    domain.phase_ends = At("2026-06-20T00:00:00.001Z");
  }
  Scene scene;
  Domain& domain;
};

TEST_F(PurgeTest, IsDueInThatPhaseAlone) {
  EXPECT_EQ(kPurge.due(domain), domain.phase_ends);
  domain.phase = DomainPhase::kRedemption;
  EXPECT_EQ(kPurge.due(domain), absl::InfiniteFuture());
  domain.phase = DomainPhase::kActive;
  EXPECT_EQ(kPurge.due(domain), absl::InfiniteFuture());
}

TEST_F(PurgeTest, DeletesAndTellsTheSponsor) {
  domain.sponsor = kSilver;
  const Changes changes = kPurge.apply(domain, domain.phase_ends, *scene.directory.Tld("org"));
  ASSERT_EQ(changes.domains.size(), 1u);
  EXPECT_EQ(changes.domains[0].before, domain);
  EXPECT_FALSE(changes.domains[0].after.has_value());
  ASSERT_EQ(changes.messages.size(), 1u);
  EXPECT_EQ(changes.messages[0].registrar, kSilver);
  EXPECT_EQ(changes.messages[0].queued, domain.phase_ends);
  EXPECT_EQ(changes.messages[0].text, "The domain example.org was purged");
  EXPECT_EQ(changes.messages[0].object_name, "example.org");
  EXPECT_EQ(changes.messages[0].notice, PollMessage::Notice::kPurged);
  EXPECT_EQ(changes.messages[0].domain, domain.key);
  EXPECT_TRUE(changes.ledger.empty());
}

}  // namespace
}  // namespace registry
