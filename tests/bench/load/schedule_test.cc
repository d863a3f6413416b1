#include "bench/load/schedule.h"

#include <gtest/gtest.h>

namespace bench {
namespace {

constexpr Instant kStart = Instant() + std::chrono::hours(1);
using std::chrono::milliseconds;

TEST(ScheduleTest, ClosedIsAlwaysDueNow) {
  Schedule schedule = Schedule::Closed();
  EXPECT_TRUE(schedule.IsDue(kStart));
  EXPECT_EQ(schedule.Take(kStart), kStart);
  EXPECT_EQ(schedule.NextDue(), Instant::max());
  EXPECT_EQ(schedule.DueBefore(kStart), 0);
}

TEST(ScheduleTest, OpenKeepsItsInstantsHoweverLateItIsAsked) {
  Schedule schedule = Schedule::Open(100, kStart);
  const Instant late = kStart + milliseconds(25);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(schedule.IsDue(late));
    EXPECT_EQ(schedule.Take(late), kStart + milliseconds(10 * i));
  }
  EXPECT_FALSE(schedule.IsDue(late));
  EXPECT_EQ(schedule.NextDue(), kStart + milliseconds(30));
}

TEST(ScheduleTest, CountsWhatIsDue) {
  const Schedule schedule = Schedule::Open(100, kStart);
  EXPECT_EQ(schedule.DueBefore(kStart), 0);
  EXPECT_EQ(schedule.DueBefore(kStart + milliseconds(1)), 1);
  EXPECT_EQ(schedule.DueBefore(kStart + milliseconds(20)), 2);
  EXPECT_EQ(schedule.DueBefore(kStart + milliseconds(21)), 3);
}

TEST(ScheduleTest, DoesNotDriftInAnHour) {
  Schedule schedule = Schedule::Open(3, kStart);
  for (int i = 0; i < 3 * 3600; ++i) schedule.Take(kStart);
  EXPECT_EQ(schedule.NextDue(), kStart + std::chrono::hours(1));
}

}  // namespace
}  // namespace bench
