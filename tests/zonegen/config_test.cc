#include "zonegen/config.h"

#include <gmock/gmock.h>

#include "tests/support/temporary_folder.h"

namespace zonegen {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

absl::StatusOr<Config> Read(std::string_view text) {
  return ReadConfig(registry::Config("zonegen.conf", text));
}

std::string ErrorOf(std::string_view text) { return std::string(Read(text).status().message()); }

TEST(ZonegenConfigTest, ReadsEverySetting) {
  const auto config = Read(
      "database = host=/tmp dbname=registry\n"
      "directory = /var/lib/postel/zones\n"
      "tld = org\n"
      "tld = ngo\n"
      "interval = 500ms\n"
      "max_shrink = all 20% 7\n"
      "max_shrink = ds 30% 8\n"
      "max_growth = a 1000000% 9\n"
      "keep_zones = 5\n"
      "connections = 4\n"
      "reload_command = rndc -c /etc/rndc.conf reload {tld}\n"
      "reload_timeout = 5s\n"
      "feed_reader = zonegen-two\n"
      "metrics_listen = [::1]:9999\n"
      "log_level = debug\n");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->database, "host=/tmp dbname=registry");
  EXPECT_EQ(ZoneFilePath(*config, "org"), "/var/lib/postel/zones/org.zone");
  EXPECT_THAT(config->tlds, ElementsAre("org", "ngo"));
  EXPECT_EQ(config->interval, absl::Milliseconds(500));
  const auto limit = [](const auto& limits, Counted what) {
    const ChangeLimit& found = limits[static_cast<size_t>(what)];
    return std::pair(found.percent, found.number);
  };
  EXPECT_EQ(limit(config->limits.shrink, Counted::kStatic), std::pair(20, int64_t{7}));
  EXPECT_EQ(limit(config->limits.shrink, Counted::kDs), std::pair(30, int64_t{8}));
  EXPECT_EQ(limit(config->limits.growth, Counted::kA), std::pair(1'000'000, int64_t{9}));
  EXPECT_EQ(limit(config->limits.growth, Counted::kNs), std::pair(50, int64_t{100'000}));
  EXPECT_EQ(config->keep_zones, 5);
  EXPECT_EQ(config->connections, 4);
  EXPECT_THAT(config->reload_command,
              ElementsAre("rndc", "-c", "/etc/rndc.conf", "reload", "{tld}"));
  EXPECT_EQ(config->reload_timeout, absl::Seconds(5));
  EXPECT_EQ(config->feed_reader, "zonegen-two");
  EXPECT_EQ(config->metrics_listen.port, 9999);
  EXPECT_EQ(config->log_level, registry::LogLevel::kDebug);
}

TEST(ZonegenConfigTest, ReadsWhatFollowNeeds) {
  const tests::TemporaryFolder folder;
  const std::string key = folder.Path("follow.key");
  tests::WriteFile(key,
                   "key \"follow\" { algorithm hmac-sha256; secret \"c2VjcmV0c2VjcmV0\"; };\n");
  const auto config = Read(
      "database = x\nprimary = one 127.0.0.1:53  " + key + "\nprimary = two-b [::1]:5353 " + key +
      "\nfollow_batch = 9\nfollow_message = 4k\nfollow_timeout = 2s\n"
      "follow_window = 7\nfollow_retry = 3s\ncompare_interval = 1h\nmax_differences = 5\n");
  ASSERT_TRUE(config.ok()) << config.status();
  const FollowSettings& follow = config->follow;
  ASSERT_EQ(follow.primaries.size(), 2u);
  EXPECT_EQ(follow.primaries[0].name, "one");
  EXPECT_EQ(follow.primaries[1].address, (registry::net::Endpoint{"::1", 5353}));
  EXPECT_EQ(follow.primaries[1].key.name(), "follow");
  EXPECT_EQ(follow.batch, 9);
  EXPECT_EQ(follow.message_bytes, 4096);
  EXPECT_EQ(follow.window, 7);
  EXPECT_EQ(follow.timeout, absl::Seconds(2));
  EXPECT_EQ(follow.retry, absl::Seconds(3));
  EXPECT_EQ(follow.compare_interval, absl::Hours(1));
  EXPECT_EQ(follow.max_differences, 5);

  const std::string spaced = folder.Path("a # b.key");
  tests::WriteFile(spaced, tests::ReadFile(key));
  const auto quoted = Read("database = x\nprimary = \"one 127.0.0.1:53 " + spaced + "\"\n");
  ASSERT_TRUE(quoted.ok()) << quoted.status();
  EXPECT_EQ(quoted->follow.primaries.at(0).key.name(), "follow");

  const std::string base = "database = x\nprimary = one 127.0.0.1:53 " + key + "\n";
  EXPECT_THAT(ErrorOf(base + "primary = one 127.0.0.1:54 " + key),
              HasSubstr("zonegen.conf:3: primary: there is one of this name"));
  EXPECT_THAT(ErrorOf(base + "primary = Two 127.0.0.1:54 " + key), HasSubstr("zonegen.conf:3"));
  EXPECT_THAT(ErrorOf(base + "primary = two localhost:54 " + key), HasSubstr("zonegen.conf:3"));
  for (const char* few : {"two", "two 127.0.0.1:54", "two  127.0.0.1:54 "}) {
    EXPECT_THAT(ErrorOf(base + "primary = " + few), HasSubstr("must be NAME ADDRESS:PORT KEYFILE"));
  }
  EXPECT_THAT(ErrorOf(base + "primary = two 127.0.0.1:54 /none"), HasSubstr("cannot read /none"));
  EXPECT_THAT(ErrorOf(base + "follow_batch = 0"), HasSubstr("zonegen.conf:3"));
  EXPECT_THAT(ErrorOf(base + "follow_message = 64k"), HasSubstr("zonegen.conf:3"));
  EXPECT_THAT(ErrorOf(base + "follow_window = 17"), HasSubstr("zonegen.conf:3"));
  EXPECT_THAT(ErrorOf(base + "compare_interval = 1s"), HasSubstr("zonegen.conf:3"));
}

TEST(ZonegenConfigTest, NeedsOnlyADatabase) {
  const auto config = Read("database = x\n");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->interval, absl::Seconds(2));
  EXPECT_EQ(config->limits.shrink[0].percent, 10);
  EXPECT_EQ(config->keep_zones, 3);
  EXPECT_EQ(config->connections, 2);
  EXPECT_TRUE(config->reload_command.empty());
  EXPECT_THAT(ErrorOf(""), HasSubstr("database"));
}

TEST(ZonegenConfigTest, NamesTheLineOfWhatIsWrong) {
  EXPECT_THAT(ErrorOf("database = x\ninterval = 1y\n"), HasSubstr("zonegen.conf:2"));
  EXPECT_THAT(ErrorOf("database = x\nmax_shrink = all 9% 1\nmax_shrink = all 101% 1\n"),
              HasSubstr("zonegen.conf:3: max_shrink: the share is 0% to 100%"));
  EXPECT_THAT(ErrorOf("database = x\nmax_growth = all 10%\n"), HasSubstr("zonegen.conf:2"));
  EXPECT_THAT(ErrorOf("database = x\nkeep_zones = 1001\n"), HasSubstr("zonegen.conf:2"));
  EXPECT_THAT(ErrorOf("database = x\nconnections = 0\n"), HasSubstr("zonegen.conf:2"));
  EXPECT_THAT(ErrorOf("database = x\nreload_command = rndc \"reload\n"),
              HasSubstr("a quote has no end"));
  EXPECT_THAT(ErrorOf("database = x\nmetrics_listen = nowhere\n"), HasSubstr("metrics_listen"));
  EXPECT_THAT(ErrorOf("database = x\nlog_level = loud\n"), HasSubstr("log_level"));
  EXPECT_THAT(ErrorOf("database = x\nfeed_reader =\n"), HasSubstr("feed_reader"));
  EXPECT_THAT(ErrorOf("database = x\nshrink = 1\n"), HasSubstr("shrink"));
}

}  // namespace
}  // namespace zonegen
