#include "whois/search_page.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/time/time.h"

namespace whois {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Candidate Make(std::string name, int created, std::optional<int> updated = std::nullopt) {
  Candidate candidate;
  candidate.found.name = name;
  candidate.found.position = {name, 0};
  candidate.found.created = absl::FromUnixSeconds(created);
  if (updated) candidate.found.updated = absl::FromUnixSeconds(*updated);
  return candidate;
}

std::vector<std::string> Names(const SearchPage& page) {
  std::vector<std::string> names;
  for (const Candidate& item : page.items) names.push_back(item.found.name);
  return names;
}

const SearchOrder kByDates{{{"lastChangedDate", false}, {"registrationDate", true}}, false};

std::vector<Candidate> Some() {
  return {Make("d", 1), Make("b", 5, 10), Make("a", 5, 10), Make("c", 6, 10), Make("e", 9, 7)};
}

TEST(SearchPageTest, SortsByAllKeysThenByPositionWhatIsMissingLast) {
  const SearchPage page = PageOf(Some(), kByDates, std::nullopt, 10);
  EXPECT_THAT(Names(page), ElementsAre("e", "c", "a", "b", "d"));
  EXPECT_FALSE(page.before);
  EXPECT_FALSE(page.behind);
}

TEST(SearchPageTest, WalksForthAndBack) {
  SearchPage page = PageOf(Some(), kByDates, std::nullopt, 2);
  EXPECT_THAT(Names(page), ElementsAre("e", "c"));
  EXPECT_FALSE(page.before);
  ASSERT_TRUE(page.behind);
  page = PageOf(Some(), kByDates, CursorBehind(page, kByDates, 1), 2);
  EXPECT_THAT(Names(page), ElementsAre("a", "b"));
  EXPECT_TRUE(page.before);
  ASSERT_TRUE(page.behind);
  const Cursor back = CursorBefore(page, kByDates, 2);
  EXPECT_EQ(back.page, 1);
  page = PageOf(Some(), kByDates, CursorBehind(page, kByDates, 2), 2);
  EXPECT_THAT(Names(page), ElementsAre("d"));
  EXPECT_FALSE(page.behind);
  page = PageOf(Some(), kByDates, back, 2);
  EXPECT_THAT(Names(page), ElementsAre("e", "c"));
  EXPECT_FALSE(page.before);
  EXPECT_TRUE(page.behind);
}

TEST(SearchPageTest, NeitherRepeatsNorSkipsWhenObjectsComeAndGo) {
  const SearchPage first = PageOf(Some(), kByDates, std::nullopt, 2);
  const Cursor cursor = CursorBehind(first, kByDates, 1);
  std::vector<Candidate> later = Some();
  std::erase_if(later, [](const Candidate& c) { return c.found.name == "c"; });  // the last seen
  later.push_back(Make("0", 1, 1));
  later.push_back(Make("aa", 5, 10));
  EXPECT_THAT(Names(PageOf(later, kByDates, cursor, 10)), ElementsAre("a", "aa", "b", "d"));
}

TEST(SearchPageTest, TheLastMayBeFirst) {
  const SearchOrder backward{{}, true};
  EXPECT_THAT(Names(PageOf(Some(), backward, std::nullopt, 3)), ElementsAre("e", "d", "c"));
  const SearchOrder descending{{{"name", true}}, false};
  EXPECT_THAT(Names(PageOf(Some(), descending, std::nullopt, 3)), ElementsAre("e", "d", "c"));
}

TEST(SearchPageTest, APageOfAWalkKnowsItsNeighbours) {
  SearchPage page = PageOfWalk({Make("a", 1), Make("b", 1), Make("c", 1)}, std::nullopt, 2);
  EXPECT_THAT(Names(page), ElementsAre("a", "b"));
  EXPECT_FALSE(page.before);
  EXPECT_TRUE(page.behind);
  Cursor cursor{2, false, {"b", 0}, {}};
  page = PageOfWalk({Make("c", 1)}, cursor, 2);
  EXPECT_TRUE(page.before);
  EXPECT_FALSE(page.behind);
  cursor.backward = true;
  page = PageOfWalk({Make("c", 1), Make("b", 1), Make("a", 1)}, cursor, 2);
  EXPECT_THAT(Names(page), ElementsAre("b", "c"));
  EXPECT_TRUE(page.before);
  EXPECT_TRUE(page.behind);
  EXPECT_THAT(PageOfWalk({}, cursor, 2).items, IsEmpty());
}

TEST(SearchPageTest, TheOrderThatPositionsHaveNeedsNoKeys) {
  RdapSearch search;
  search.property = "name";
  EXPECT_EQ(NaturalSort(search), "name");
  search.sort = {{"name", true}, {"registrationDate", false}};
  EXPECT_TRUE(OrderOf(search).keys.empty());
  EXPECT_TRUE(OrderOf(search).descending);
  search.property = "nsIp";
  EXPECT_EQ(NaturalSort(search), "");
  EXPECT_EQ(OrderOf(search).keys, search.sort);
  search.type = SearchedType::kNameServers;
  search.property = "ip";
  EXPECT_EQ(NaturalSort(search), "name");
  search.type = SearchedType::kEntities;
  search.property = "handle";
  EXPECT_EQ(NaturalSort(search), "");
  search.property = "fn";
  EXPECT_EQ(NaturalSort(search), "fn");
}

}  // namespace
}  // namespace whois
