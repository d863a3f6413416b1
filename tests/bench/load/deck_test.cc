#include "bench/load/deck.h"

#include <gtest/gtest.h>

#include <map>

namespace bench {
namespace {

TEST(DeckTest, DealsInTheGivenProportions) {
  absl::StatusOr<Deck> deck = Deck::Parse("check=70,info=15,renew=10,create=3,update=2");
  ASSERT_TRUE(deck.ok());
  std::map<Kind, int> dealt;
  for (int i = 0; i < 200; ++i) {
    ++dealt[deck->Top()];
    deck->Deal();
  }
  EXPECT_EQ(dealt, (std::map<Kind, int>{{Kind::kCheck, 140},
                                        {Kind::kInfo, 30},
                                        {Kind::kRenew, 20},
                                        {Kind::kCreate, 6},
                                        {Kind::kUpdate, 4}}));
  EXPECT_TRUE(deck->Has(Kind::kUpdate));
  EXPECT_FALSE(deck->Has(Kind::kHello));
}

TEST(DeckTest, RefusesWhatItDoesNotUnderstand) {
  for (const char* mix : {"", "check", "check=", "check=x", "check=-1", "delete=1", "check=0"}) {
    EXPECT_FALSE(Deck::Parse(mix).ok()) << mix;
  }
}

}  // namespace
}  // namespace bench
