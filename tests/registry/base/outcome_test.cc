#include "registry/base/outcome.h"

#include <gtest/gtest.h>

namespace registry {
namespace {

constexpr Reason kReason{"some-reason", ResultCode::kParameterRange, "out of range"};

TEST(OutcomeTest, HoldsAValue) {
  const Outcome<int> outcome = 7;
  EXPECT_TRUE(outcome.ok());
  EXPECT_TRUE(outcome);
  EXPECT_EQ(*outcome, 7);
}

TEST(OutcomeTest, HoldsAReasonWhyThereIsNone) {
  const Outcome<int> outcome = Reject(kReason, "11");
  EXPECT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.rejection().reason.id, "some-reason");
  EXPECT_EQ(outcome.rejection().code(), ResultCode::kParameterRange);
  EXPECT_EQ(outcome.rejection().subject, "11");
}

TEST(OutcomeTest, MovesItsValueOut) {
  Outcome<std::unique_ptr<int>> outcome = std::make_unique<int>(7);
  const std::unique_ptr<int> value = *std::move(outcome);
  EXPECT_EQ(*value, 7);
}

TEST(OutcomeDeathTest, AbortsWhenTheWrongSideIsAskedFor) {
  const Outcome<int> refused = Reject(kReason);
  const Outcome<int> accepted = 7;
  EXPECT_DEATH((void)*refused, "check failed");
  EXPECT_DEATH((void)accepted.rejection(), "check failed");
}

}  // namespace
}  // namespace registry
