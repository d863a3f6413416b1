#include "whois/status_words.h"

#include <gtest/gtest.h>

#include <set>

#include "registry/types/status.h"
#include "whois/rdap_status.h"

namespace whois {
namespace {

std::vector<std::string_view> EveryWord() {
  std::vector<std::string_view> words = MappedStatuses();
  for (registry::Status status : registry::StatusSet::FromBits(~0U).ToVector()) {
    words.push_back(StatusName(status));
  }
  return words;
}

TEST(StatusWordsTest, EveryStatusIsExplained) {
  const StatusWords other = ExplainStatus("noSuchStatus");
  EXPECT_EQ(other.word, "noSuchStatus");
  std::set<std::string_view> titles;
  std::set<std::string_view> words;
  for (std::string_view word : EveryWord()) {
    const StatusWords status = ExplainStatus(word);
    EXPECT_EQ(status.word, word);
    EXPECT_NE(status.title, other.title) << word;
    EXPECT_TRUE(status.sentence.ends_with('.')) << word;
    EXPECT_GT(status.sentence.size(), 30U) << word;
    titles.insert(status.title);
    words.insert(word);
  }
  EXPECT_EQ(titles.size(), words.size()) << "two statuses have one title";
  EXPECT_GE(words.size(), 28U);
}

}  // namespace
}  // namespace whois
