#include "registry/net/server_command_line.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace registry::net {
namespace {

ServerCommandLine Read(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "postel-test");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  return ReadServerCommandLine(static_cast<int>(argv.size()), argv.data(), "postel-test",
                               "A test.");
}

class ServerCommandLineTest : public testing::Test {
 protected:
  void SetUp() override { tests::WriteFile(file_, "color = red\nsize = 3\n"); }

  const tests::TemporaryFolder folder_;
  const std::string file_ = folder_.Path("test.conf");
};

TEST_F(ServerCommandLineTest, TakesSettingsFromTheFile) {
  ServerCommandLine line = Read({"--config", file_});
  ASSERT_TRUE(line.config);
  EXPECT_FALSE(line.check);
  std::string color;
  int size = 0;
  line.config->Take("color", &color).Take("size", &size, 0, 10);
  EXPECT_TRUE(line.config->Finish().ok());
  EXPECT_EQ(color, "red");
  EXPECT_EQ(size, 3);
}

TEST_F(ServerCommandLineTest, SettingsOfTheCommandLineGoFirst) {
  ServerCommandLine line =
      Read({"--set", "color=a = b", "--config", file_, "--set", "size=4", "--check"});
  ASSERT_TRUE(line.config);
  EXPECT_TRUE(line.check);
  std::string color;
  int size = 0;
  line.config->Take("color", &color).Take("size", &size, 0, 10);
  EXPECT_TRUE(line.config->Finish().ok());
  EXPECT_EQ(color, "a = b");
  EXPECT_EQ(size, 4);
}

TEST_F(ServerCommandLineTest, AFileThatIsNotThereIsAnError) {
  const ServerCommandLine line = Read({"--config", "/nonexistent.conf"});
  EXPECT_FALSE(line.config);
  EXPECT_EQ(line.exit_code, kWrongUsage);
}

TEST_F(ServerCommandLineTest, WrongArgumentsAreErrors) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"--set", "color"}, {"--set", "=red"}, {"--what"}}) {
    const ServerCommandLine line = Read(arguments);
    EXPECT_FALSE(line.config) << arguments.front();
    EXPECT_EQ(line.exit_code, kWrongUsage) << arguments.front();
  }
}

TEST_F(ServerCommandLineTest, HelpAndVersionEndWithoutError) {
  for (const char* argument : {"--help", "--version"}) {
    const ServerCommandLine line = Read({argument});
    EXPECT_FALSE(line.config) << argument;
    EXPECT_EQ(line.exit_code, 0) << argument;
  }
}

}  // namespace
}  // namespace registry::net
