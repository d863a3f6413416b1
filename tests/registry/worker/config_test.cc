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

TEST(WorkerConfigTest, ReadsThoseOfTheScanner) {
  const auto config = Read(
      "database = x\n"
      "cds_tld = org ngo\n"
      "cds_tld = ong\n"
      "cds_interval = 12h\n"
      "cds_spread_percent = 50\n"
      "cds_batch = 10\n"
      "cds_parallel = 20\n"
      "cds_rate = 30\n"
      "cds_server_rate = 40\n"
      "cds_timeout = 3s\n"
      "cds_attempts = 4\n"
      "cds_failures = 5\n"
      "cds_shortest_rest = 6s\n"
      "cds_longest_rest = 7s\n"
      "cds_ipv6 = no\n"
      "cds_bootstrap = yes\n"
      "cds_trust_anchor = a.key\n"
      "cds_trust_anchor = b.key\n"
      "cds_accept_after = 3d\n"
      "cds_resolver = 192.0.2.53@5353\n"
      "cds_unbound = u.conf\n"
      "cds_port = 8053\n"
      "cds_any_address = yes\n"
      "cds_metrics_listen = 127.0.0.1:9998\n");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_THAT(config->cds.tlds, testing::ElementsAre("org", "ngo", "ong"));
  EXPECT_EQ(config->cds.interval, absl::Hours(12));
  EXPECT_EQ(config->cds.spread_percent, 50);
  EXPECT_EQ(config->cds.batch, 10);
  EXPECT_EQ(config->cds.metrics_listen.port, 9998);
  const cds::ChildScanner::Options options = ScannerOptions(config->cds);
  EXPECT_EQ(options.parallel, 20);
  EXPECT_EQ(options.client.limits.total, 30);
  EXPECT_EQ(options.client.limits.per_server, 40);
  EXPECT_EQ(options.client.timeout, absl::Seconds(3));
  EXPECT_EQ(options.client.attempts, 4);
  EXPECT_EQ(options.client.limits.failures, 5);
  EXPECT_EQ(options.client.limits.shortest_rest, absl::Seconds(6));
  EXPECT_EQ(options.client.limits.longest_rest, absl::Seconds(7));
  EXPECT_FALSE(options.ipv6);
  EXPECT_TRUE(options.bootstrap);
  EXPECT_THAT(options.resolver.trust_anchors, testing::ElementsAre("a.key", "b.key"));
  EXPECT_EQ(options.accept_after, absl::Hours(72));
  EXPECT_EQ(options.resolver.forwarder, "192.0.2.53@5353");
  EXPECT_EQ(options.resolver.configuration, "u.conf");
  EXPECT_EQ(options.client.port, 8053);
  EXPECT_TRUE(options.any_address);
}

TEST(WorkerConfigTest, AsksOnlyThePublicNetAndTakesNoFirstDsByDefault) {
  const auto config = Read("database = x\n");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_FALSE(config->cds.any_address);
  EXPECT_FALSE(config->cds.bootstrap);
  EXPECT_EQ(config->cds.accept_after, absl::ZeroDuration());
  EXPECT_EQ(config->cds.interval, absl::Hours(24));
}

TEST(WorkerConfigTest, RefusesASettingOfTheScannerWithoutTheOneItNeeds) {
  EXPECT_THAT(ErrorOf("database = x\ncds_bootstrap = yes\n"), HasSubstr("cds_trust_anchor"));
  EXPECT_THAT(ErrorOf("database = x\ncds_accept_after = 3d\n"), HasSubstr("cds_bootstrap"));
  EXPECT_THAT(ErrorOf("database = x\ncds_shortest_rest = 2h\n"), HasSubstr("cds_longest_rest"));
  EXPECT_THAT(ErrorOf("database = x\ncds_port = 0\n"), HasSubstr("worker.conf:2"));
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
