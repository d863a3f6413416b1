#include <gmock/gmock.h>

#include "registry/lifecycle/transition.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

using testing::ElementsAre;

class EndOfGraceTest : public testing::Test {
 protected:
  EndOfGraceTest() : domain(scene.AddDomain("example.org")) {}
  GracePeriod Ending(absl::Duration later) {
    return {GraceKind::kRenew, scene.now + later, Money{900}, kGold};
  }
  Scene scene;
  Domain& domain;
};

TEST_F(EndOfGraceTest, IsDueWhenTheFirstEnds) {
  EXPECT_EQ(kEndOfGrace.due(domain), absl::InfiniteFuture());
  domain.grace = {Ending(absl::Hours(3)), Ending(absl::Hours(1)), Ending(absl::Hours(2))};
  EXPECT_EQ(kEndOfGrace.due(domain), scene.now + absl::Hours(1));
}

TEST_F(EndOfGraceTest, DropsWhatHasEndedAndNothingElse) {
  domain.grace = {Ending(absl::Hours(3)), Ending(absl::Hours(1)), Ending(absl::Hours(1))};
  const Changes changes =
      kEndOfGrace.apply(domain, kEndOfGrace.due(domain), *scene.directory.Tld("org"));
  ASSERT_EQ(changes.domains.size(), 1u);
  Domain expected = domain;
  expected.grace = {Ending(absl::Hours(3))};
  expected.version = 2;
  EXPECT_EQ(changes.domains[0].after, expected);
  EXPECT_TRUE(changes.ledger.empty()) << "the fee is final";
  EXPECT_TRUE(changes.messages.empty());
}

}  // namespace
}  // namespace registry
