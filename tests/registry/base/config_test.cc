#include "registry/base/config.h"

#include <gmock/gmock.h>

namespace registry {
namespace {

using testing::ElementsAre;

std::string Message(const absl::Status& status) { return std::string(status.message()); }

// What Finish says of one line for a number from 1 to 10.
std::string NumberError(std::string_view text) {
  Config config("a.conf", text);
  int number = 5;
  config.Take("number", &number, 1, 10);
  return Message(config.Finish());
}

TEST(ConfigTest, ReadsEveryKindOfValue) {
  Config config("a.conf",
                "# a comment\n"
                "\n"
                "listen = 0.0.0.0:700   # another\n"
                "  verify=yes\r\n"
                "lanes = 2\n"
                "big = -9000000000\n"
                "idle = 5m\n"
                "frame = 64k\n"
                "peer = a\n"
                "peer = \"b # c\"\n");
  std::string listen;
  bool verify = false;
  int lanes = 0;
  int64_t big = 0, frame = 0;
  absl::Duration idle;
  std::vector<std::string> peers;
  config.Take("listen", &listen)
      .Take("verify", &verify)
      .Take("lanes", &lanes, 1, 16)
      .Take("big", &big, INT64_MIN, INT64_MAX)
      .Take("idle", &idle, absl::Seconds(1), absl::Hours(1))
      .TakeBytes("frame", &frame, 1024, 1 << 20)
      .TakeList("peer", &peers);
  EXPECT_EQ(Message(config.Finish()), "");
  EXPECT_EQ(listen, "0.0.0.0:700");
  EXPECT_TRUE(verify);
  EXPECT_EQ(lanes, 2);
  EXPECT_EQ(big, -9000000000);
  EXPECT_EQ(idle, absl::Minutes(5));
  EXPECT_EQ(frame, 65536);
  EXPECT_THAT(peers, ElementsAre("a", "b # c"));
}

TEST(ConfigTest, KeepsTheDefaultOfWhatIsNotThere) {
  Config config("a.conf", "");
  std::string text = "default";
  std::vector<std::string> list = {"default"};
  config.Take("text", &text).TakeList("list", &list);
  EXPECT_TRUE(config.Finish().ok());
  EXPECT_EQ(text, "default");
  EXPECT_THAT(list, ElementsAre("default"));
}

TEST(ConfigTest, NamesFileAndLineOfAnError) {
  EXPECT_EQ(NumberError("\nnumber = 11"), "a.conf:2: number: expected a number from 1 to 10");
  EXPECT_EQ(NumberError("number = x"), "a.conf:1: number: expected a number from 1 to 10");
  EXPECT_EQ(NumberError("number ="), "a.conf:1: number: expected a number from 1 to 10");
  EXPECT_EQ(NumberError("number = 1\n# ok\nnumber = 2"), "a.conf:3: number: is set twice");
  EXPECT_EQ(NumberError("nubmer = 1"), "a.conf:1: nubmer: unknown setting");
  EXPECT_EQ(NumberError("number 1"), "a.conf:1: expected `key = value`");
  EXPECT_EQ(NumberError("= 1"), "a.conf:1: expected `key = value`");
  EXPECT_EQ(NumberError("number = \"1"), "a.conf:1: number: malformed quoted value");
  EXPECT_EQ(NumberError("number = \"1\" 2"), "a.conf:1: number: malformed quoted value");
  EXPECT_EQ(NumberError("number = \"\\n\""), "a.conf:1: number: malformed quoted value");
  EXPECT_EQ(NumberError("\x1B[2J = 1"), "a.conf:1: ?[2J: unknown setting");
}

TEST(ConfigTest, ReportsTheFirstOfSeveralErrors) {
  EXPECT_EQ(NumberError("unknown = 1\nnumber = 0"),
            "a.conf:2: number: expected a number from 1 to 10");
  EXPECT_EQ(NumberError("rubbish\nnumber = 0"), "a.conf:1: expected `key = value`");
}

TEST(ConfigTest, RefusesValuesOfTheWrongKind) {
  Config yes("a.conf", "on = 1");
  bool on = false;
  EXPECT_EQ(Message(yes.Take("on", &on).Finish()), "a.conf:1: on: expected yes or no");

  Config long_time("a.conf", "idle = 2h");
  absl::Duration idle;
  EXPECT_EQ(Message(long_time.Take("idle", &idle, absl::Seconds(1), absl::Hours(1)).Finish()),
            "a.conf:1: idle: expected a duration such as 30s, from 1s to 1h");

  Config size("a.conf", "frame = 2K");
  int64_t frame = 0;
  EXPECT_EQ(Message(size.TakeBytes("frame", &frame, 1, 4096).Finish()),
            "a.conf:1: frame: expected a size such as 64k, from 1 to 4096 bytes");
}

TEST(ConfigTest, ReadsSizesWithAndWithoutSuffix) {
  for (auto [text, bytes] : {std::pair<std::string_view, int64_t>{"s = 7", 7},
                             {"s = 3k", 3072},
                             {"s = 2M", 2 << 20},
                             {"s = 5G", 5ll << 30}}) {
    Config config("a.conf", text);
    int64_t size = 0;
    EXPECT_TRUE(config.TakeBytes("s", &size, 0, INT64_MAX).Finish().ok());
    EXPECT_EQ(size, bytes);
  }
  Config huge("a.conf", "s = 9223372036854775807k");
  int64_t size = 0;
  EXPECT_FALSE(huge.TakeBytes("s", &size, 0, INT64_MAX).Finish().ok());
}

TEST(ConfigTest, ReadsEveryWordForYesAndNo) {
  for (std::string_view word : {"yes", "true", "on"}) {
    bool value = false;
    EXPECT_TRUE(
        Config("a", std::string("b = ") + std::string(word)).Take("b", &value).Finish().ok());
    EXPECT_TRUE(value) << word;
  }
  for (std::string_view word : {"no", "false", "off"}) {
    bool value = true;
    EXPECT_TRUE(
        Config("a", std::string("b = ") + std::string(word)).Take("b", &value).Finish().ok());
    EXPECT_FALSE(value) << word;
  }
}

TEST(ConfigTest, RequiresAndFailsOnBehalfOfItsReader) {
  EXPECT_EQ(Message(Config("a.conf", "").Require("ca").Finish()), "a.conf: ca: is missing");
  Config present("a.conf", "\nca = x");
  std::string ca;
  present.Take("ca", &ca).Require("ca").Fail("ca", "no such file");
  EXPECT_EQ(Message(present.Finish()), "a.conf:2: ca: no such file");
  EXPECT_EQ(Message(Config("a.conf", "").Fail("ca", "no such file").Finish()),
            "a.conf: ca: no such file");
}

TEST(ConfigTest, IsOverriddenByTheCommandLine) {
  Config config("a.conf", "peer = a\npeer = b\nlanes = 1");
  config.Override("peer", "c");
  config.Override("lanes", "99");
  std::vector<std::string> peers;
  int lanes = 0;
  config.TakeList("peer", &peers).Take("lanes", &lanes, 1, 16);
  EXPECT_THAT(peers, ElementsAre("c"));
  EXPECT_EQ(Message(config.Finish()), "command line: lanes: expected a number from 1 to 16");
}

TEST(ConfigTest, ReadsBackWhatItFormats) {
  for (std::string_view value :
       {"plain", "two words", "a#b", "a #b", "# a", " blanks ", "\"quoted\"", "back\\slash",
        "\"a\\\" #", "x TXT \"v=spf1 -all\"", ""}) {
    Config config("a.conf", FormatSetting("key", value));
    std::string read = "unset";
    EXPECT_TRUE(config.Take("key", &read).Finish().ok()) << value;
    EXPECT_EQ(read, value);
  }
}

TEST(DurationTest, ReadsAndWritesTheLargestUnit) {
  const std::pair<std::string_view, absl::Duration> rows[] = {
      {"0", absl::ZeroDuration()},
      {"250ms", absl::Milliseconds(250)},
      {"30s", absl::Seconds(30)},
      {"5m", absl::Minutes(5)},
      {"2h", absl::Hours(2)},
      {"45d", absl::Hours(24 * 45)},
      {"-45d", -absl::Hours(24 * 45)},
      {"90s", absl::Seconds(90)},
      {"1500ms", absl::Milliseconds(1500)},
  };
  for (const auto& [text, duration] : rows) {
    const absl::StatusOr<absl::Duration> parsed = ParseDuration(text);
    ASSERT_TRUE(parsed.ok()) << text;
    EXPECT_EQ(*parsed, duration) << text;
    EXPECT_EQ(registry::FormatDuration(duration), text);
  }
  EXPECT_EQ(*ParseDuration("48h"), absl::Hours(48));
  EXPECT_EQ(registry::FormatDuration(absl::Hours(48)), "2d");
}

TEST(DurationTest, RefusesEverythingElse) {
  for (std::string_view text : {"", "-", "5", "s", "5 m", "5M", "1.5s", "5mm", "--5s", "+5s",
                                "1h30m", "99999999999999999999s", "9223372036854775807d"}) {
    EXPECT_FALSE(ParseDuration(text).ok()) << text;
  }
}

}  // namespace
}  // namespace registry
