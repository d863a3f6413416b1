#include "registry/base/log.h"

#include <gmock/gmock.h>

#include <thread>

#include "registry/base/check.h"
#include "registry/base/text.h"

namespace registry {
namespace {

using testing::ContainsRegex;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

template <class Write>
std::string Captured(Write write) {
  testing::internal::CaptureStderr();
  write();
  return testing::internal::GetCapturedStderr();
}

std::string ValueOf(std::string_view value) {
  const std::string line = Captured([&] { Log(LogLevel::kInfo, "e", {{"v", value}}); });
  return line.substr(line.find(" v=") + 3);
}

TEST(LogTest, WritesOneLineWithTimeLevelEventAndFields) {
  const std::string line = Captured([] {
    Log(LogLevel::kWarning, "epp.command", {{"svtrid", "PTL-1"}, {"code", 1000}});
  });
  EXPECT_THAT(line, ContainsRegex("^time=[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\."
                                  "[0-9]{3}Z level=warning event=epp.command svtrid=PTL-1 "
                                  "code=1000\n$"));
}

TEST(LogTest, LinesThatAreWrittenTogetherKeepTheirOrderAndAnErrorDoesNotWait) {
  const std::string lines = Captured([] {
    const LogTogether together;
    {
      const LogTogether inner;
      Log(LogLevel::kInfo, "first");
    }
    Log(LogLevel::kInfo, "second");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "") << "kept";
    testing::internal::CaptureStderr();
    Log(LogLevel::kError, "third");
    Log(LogLevel::kInfo, "fourth");
    EXPECT_THAT(testing::internal::GetCapturedStderr(),
                ContainsRegex("=first\n.*=second\n.*=third\n$"));
    testing::internal::CaptureStderr();
  });
  EXPECT_THAT(lines, ContainsRegex("^time.*=fourth\n$"));
}

TEST(LogTest, AFailedCheckWritesWhatWasKept) {
  EXPECT_DEATH(
      {
        const LogTogether together;
        Log(LogLevel::kInfo, "before");
        CheckFailed("true", "file", 1);
      },
      "event=before\n.*check failed");
}

TEST(LogTest, QuotesOnlyWhereAReaderNeedsIt) {
  EXPECT_EQ(ValueOf("a.example:700/x"), "a.example:700/x\n");
  EXPECT_EQ(ValueOf("M\xC3\xBCnchen"), "M\xC3\xBCnchen\n");
  EXPECT_EQ(ValueOf(""), "\"\"\n");
  EXPECT_EQ(ValueOf("two words"), "\"two words\"\n");
  EXPECT_EQ(ValueOf("a=b"), "\"a=b\"\n");
  EXPECT_EQ(ValueOf("say \"hi\""), "\"say \\\"hi\\\"\"\n");
  EXPECT_EQ(ValueOf("back\\slash"), "\"back\\\\slash\"\n");
}

TEST(LogTest, NoValueCanForgeALineOrAField) {
  EXPECT_EQ(ValueOf("x\nlevel=error event=forged"), "\"x\\nlevel=error event=forged\"\n");
  EXPECT_EQ(ValueOf("x\r\ty"), "\"x\\r\\ty\"\n");
  EXPECT_EQ(ValueOf("\x1B[2J\x7F"), "\"\\x1B[2J\\x7F\"\n");
  EXPECT_EQ(ValueOf(std::string_view("\0", 1)), "\"\\x00\"\n");
  EXPECT_EQ(ValueOf("\xC2\x85"), "\"\\xC2\\x85\"\n");
  EXPECT_EQ(ValueOf("\xFF"), "\"\\xFF\"\n");
}

TEST(LogTest, CutsLongValues) {
  const std::string value = ValueOf(std::string(100'000, 'x'));
  EXPECT_LT(value.size(), 5000u);
  EXPECT_THAT(value, StartsWith("\"xxx"));
  EXPECT_THAT(value, EndsWith("...\"\n"));
}

TEST(LogTest, DropsWhatIsBelowTheLevel) {
  const auto write_debug = [] { Log(LogLevel::kDebug, "quiet"); };
  EXPECT_EQ(Captured(write_debug), "");
  SetLogLevel(LogLevel::kDebug);
  EXPECT_THAT(Captured(write_debug), HasSubstr("level=debug event=quiet\n"));
  SetLogLevel(LogLevel::kError);
  EXPECT_EQ(Captured([] { Log(LogLevel::kWarning, "quiet"); }), "");
  SetLogLevel(LogLevel::kInfo);
}

TEST(LogTest, KnowsItsLevelsByName) {
  LogLevel level = LogLevel::kInfo;
  EXPECT_TRUE(ParseLogLevel("error", &level));
  EXPECT_EQ(level, LogLevel::kError);
  EXPECT_FALSE(ParseLogLevel("Error", &level));
  EXPECT_FALSE(ParseLogLevel("", &level));
  EXPECT_EQ(level, LogLevel::kError);
}

TEST(LogTest, NeverMixesTheLinesOfTwoThreads) {
  const std::string text = Captured([] {
    const auto write = [](std::string_view word) {
      for (int i = 0; i < 200; ++i) Log(LogLevel::kInfo, word, {{"w", std::string(500, word[0])}});
    };
    std::thread a(write, "aaaa"), b(write, "bbbb");
    a.join();
    b.join();
  });
  std::vector<std::string_view> lines = Split(text, '\n');
  lines.pop_back();
  EXPECT_EQ(lines.size(), 400u);
  for (std::string_view line : lines) {
    EXPECT_TRUE(line.ends_with(std::string(500, 'a')) || line.ends_with(std::string(500, 'b')));
    EXPECT_TRUE(line.starts_with("time="));
  }
}

}  // namespace
}  // namespace registry
