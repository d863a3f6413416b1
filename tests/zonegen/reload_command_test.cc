#include "zonegen/reload_command.h"

#include <gmock/gmock.h>

#include "absl/time/clock.h"

namespace zonegen {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ReloadCommandTest, IsSplitAtBlanksOutsideQuotes) {
  auto words = SplitWords("  rndc -c \"/etc/my bind/rndc.conf\" reload  {tld}\t\"\" x\"y z\"");
  ASSERT_TRUE(words.ok()) << words.status();
  EXPECT_THAT(*words,
              ElementsAre("rndc", "-c", "/etc/my bind/rndc.conf", "reload", "{tld}", "", "xy z"));
  EXPECT_TRUE(SplitWords("")->empty());
  EXPECT_FALSE(SplitWords("rndc \"reload").ok());
}

TEST(ReloadCommandTest, GetsTheZoneInEachWord) {
  EXPECT_THAT(FillIn({"rndc", "reload", "{tld}", "f={file}{file}"}, "org", "/zones/{tld}"),
              ElementsAre("rndc", "reload", "org", "f=/zones/{tld}/zones/{tld}"));
}

TEST(ReloadCommandTest, SucceedsWithCodeZero) {
  const absl::Status status = RunCommand({"sh", "-c", "exit 0"}, absl::Seconds(30));
  EXPECT_TRUE(status.ok()) << status;
}

TEST(ReloadCommandTest, FailsWithWhatTheProgramSaid) {
  const absl::Status status =
      RunCommand({"sh", "-c", "echo one; echo two >&2; exit 3"}, absl::Seconds(30));
  EXPECT_THAT(std::string(status.message()), HasSubstr("ended with code 3: one\ntwo"));
}

TEST(ReloadCommandTest, TakesNoShellBetween) {
  const absl::Status status =
      RunCommand({"sh", "-c", "test \"$0\" = '$HOME; exit 1'", "$HOME; exit 1"}, absl::Seconds(30));
  EXPECT_TRUE(status.ok()) << status;
}

TEST(ReloadCommandTest, SaysThatAProgramIsMissing) {
  const absl::Status status = RunCommand({"/nonexistent/rndc"}, absl::Seconds(30));
  EXPECT_THAT(std::string(status.message()), HasSubstr("/nonexistent/rndc"));
}

TEST(ReloadCommandTest, EndsWhatTakesTooLongWithAllThatItStarted) {
  const absl::Time started = absl::Now();
  const absl::Status status =
      RunCommand({"sh", "-c", "echo busy; sleep 60 & sleep 60"}, absl::Seconds(1));
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_THAT(std::string(status.message()), HasSubstr("busy"));
  EXPECT_LT(absl::Now() - started, absl::Seconds(30));
}

}  // namespace
}  // namespace zonegen
