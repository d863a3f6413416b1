#include "registry/base/clock.h"

#include <gtest/gtest.h>

#include "tests/support/fake_clock.h"

namespace registry {
namespace {

TEST(SystemClockTest, GivesWholeMilliseconds) {
  const absl::Time now = SystemClock().Now();
  EXPECT_EQ(now, absl::FromUnixMillis(absl::ToUnixMillis(now)));
}

TEST(SystemClockTest, IsMovedByItsOffset) {
  SystemClock clock, moved;
  moved.SetOffset(absl::Hours(24 * 45));
  const absl::Duration ahead = moved.Now() - clock.Now();
  EXPECT_GT(ahead, absl::Hours(24 * 45) - absl::Minutes(1));
  EXPECT_LT(ahead, absl::Hours(24 * 45) + absl::Minutes(1));
}

TEST(FakeClockTest, StandsStillUntilItIsMoved) {
  tests::FakeClock clock;
  const absl::Time start = clock.Now();
  EXPECT_EQ(clock.Now(), start);
  clock.Advance(absl::Hours(1));
  EXPECT_EQ(clock.Now(), start + absl::Hours(1));
  clock.SetTime(start + absl::Microseconds(1700));
  EXPECT_EQ(clock.Now(), start + absl::Milliseconds(1));
}

}  // namespace
}  // namespace registry
