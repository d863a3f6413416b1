#include "registry/rules/list_change.h"

#include <gmock/gmock.h>

#include "tests/support/reasons.h"

namespace registry {
namespace {

using testing::ElementsAre;

Outcome<std::vector<int>> Change(std::vector<int> add, std::vector<int> remove) {
  return ChangeList({2, 4, 6}, std::move(add), std::move(remove),
                    [](int value) { return std::to_string(value); });
}

TEST(ChangeListTest, KeepsTheListSorted) {
  const auto changed = Change({7, 1, 5}, {6, 2});
  ASSERT_TRUE(changed.ok());
  EXPECT_THAT(*changed, ElementsAre(1, 4, 5, 7));
}

TEST(ChangeListTest, MayEmptyTheListOrLeaveItAlone) {
  EXPECT_TRUE(Change({}, {2, 4, 6})->empty());
  EXPECT_THAT(*Change({}, {}), ElementsAre(2, 4, 6));
}

TEST(ChangeListTest, RefusesAValueNamedTwice) {
  EXPECT_EQ(ReasonOf(Change({5, 5}, {})), kDuplicateValue.id);
  EXPECT_EQ(ReasonOf(Change({}, {4, 4})), kDuplicateValue.id);
  EXPECT_EQ(ReasonOf(Change({4}, {4})), kDuplicateValue.id);
  EXPECT_EQ(ReasonOf(Change({4, 9, 9}, {5})), kDuplicateValue.id) << "before anything else";
}

TEST(ChangeListTest, RefusesWhatIsAbsentThenWhatIsPresent) {
  EXPECT_EQ(ReasonOf(Change({}, {5})), kNotPresent.id);
  EXPECT_EQ(ReasonOf(Change({4}, {})), kAlreadyPresent.id);
  EXPECT_EQ(ReasonOf(Change({4}, {5})), kNotPresent.id);
  EXPECT_EQ(Change({}, {2, 5}).rejection().subject, "5");
  EXPECT_EQ(Change({9, 6}, {}).rejection().subject, "6");
}

}  // namespace
}  // namespace registry
