// Lives of domains: each tests/lives/*.life is lived twice, once with a worker that writes all that
// the clock does at its instant and once without one. Both have to come out as the file says.
// UPDATE_GOLDEN=1 rewrites what happened in the rows; read it before committing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <tuple>
#include <vector>

#include "registry/base/text.h"
#include "tests/lives/life.h"
#include "tests/lives/run_life.h"
#include "tests/support/paths.h"
#include "tests/support/temporary_folder.h"

namespace lives {
namespace {

namespace fs = std::filesystem;
using registry::Concat;
using registry::MemoryRegistry;

std::vector<fs::path> Files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(tests::SourcePath("tests/lives"))) {
    if (entry.path().extension() == ".life") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

class LivesTest : public testing::TestWithParam<fs::path> {};

// In an order that does not depend on when something was written.
auto Ledger(const MemoryRegistry& registry) {
  std::vector<
      std::tuple<registry::RegistrarKey, std::string, int64_t, registry::DomainKey, int32_t>>
      entries;
  for (const registry::LedgerEntry& entry : registry.ledger) {
    entries.emplace_back(entry.registrar, entry.what, entry.amount.minor, entry.domain,
                         entry.domain_version);
  }
  std::ranges::sort(entries);
  return entries;
}

auto Messages(const MemoryRegistry& registry) {
  std::vector<std::tuple<registry::RegistrarKey, absl::Time, std::string>> messages;
  for (const registry::PollMessage& message : registry.messages) {
    messages.emplace_back(message.registrar, message.queued, message.text);
  }
  std::ranges::sort(messages);
  return messages;
}

TEST_P(LivesTest, ComesOutAsTheFileSaysWithAndWithoutTheWorker) {
  const std::string text = tests::ReadFile(GetParam());
  const auto life = ParseLife(GetParam().filename(), text);
  ASSERT_TRUE(life.ok()) << life.status();
  const auto awake = RunLife(*life, Worker::kAwake);
  ASSERT_TRUE(awake.ok()) << awake.status();
  const auto away = RunLife(*life, Worker::kAway);
  ASSERT_TRUE(away.ok()) << away.status();

  const std::string happened = FormatLife(awake->life);
  EXPECT_EQ(FormatLife(away->life), happened) << "without the worker it is another life";
  EXPECT_TRUE(away->registry.domains == awake->registry.domains);
  EXPECT_EQ(Ledger(away->registry), Ledger(awake->registry));
  EXPECT_EQ(Messages(away->registry), Messages(awake->registry));

  if (std::getenv("UPDATE_GOLDEN") != nullptr) tests::WriteFile(GetParam(), happened);
  EXPECT_EQ(tests::ReadFile(GetParam()), happened) << "written is left, happened is right";
}

std::string CaseName(const testing::TestParamInfo<fs::path>& info) { return info.param.stem(); }

INSTANTIATE_TEST_SUITE_P(All, LivesTest, testing::ValuesIn(Files()), CaseName);

// -- the form of the files --

constexpr std::string_view kHeader =
    "time | who | command | answer | sponsor | statuses | rgp | expires | gold\n";

std::string ErrorOf(std::string_view text) {
  const auto life = ParseLife("x.life", text);
  if (!life.ok()) return std::string(life.status().message());
  return std::string(RunLife(*life, Worker::kAway).status().message());
}

TEST(LifeFormTest, FillsInWhatHappened) {
  const auto life = ParseLife(
      "x.life",
      Concat("A title\n\n", kHeader, "+0d|gold|create alpha.org\n# Why\n+1d|clock|time passes\n"));
  ASSERT_TRUE(life.ok()) << life.status();
  const auto lived = RunLife(*life, Worker::kAway);
  ASSERT_TRUE(lived.ok()) << lived.status();
  EXPECT_EQ(FormatLife(lived->life), R"(A title

time | who   | command          | answer | sponsor | statuses | rgp       | expires    |   gold
+0d  | gold  | create alpha.org | 1000   | gold    | ok       | addPeriod | 2031-01-01 | 991.00
# Why
+1d  | clock | time passes      |        | gold    | ok       | addPeriod | 2031-01-01 | 991.00
)");
}

TEST(LifeFormTest, ErrorsNameFileAndLine) {
  const std::string table = Concat("A title\n", kHeader, "+0d|gold|create alpha.org\n");
  const std::pair<std::string, std::string> cases[] = {
      {"", "x.life:0: a life begins with its title"},
      {"# A comment\n", "x.life:1: a life begins with its title"},
      {"A title\n", "x.life:1: there is no table"},
      {"A title\nnonsense\n", "x.life:2: neither a setting nor a table"},
      {"A title\ncolour: red\n", "x.life:2: unknown setting colour"},
      {"A title\nstarts: tomorrow\n", "x.life:2: not a time such as 2032-02-29 12:00"},
      {Concat("A title\npolicy: restore = 5d\n", kHeader), "x.life:2: restore: unknown setting"},
      {"A title\nregistrar gold: much\n", "x.life:2: not a registrar with a balance"},
      {"A title\nregistrar gold: 5.00 and more\n", "x.life:2: not a credit such as 20.00 credit"},
      {"A title\ntime | whom\n", "x.life:2: unknown column whom"},
      {Concat("A title\n", kHeader), "x.life:2: no row creates the domain that the life is about"},
      {table + "+1d | gold\n", "x.life:4: a row has 9 cells"},
      {table + "+1d | lead | delete\n", "x.life:4: unknown registrar lead"},
      {table + "1d | gold | delete\n", "x.life:4: not a time such as +1y 45d: 1d"},
      {table + "+1d | gold | info\n+0d | gold | delete\n", "x.life:5: before the row above"},
      {table + "+1d | gold | destroy\n", "x.life:4: not understood: destroy"},
      {table + "+1d | gold | delete at once\n", "x.life:4: not understood: at"},
      {table + "+1d | gold | renew 11y\n", "x.life:4: not understood: 11y"},
      {table + "+1d | gold | update add status\n", "x.life:4: something is missing"},
      {table + "+1d | gold | restore it\n", "x.life:4: not understood: restore it"},
  };
  for (const auto& [text, error] : cases) EXPECT_EQ(ErrorOf(text), error) << text;
}

}  // namespace
}  // namespace lives
