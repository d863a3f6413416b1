#include "bench/load/answer.h"

#include <gtest/gtest.h>

namespace bench {
namespace {

TEST(AnswerTest, HasTheCodeOfItsResult) {
  EXPECT_EQ(ResultCodeOf("<epp><response><result code=\"2302\"><msg/></result></response></epp>"),
            2302);
}

TEST(AnswerTest, TakesAGreetingForSuccess) {
  EXPECT_EQ(ResultCodeOf("<epp><greeting><svID>x</svID></greeting></epp>"), 1000);
  EXPECT_EQ(ResultCodeOf("<html/>"), 0);
}

TEST(AnswerTest, HasTheDayOfTheExpiryDate) {
  EXPECT_EQ(ExpiryDayOf("<domain:exDate>2027-11-23T10:00:00.000Z</domain:exDate>"), "2027-11-23");
  EXPECT_EQ(ExpiryDayOf("<domain:exDate>2027"), "");
  EXPECT_EQ(ExpiryDayOf("<domain:crDate>2027-11-23T10:00:00.000Z</domain:crDate>"), "");
}

}  // namespace
}  // namespace bench
