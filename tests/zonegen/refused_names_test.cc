#include "zonegen/refused_names.h"

#include <gmock/gmock.h>

#include "registry/base/text.h"

namespace zonegen {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(RefusedNamesTest, AreThereUntilTheyAreTaken) {
  RefusedNames names(absl::Hours(1));
  EXPECT_TRUE(*names.Add("a.org"));
  EXPECT_FALSE(*names.Add("a.org"));
  EXPECT_TRUE(names.contains("a.org"));
  EXPECT_TRUE(names.Remove("a.org"));
  EXPECT_FALSE(names.Remove("a.org"));
  EXPECT_TRUE(names.empty());
}

TEST(RefusedNamesTest, AreTriedAgainAfterAWhile) {
  RefusedNames later(absl::Hours(1));
  ASSERT_TRUE(later.Add("a.org").ok());
  EXPECT_THAT(later.TakeDue(10), IsEmpty());
  RefusedNames now(absl::ZeroDuration());
  for (const char* name : {"a.org", "b.org", "c.org"}) ASSERT_TRUE(now.Add(name).ok());
  EXPECT_THAT(now.TakeDue(2), ElementsAre("a.org", "b.org"));
  EXPECT_EQ(now.size(), 3u);
}

TEST(RefusedNamesTest, AreNotEndless) {
  RefusedNames names(absl::Hours(1));
  for (int i = 0; i < 100'000; ++i) ASSERT_TRUE(names.Add(registry::Concat("n", i)).ok());
  EXPECT_TRUE(absl::IsResourceExhausted(names.Add("one-more").status()));
  EXPECT_FALSE(*names.Add("n7"));
}

}  // namespace
}  // namespace zonegen
