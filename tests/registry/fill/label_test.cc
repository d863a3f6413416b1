#include "registry/fill/label.h"

#include <gtest/gtest.h>

#include <unordered_set>

#include "registry/fill/words.h"
#include "registry/types/domain_name.h"

namespace fill {
namespace {

TEST(LabelTest, IsTheSameForGood) {
  // Whoever has to change these counts kEdition up.
  EXPECT_EQ(LabelOf(1), "unionbeaver");
  EXPECT_EQ(LabelOf(19), "xn--tr-t-dpab2k");
  EXPECT_EQ(LabelOf(1'000'000), "estate-delta-hamlet");
  EXPECT_EQ(LabelOf(kMostDomains), "basket-onyx-garnet");
}

TEST(LabelTest, IsUniqueBesideTheFirstAndTheLastNumbers) {
  constexpr int64_t kRun = 100'000;
  std::unordered_set<std::string> seen;
  // Where some styles have run out, too.
  for (const int64_t start : {int64_t{1}, int64_t{2'000'000}, int64_t{10'000'000 - kRun},
                              int64_t{kMostDomains - kRun + 1}}) {
    for (int64_t number = start; number < start + kRun; ++number) {
      const std::string label = LabelOf(number);
      EXPECT_TRUE(seen.insert(label).second) << number << ": " << label;
    }
  }
}

TEST(LabelTest, IsAValidLabelOfUsualLength) {
  for (const int64_t start : {int64_t{1}, int64_t{9'999'000}, int64_t{kMostDomains - 1'000}}) {
    for (int64_t number = start; number < start + 1'000; ++number) {
      const std::string label = LabelOf(number);
      EXPECT_TRUE(registry::DomainName::Parse(label + ".org").ok()) << label;
      EXPECT_GE(label.size(), 3u) << label;
      EXPECT_LE(label.size(), 48u) << label;
    }
  }
}

TEST(WordsTest, NoneIsTheBeginningOfAnother) {
  for (size_t i = 1; i < kWords.size(); ++i) {
    // In order, so that a beginning would stand right before.
    EXPECT_LT(kWords[i - 1], kWords[i]);
    EXPECT_FALSE(kWords[i].starts_with(kWords[i - 1])) << kWords[i];
  }
}

}  // namespace
}  // namespace fill
