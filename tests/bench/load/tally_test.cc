#include "bench/load/tally.h"

#include <gtest/gtest.h>

namespace bench {
namespace {

constexpr Instant kFrom = Instant() + std::chrono::hours(1);
constexpr Instant kUntil = kFrom + std::chrono::seconds(2);
using std::chrono::milliseconds;

class TallyTest : public ::testing::Test {
 protected:
  void AnswerAt(Instant now, int code = 1000, int user = 0) {
    tally_.OnAnswer(user, Kind::kCreate, code, now - milliseconds(5), now);
  }

  Series series_;
  Tally tally_{kFrom, kUntil, 2, series_};
};

TEST_F(TallyTest, CountsAnswersWithinTheMeasuredTime) {
  AnswerAt(kFrom - milliseconds(1));
  AnswerAt(kFrom);
  AnswerAt(kUntil - milliseconds(1), 2302);
  AnswerAt(kUntil);
  EXPECT_EQ(tally_.answers(), 2);
  EXPECT_EQ(tally_.codes(), (std::map<int, int64_t>{{1000, 1}, {2302, 1}}));
  EXPECT_EQ(tally_.latencies().max(), 5000u);
  EXPECT_EQ(tally_.seconds(), 2);
}

TEST_F(TallyTest, CountsWinsByUser) {
  AnswerAt(kFrom, 1000, 0);
  AnswerAt(kFrom, 2302, 0);
  AnswerAt(kFrom, 1000, 1);
  EXPECT_EQ(tally_.wins(), (std::vector<int64_t>{1, 1}));
}

TEST_F(TallyTest, FindsTheLongestGapBetweenAnswers) {
  AnswerAt(kFrom + milliseconds(100));
  AnswerAt(kFrom + milliseconds(1000));
  AnswerAt(kFrom + milliseconds(1900));
  tally_.Advance(kUntil);
  EXPECT_EQ(tally_.longest_gap(), milliseconds(900));
}

TEST_F(TallyTest, CountsTheGapsAtBothEnds) {
  AnswerAt(kFrom + milliseconds(700));
  tally_.Advance(kUntil);
  EXPECT_EQ(tally_.longest_gap(), milliseconds(1300));
}

TEST_F(TallyTest, MayEndWithTheLastAnswer) {
  AnswerAt(kFrom + milliseconds(700));
  tally_.EndWithLastAnswer();
  EXPECT_EQ(tally_.seconds(), 0.7);
}

}  // namespace
}  // namespace bench
