#include "registry/worker/housekeeping.h"

#include <gtest/gtest.h>

#include "absl/time/civil_time.h"
#include "tests/registry/store/store_scene.h"

namespace worker {
namespace {

class HousekeepingTest : public testing::Test {
 protected:
  HousekeepingTest() { config_.database = scene_.database; }
  int KeepHouse() { return worker::KeepHouse(config_, scene_.clock.Now()); }

  registry::store::StoreScene scene_;
  Config config_;
};

TEST_F(HousekeepingTest, MakesPartitionsAheadOfTheClock) {
  scene_.SetClock(absl::Hours(24 * 800));
  EXPECT_EQ(KeepHouse(), 0);
  const std::string month = absl::FormatTime("%Y_%m", scene_.clock.Now(), absl::UTCTimeZone());
  EXPECT_EQ(scene_.Query("SELECT to_regclass('history_" + month + "') IS NOT NULL"), "t") << month;
  EXPECT_EQ(scene_.Query("SELECT to_regclass('ledger_" + month + "') IS NOT NULL"), "t") << month;
}

TEST_F(HousekeepingTest, ForgetsWhatNobodyWillReadAgain) {
  EXPECT_GT(scene_.Number("SELECT count(*) FROM feed"), 0);
  scene_.Query("INSERT INTO feed_readers VALUES ('gone', '3', -1, now() - interval '2 days')");
  scene_.Query("UPDATE commit_groups SET at = at - interval '2 days'");
  EXPECT_GT(scene_.Number("SELECT count(*) FROM commit_groups"), 0);
  EXPECT_EQ(KeepHouse(), 0);
  EXPECT_EQ(scene_.Number("SELECT count(*) FROM feed_readers"), 0);
  EXPECT_EQ(scene_.Number("SELECT count(*) FROM commit_groups"), 0);
}

TEST_F(HousekeepingTest, ForgetsFailedLoginsThatNobodyIsToldOf) {
  scene_.SetClock(absl::Hours(24 * 100));
  const std::string now =
      absl::FormatTime("'%Y-%m-%d %H:%M:%SZ'", scene_.clock.Now(), absl::UTCTimeZone());
  scene_.Query("INSERT INTO failed_logins SELECT 1, date_trunc('hour', timestamptz " + now +
               ") - n * interval '1 hour', 1 FROM generate_series(715, 725) n");
  EXPECT_EQ(KeepHouse(), 0);
  EXPECT_EQ(scene_.Number("SELECT count(*) FROM failed_logins"), 6);
}

TEST_F(HousekeepingTest, KeepsWhatAReaderHasNotSeen) {
  scene_.Query("INSERT INTO feed_readers VALUES ('slow', '3', -1)");
  const int64_t before = scene_.Number("SELECT count(*) FROM feed");
  const int64_t groups = scene_.Number("SELECT count(*) FROM commit_groups");
  EXPECT_EQ(KeepHouse(), 0);
  EXPECT_EQ(scene_.Number("SELECT count(*) FROM feed"), before);
  EXPECT_EQ(scene_.Number("SELECT count(*) FROM commit_groups"), groups);
}

TEST_F(HousekeepingTest, GoesOnWithTheOtherTasksWhenOneFails) {
  scene_.Query("UPDATE commit_groups SET at = at - interval '2 days'");
  scene_.Query("ALTER TABLE feed_readers RENAME TO hidden");
  EXPECT_EQ(KeepHouse(), 1);
  EXPECT_EQ(scene_.Number("SELECT count(*) FROM commit_groups"), 0);
}

}  // namespace
}  // namespace worker
