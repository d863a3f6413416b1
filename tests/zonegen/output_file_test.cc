#include "zonegen/output_file.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"
#include "zonegen/file_lock.h"

namespace zonegen {
namespace {

class OutputFileTest : public testing::Test {
 protected:
  const tests::TemporaryFolder folder_;
  const std::string file_ = folder_.Path("org.zone");
};

TEST_F(OutputFileTest, TakesThePlaceOfTheOldOneOnlyWhenPublished) {
  tests::WriteFile(file_, "old");
  auto out = OutputFile::Create(file_);
  ASSERT_TRUE(out.ok()) << out.status();
  ASSERT_TRUE((*out)->Append("new").ok());
  ASSERT_TRUE((*out)->Finish().ok());
  EXPECT_EQ(tests::ReadFile(file_), "old");
  EXPECT_EQ(tests::ReadFile((*out)->temporary()), "new");
  EXPECT_EQ((*out)->bytes(), 3);
  EXPECT_EQ((*out)->sha256(), "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437");
  ASSERT_TRUE((*out)->Publish().ok());
  EXPECT_EQ(tests::ReadFile(file_), "new");
  EXPECT_FALSE(tests::Exists(file_ + ".tmp"));
}

TEST_F(OutputFileTest, LeavesNothingBehindWhenItIsNotPublished) {
  tests::WriteFile(file_, "old");
  {
    auto out = OutputFile::Create(file_);
    ASSERT_TRUE(out.ok()) << out.status();
    ASSERT_TRUE((*out)->Append("half").ok());
    ASSERT_TRUE((*out)->Finish().ok());
  }
  EXPECT_EQ(tests::ReadFile(file_), "old");
  EXPECT_FALSE(tests::Exists(file_ + ".tmp"));
}

TEST_F(OutputFileTest, OverwritesWhatAnInterruptedRunLeft) {
  tests::WriteFile(file_ + ".tmp", "a long rest of a run that was killed");
  auto out = OutputFile::Create(file_);
  ASSERT_TRUE(out.ok()) << out.status();
  ASSERT_TRUE((*out)->Append("whole").ok());
  ASSERT_TRUE((*out)->Publish().ok());
  EXPECT_EQ(tests::ReadFile(file_), "whole");
}

TEST_F(OutputFileTest, SaysWhichFileCannotBeWritten) {
  const auto out = OutputFile::Create(folder_.Path("missing/org.zone"));
  EXPECT_EQ(out.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_NE(std::string(out.status().message()).find("missing/org.zone"), std::string::npos);
}

TEST_F(OutputFileTest, WritesMoreThanItsBuffer) {
  std::string line(1000, 'x'), expected;
  auto out = OutputFile::Create(file_);
  ASSERT_TRUE(out.ok()) << out.status();
  for (int i = 0; i < 3000; ++i) {
    line[0] = static_cast<char>('a' + i % 26);
    expected += line;
    ASSERT_TRUE((*out)->Append(line).ok());
  }
  ASSERT_TRUE((*out)->Publish().ok());
  EXPECT_EQ(tests::ReadFile(file_), expected);
}

TEST_F(OutputFileTest, IsCompressedForWhoeverReadsSuchFiles) {
  std::string all;
  for (int i = 0; i < 200'000; ++i) all += std::to_string(i) + "\tIN\tNS\tns1.example.net.\n";
  struct {
    Compression compression;
    std::string reader;
  } const cases[] = {{Compression::kGzip, "zcat"}, {Compression::kZstd, "zstdcat"}};
  for (const auto& [compression, reader] : cases) {
    auto out = OutputFile::Create(file_, compression);
    ASSERT_TRUE(out.ok()) << out.status();
    for (size_t i = 0; i < all.size(); i += 100'000) {
      ASSERT_TRUE((*out)->Append(std::string_view(all).substr(i, 100'000)).ok());
    }
    ASSERT_TRUE((*out)->Finish().ok());
    ASSERT_TRUE((*out)->Publish().ok());
    EXPECT_LT((*out)->bytes(), std::ssize(all) / 4);
    EXPECT_EQ((*out)->bytes(), std::ssize(tests::ReadFile(file_)));
    EXPECT_NE(tests::RunShell("sha256sum " + file_).output.find((*out)->sha256()),
              std::string::npos);
    const std::string plain = folder_.Path("plain");
    EXPECT_EQ(tests::RunShell(reader + " < " + file_ + " > " + plain).code, 0) << reader;
    EXPECT_TRUE(tests::ReadFile(plain) == all) << reader;
  }
}

TEST_F(OutputFileTest, IsLockedByOneAtATime) {
  {
    const auto first = FileLock::Acquire(file_ + ".lock");
    ASSERT_TRUE(first.ok()) << first.status();
    const auto second = FileLock::Acquire(file_ + ".lock");
    EXPECT_EQ(second.status().code(), absl::StatusCode::kAborted);
  }
  EXPECT_TRUE(FileLock::Acquire(file_ + ".lock").ok());
}

}  // namespace
}  // namespace zonegen
