#include "tests/support/paths.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace tests {
namespace {

TEST(PathsTest, FindsAFileOfTheCheckout) {
  EXPECT_TRUE(std::filesystem::exists(SourcePath("tests/support/paths_test.cc")));
}

TEST(PathsTest, NamesProgramsOfThisBuild) {
  EXPECT_TRUE(ProgramPath("postel-epp").ends_with("/bin/postel-epp"));
}

TEST(PathsTest, RunsInTheRootOfTheCheckout) {
  EXPECT_TRUE(std::filesystem::exists("tests/support/paths_test.cc"));
}

}  // namespace
}  // namespace tests
