// All of CommandTargets() as an ordinary test: their seeds, and as many damaged ones that are the
// same each time; POSTEL_FUZZ_MUTATIONS: how many of each target. Where the schemas are at hand
// (POSTEL_XSD_DIR) every answer is valid by them.
#include "tests/fuzz/epp_command.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <set>
#include <string>

#include "registry/base/text.h"
#include "tests/fuzz/epp_client.h"
#include "tests/fuzz/mutator.h"
#include "tests/fuzz/xml_mutator.h"
#include "tests/support/paths.h"
#include "tests/support/temporary_folder.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#endif

namespace fuzz {
namespace {

// Of each target.
int Mutations() {
  const char* text = std::getenv("POSTEL_FUZZ_MUTATIONS");
  return text == nullptr ? 400 : std::atoi(text);
}

std::string current;  // what is being checked

// Nothing else would tell by which input the process died.
void ShowInput() {
  for (std::string_view part : {std::string_view("input: "), std::string_view(current),
                                std::string_view("\nend of input\n")}) {
    if (::write(STDERR_FILENO, part.data(), part.size()) < 0) return;
  }
}

class EppCommandFuzzTest : public testing::TestWithParam<std::string_view> {
 protected:
  static void SetUpTestSuite() {
    std::signal(SIGABRT, [](int) { ShowInput(); });
#if defined(__SANITIZE_ADDRESS__)
    __sanitizer_set_death_callback(ShowInput);
#endif
  }
  static bool Check(std::string frame) {
    current = std::move(frame);
    return CheckCommand(current);
  }
};

TEST_P(EppCommandFuzzTest, HoldsForItsSeeds) {
  int read = 0;
  for (std::string& seed : CommandSeeds(GetParam())) read += Check(std::move(seed));
  EXPECT_GT(read, 0);
  EXPECT_FALSE(Check(""));
}

TEST_P(EppCommandFuzzTest, HoldsForDamagedSeeds) {
  const std::vector<std::string> seeds = CommandSeeds(GetParam());
  const std::vector<std::string> words = WordsOf(seeds);
  std::minstd_rand random;
  XmlMutator by_tree(seeds, [&](std::string_view) { return words[random() % words.size()]; });
  Mutator by_octet(seeds, words);
  int read = 0;
  for (int i = 0; i < Mutations(); ++i) {
    read += Check(i % 5 == 0 ? by_octet.Next() : by_tree.Mutate(seeds[random() % seeds.size()], i));
  }
  EXPECT_GT(read, Mutations() / 50);
}

// The schemas are not part of this project: POSTEL_XSD_DIR, or ../shared/xsd beside the checkout.
TEST_P(EppCommandFuzzTest, AnswersAsTheSchemasSay) {
  const char* folder = std::getenv("POSTEL_XSD_DIR");
  const std::string schema =
      (folder != nullptr ? std::string(folder) : tests::SourcePath("../shared/xsd")) + "/all.xsd";
  if (!std::filesystem::exists(schema)) GTEST_SKIP() << "no schemas at " << schema;
  if (std::system("command -v xmllint >/dev/null") != 0) GTEST_SKIP() << "no xmllint";

  std::set<std::string> answers;
  answers_to_keep = &answers;
  const std::vector<std::string> seeds = CommandSeeds(GetParam());
  const std::vector<std::string> words = WordsOf(seeds);
  std::minstd_rand random(2);
  XmlMutator mutator(seeds, [&](std::string_view) { return words[random() % words.size()]; });
  for (int i = 0; i < Mutations() / 4; ++i) {
    Check(mutator.Mutate(seeds[random() % seeds.size()], i));
  }
  answers_to_keep = nullptr;

  const tests::TemporaryFolder temporary;
  int number = 0;
  for (const std::string& answer : answers) {
    tests::WriteFile(temporary.Path(registry::Concat(number++, ".xml")), answer);
  }
  const tests::Ran lint = tests::RunShell(registry::Concat(
      "cd '", temporary.Path(""), "' && xmllint --nonet --noout --schema '", schema, "' *.xml"));
  EXPECT_EQ(lint.code, 0) << lint.output;
}

INSTANTIATE_TEST_SUITE_P(Targets, EppCommandFuzzTest, testing::ValuesIn(CommandTargets()),
                         [](const auto& target) { return std::string(target.param); });

TEST(EppCommandTargetsTest, AreThoseThatCMakeKnows) {
  const std::string lists = tests::ReadFile(tests::SourcePath("tests/fuzz/CMakeLists.txt"));
  for (const std::string_view target : CommandTargets()) {
    EXPECT_NE(lists.find("postel_fuzz_command(" + std::string(target) + ")"), std::string::npos)
        << target;
  }
}

std::string Response(std::string_view content) {
  return registry::Concat(R"(<epp xmlns="urn:ietf:params:xml:ns:epp-1.0"><response>)", content,
                          "</response></epp>");
}

TEST(CheckAnswerDeathTest, AbortsAtWhatIsNoAnswer) {
  const std::string done =
      R"(<result code="1000"><msg>Command completed successfully</msg></result>)";
  const std::string ids = "<trID><clTRID>ABC</clTRID><svTRID>1</svTRID></trID>";
  const std::string fee =
      R"(<extension><a xmlns="urn:ietf:params:xml:ns:epp:fee-1.0"/></extension>)";
  EXPECT_EQ(CheckAnswer(Response(done + ids), "ABC", Services::kAll), registry::ResultCode::kOk);
  CheckAnswer(Response(done + fee + ids), "ABC", Services::kAll);
  for (const std::string& content :
       {done, ids, ids + done, done + done + ids, done + ids + "<x/>", done + "<extension/>" + ids,
        done + fee + ids, done + "<trID><svTRID>1</svTRID></trID>",
        R"(<result code="2400"><msg>Command failed</msg></result>)" + ids,
        R"(<result code="2999"><msg>Command failed</msg></result>)" + ids,
        R"(<result code="1000"><msg>Fine</msg></result>)" + ids}) {
    EXPECT_DEATH(CheckAnswer(Response(content), "ABC", Services::kObjectsAlone), "check failed")
        << content;
  }
}

TEST(InOtherWordsTest, SaysTheSame) {
  EXPECT_EQ(InOtherWords("<a xmlns='u' b='&lt;'>x<c xmlns=''>y</c>&amp;</a>"),
            "<q:a xmlns:q=\"u\" b='&lt;'>x<c xmlns=\"\"><!-- text --><![CDATA[y]]></c >&amp;"
            "</q:a >");
  EXPECT_EQ(InOtherWords("<a"), "");
}

TEST(XmlMutatorTest, StaysWellFormedMostly) {
  const std::vector<std::string> seeds = CommandSeeds("epp_domain_create");
  XmlMutator mutator(seeds, [](std::string_view value) { return std::string(value) + "x"; });
  int other = 0;
  for (uint32_t seed = 1; seed <= 100; ++seed) {
    const std::string mutated = mutator.Mutate(seeds[0], seed);
    EXPECT_EQ(mutated, mutator.Mutate(seeds[0], seed));
    other += mutated != seeds[0];
    EXPECT_NE(mutator.Cross(seeds[0], seeds[1], seed), "");
  }
  EXPECT_GT(other, 90);
  EXPECT_EQ(mutator.Mutate("no document", 1), "no document");
}

}  // namespace
}  // namespace fuzz
