#include "registry/base/progress.h"

#include <gtest/gtest.h>

namespace registry {
namespace {

TEST(ProgressTest, MovesABarOnATerminal) {
  Progress progress(2'000'000, "domains", /*terminal=*/true);
  EXPECT_EQ(progress.Show(0, "", absl::ZeroDuration()),
            "\r[                                ]   0 %  0 of 2,000,000 domains\033[K");
  EXPECT_EQ(progress.Show(1'000, "", absl::Milliseconds(50)), "");
  EXPECT_NE(progress.Show(1'000, "something else", absl::Milliseconds(60)), "");
  EXPECT_EQ(progress.Show(500'000, "", absl::Seconds(5)),
            "\r[########                        ]  25 %  500,000 of 2,000,000 domains  100,000 a "
            "second, 0:15 left\033[K");
  EXPECT_EQ(
      progress.Show(2'000'000, "indexes: 1 of 9", absl::Seconds(20)),
      "\r[################################] 100 %  2,000,000 of 2,000,000 domains  indexes: 1 "
      "of 9\033[K");
  EXPECT_EQ(progress.End(), "\r\033[K");
}

TEST(ProgressTest, WritesALineNowAndThenElsewhere) {
  Progress progress(1'000, "domains", /*terminal=*/false);
  EXPECT_EQ(progress.Show(500, "", absl::Seconds(1)), " 50 %  500 of 1,000 domains\n");
  EXPECT_EQ(progress.Show(600, "", absl::Seconds(2)), "");
  // What was there at first does not count as fast.
  EXPECT_EQ(progress.Show(700, "", absl::Seconds(11)),
            " 70 %  700 of 1,000 domains  20 a second, 0:15 left\n");
  EXPECT_EQ(progress.End(), "");
}

TEST(ProgressTest, IsAtItsEndWhereMoreIsDoneThanWasExpected) {
  Progress progress(100, "names", /*terminal=*/true);
  EXPECT_EQ(progress.Show(120, "", absl::ZeroDuration()),
            "\r[################################] 100 %  120 of 100 names\033[K");
}

}  // namespace
}  // namespace registry
