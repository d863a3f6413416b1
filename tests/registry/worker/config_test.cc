#include "registry/worker/config.h"

#include <gmock/gmock.h>

namespace worker {
namespace {

using testing::HasSubstr;

absl::StatusOr<Config> Read(std::string_view text) {
  return ReadConfig(registry::Config("worker.conf", text));
}

std::string ErrorOf(std::string_view text) { return std::string(Read(text).status().message()); }

TEST(WorkerConfigTest, ReadsEverySetting) {
  const auto config = Read(
      "database = dbname=registry\n"
      "interval = 5s\n"
      "batch = 10\n"
      "write_lanes = 2\n"
      "housekeeping_interval = 1h\n"
      "feed_patience = 7d\n"
      "commit_group_age = 2d\n"
      "metrics_listen = 127.0.0.1:9999\n"
      "log_level = warning\n");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->database, "dbname=registry");
  EXPECT_EQ(config->interval, absl::Seconds(5));
  EXPECT_EQ(config->batch, 10);
  EXPECT_EQ(config->write_lanes, 2);
  EXPECT_EQ(config->housekeeping_interval, absl::Hours(1));
  EXPECT_EQ(config->feed_patience, absl::Hours(24 * 7));
  EXPECT_EQ(config->commit_group_age, absl::Hours(48));
  EXPECT_EQ(config->metrics_listen.port, 9999);
  EXPECT_EQ(config->log_level, registry::LogLevel::kWarning);
}

TEST(WorkerConfigTest, NeedsOnlyADatabase) {
  const auto config = Read("database = x\n");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->interval, absl::Seconds(1));
  EXPECT_EQ(config->batch, 500);
  EXPECT_THAT(ErrorOf(""), HasSubstr("database"));
}

TEST(WorkerConfigTest, NamesTheLineOfWhatIsWrong) {
  EXPECT_THAT(ErrorOf("database = x\nbatch = 0\n"), HasSubstr("worker.conf:2"));
  EXPECT_THAT(ErrorOf("database = x\ncommit_group_age = 1m\n"), HasSubstr("worker.conf:2"));
  EXPECT_THAT(ErrorOf("database = x\nmetrics_listen = nowhere\n"), HasSubstr("metrics_listen"));
  EXPECT_THAT(ErrorOf("database = x\nlog_level = loud\n"), HasSubstr("log_level"));
  EXPECT_THAT(ErrorOf("database = x\nbatches = 1\n"), HasSubstr("batches"));
}

}  // namespace
}  // namespace worker
