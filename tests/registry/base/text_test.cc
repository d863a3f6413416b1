#include "registry/base/text.h"

#include <gmock/gmock.h>

namespace registry {
namespace {

using testing::ElementsAre;

TEST(TextTest, ConcatenatesTextsAndNumbers) {
  EXPECT_EQ(Concat(), "");
  EXPECT_EQ(Concat("a", std::string("b"), std::string_view("c"), -7, uint8_t{255}, size_t{9}),
            "abc-72559");
}

TEST(TextTest, TrimsBothEnds) {
  EXPECT_EQ(Trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(Trim(" \t "), "");
  EXPECT_EQ(Trim(""), "");
}

TEST(TextTest, SplitsAtEverySeparator) {
  EXPECT_THAT(Split("a.b", '.'), ElementsAre("a", "b"));
  EXPECT_THAT(Split(".a..", '.'), ElementsAre("", "a", "", ""));
  EXPECT_THAT(Split("", '.'), ElementsAre(""));
}

TEST(TextTest, ReadsNumbersThatAreTheWholeText) {
  int64_t number = 0;
  EXPECT_TRUE(ParseNumber("-9223372036854775808", &number));
  EXPECT_EQ(number, INT64_MIN);
  for (std::string_view bad : {"", "-", "+1", " 1", "1 ", "1.0", "0x1", "9223372036854775808"}) {
    EXPECT_FALSE(ParseNumber(bad, &number)) << bad;
  }
}

TEST(TextTest, KeepsNumbersInTheRangeOfTheirType) {
  uint8_t small = 0;
  EXPECT_TRUE(ParseNumber("255", &small));
  EXPECT_EQ(small, 255);
  EXPECT_FALSE(ParseNumber("256", &small));
  EXPECT_FALSE(ParseNumber("-1", &small));
}

}  // namespace
}  // namespace registry
