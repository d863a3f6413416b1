// A target as an ordinary test: its seeds, and a few thousand damaged ones that are the same each
// time. POSTEL_FUZZ_TARGET is the target's name, POSTEL_FUZZ_TEST the suite's.
#include <gtest/gtest.h>

#include <unistd.h>

#include <csignal>
#include <string>

#include "tests/fuzz/dictionary.h"
#include "tests/fuzz/golden_seeds.h"
#include "tests/fuzz/mutator.h"
#include "tests/fuzz/target.h"
#include "tests/support/paths.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#endif

namespace fuzz {
namespace {

constexpr int kMutations = 4000;

std::string current;  // what is being checked

// Nothing else would tell by which input the process died.
void ShowInput() {
  for (std::string_view part : {std::string_view("input: "), std::string_view(current),
                                std::string_view("\nend of input\n")}) {
    if (::write(STDERR_FILENO, part.data(), part.size()) < 0) return;
  }
}

void ShowInputOfEveryDeath() {
  std::signal(SIGABRT, [](int) { ShowInput(); });
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_set_death_callback(ShowInput);
#endif
}

struct Tally {
  int accepted = 0, refused = 0;

  void Count(std::string input) {
    current = std::move(input);
    ++(Check(current) ? accepted : refused);
  }
};

#define TEST_OF(suite, name) TEST(suite, name)

TEST_OF(POSTEL_FUZZ_TEST, HoldsForItsSeeds) {
  ShowInputOfEveryDeath();
  Tally tally;
  for (std::string& seed : Seeds()) tally.Count(std::move(seed));
  for (std::string& seed : KeptSeeds(POSTEL_FUZZ_TARGET)) tally.Count(std::move(seed));
  EXPECT_GT(tally.accepted, 0);
  tally.Count("");
}

TEST_OF(POSTEL_FUZZ_TEST, HoldsForDamagedSeeds) {
  ShowInputOfEveryDeath();
  Mutator mutator(Seeds(),
                  ReadDictionary(tests::SourcePath("tests/fuzz/" POSTEL_FUZZ_TARGET ".dict")));
  Tally tally;
  for (int i = 0; i < kMutations; ++i) tally.Count(mutator.Next());
  EXPECT_GT(tally.accepted, kMutations / 50);
  EXPECT_GT(tally.refused, kMutations / 50);
}

}  // namespace
}  // namespace fuzz
