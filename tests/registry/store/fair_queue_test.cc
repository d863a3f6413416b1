#include "registry/store/fair_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <thread>

#include "registry/base/text.h"

namespace registry::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr int kShare = 4;

class NamedJob : public Job {
 public:
  NamedJob(int asker, std::string name) : Job({RegistrarKey{asker}, std::move(name), "test"}) {}
  bool read_only() const override { return true; }
  Needs CollectNeeds() const override { return {}; }
  void Decide(const Context&, const WorkingSet&, Changes*) override {}
  void Finish(TransactionNumber, absl::Time, std::shared_ptr<const Directory>) override {}
  void Fail(TransactionNumber, const absl::Status&) override {}
};

void Push(FairQueue& queue, int asker, std::string name, absl::Time since = absl::Now()) {
  std::vector<Waiting> one;
  one.push_back({std::make_unique<NamedJob>(asker, std::move(name)), since});
  queue.Push(std::move(one));
}

std::vector<std::string> Names(const std::vector<Waiting>& taken) {
  std::vector<std::string> names;
  for (const Waiting& waiting : taken) names.push_back(waiting.job->origin().client_id);
  return names;
}

TEST(FairQueueTest, AskersTakeTurnsAndKeepTheirOrder) {
  FairQueue queue(kShare);
  FairQueue::Taker taker(queue);
  for (const char* name : {"a1", "a2", "a3", "a4"}) Push(queue, 1, name);
  Push(queue, 2, "b1");
  Push(queue, 3, "c1");
  Push(queue, 3, "c2");
  EXPECT_EQ(queue.size(), 7u);
  const std::vector<std::string> first = Names(taker.Take(5));
  ASSERT_EQ(first.size(), 5u);
  EXPECT_THAT(std::vector(first.begin(), first.begin() + 3),
              UnorderedElementsAre("a1", "b1", "c1"));
  EXPECT_THAT(std::vector(first.begin() + 3, first.end()), UnorderedElementsAre("a2", "c2"));
  EXPECT_THAT(Names(taker.Take(5)), ElementsAre("a3", "a4"));
  EXPECT_EQ(queue.size(), 0u);
}

TEST(FairQueueTest, WhoseTurnIsFirstIsDrawnByLot) {
  constexpr int kGroups = 1000, kAskers = 4;
  FairQueue queue(kShare, /*seed=*/7);
  FairQueue::Taker taker(queue);
  std::map<std::string, int> firsts;
  for (int group = 0; group < kGroups; ++group) {
    for (int asker = 0; asker < kAskers; ++asker) Push(queue, asker + 1, Concat(asker));
    ++firsts[Names(taker.Take(128)).front()];
  }
  for (int asker = 0; asker < kAskers; ++asker) {
    EXPECT_NEAR(firsts[Concat(asker)], kGroups / kAskers, 60) << asker;
  }
}

TEST(FairQueueTest, NobodyIsOvertakenByALaterGroup) {
  FairQueue queue(kShare);
  FairQueue::Taker taker(queue);
  for (int asker = 1; asker <= 6; ++asker) Push(queue, asker, Concat(asker));
  EXPECT_THAT(Names(taker.Take(3)), UnorderedElementsAre("1", "2", "3"));
  EXPECT_THAT(Names(taker.Take(3)), UnorderedElementsAre("4", "5", "6"));
}

// How many of what was taken are this asker's.
long CountOf(int asker, const std::vector<Waiting>& taken) {
  return std::count_if(taken.begin(), taken.end(), [&](const Waiting& waiting) {
    return waiting.job->origin().asker == RegistrarKey{asker};
  });
}

void Flood(FairQueue& queue, int asker, int commands, absl::Time since = absl::Now()) {
  for (int i = 0; i < commands; ++i) Push(queue, asker, "flood", since);
}

TEST(FairQueueTest, AFloodGetsItsShareWhileOthersAskForLittle) {
  FairQueue queue(kShare);
  FairQueue::Taker first(queue), second(queue);
  Flood(queue, 1, 100);
  Push(queue, 2, "few");
  const std::vector<Waiting> mixed = first.Take(128);
  EXPECT_EQ(CountOf(1, mixed), kShare);
  EXPECT_EQ(CountOf(2, mixed), 1);
  // The other lane is kept free of it, for the next command of the others.
  Push(queue, 2, "few again");
  EXPECT_THAT(Names(second.Take(128)), ElementsAre("few again"));
  // What is no longer in work counts no longer.
  EXPECT_EQ(CountOf(1, first.Take(128)), kShare);
  EXPECT_EQ(queue.size(), 100u - 2 * kShare);
}

TEST(FairQueueTest, AFloodAloneGetsEverything) {
  FairQueue queue(kShare);
  FairQueue::Taker taker(queue);
  Flood(queue, 1, 100);
  EXPECT_EQ(taker.Take(128).size(), 100u);
  Push(queue, 2, "few", absl::Now() - absl::Seconds(2));  // and then no more
  Flood(queue, 1, 100);
  EXPECT_EQ(taker.Take(128).size(), 101u);
}

TEST(FairQueueTest, AFloodGoesOnWhenTheOthersHaveLeft) {
  FairQueue queue(kShare);
  FairQueue::Taker stuck(queue), free(queue);
  Flood(queue, 1, 100);
  Push(queue, 2, "few");
  EXPECT_EQ(stuck.Take(128).size(), kShare + 1u);
  EXPECT_EQ(free.Take(128).size(), 100u - kShare);  // after a second, without another command
}

TEST(FairQueueTest, FloodsDoNotLimitEachOther) {
  FairQueue queue(kShare);
  FairQueue::Taker taker(queue);
  const absl::Time before = absl::Now() - absl::Seconds(2);  // when they began, with few
  for (int asker : {1, 2}) Flood(queue, asker, 50, before);
  for (int asker : {1, 2}) Flood(queue, asker, 50);
  EXPECT_EQ(taker.Take(200).size(), 200u);
  // A moment with few commands, between two groups, does not make them small.
  for (int asker : {1, 2}) Flood(queue, asker, 1);
  EXPECT_EQ(taker.Take(200).size(), 2u);
  for (int asker : {1, 2}) Flood(queue, asker, 50);
  EXPECT_EQ(taker.Take(200).size(), 100u);
}

TEST(FairQueueTest, FloodsThatBeginTogetherDoNotLimitEachOther) {
  FairQueue queue(kShare);
  FairQueue::Taker taker(queue);
  for (int i = 0; i < 50; ++i) {
    for (int asker : {1, 2, 3}) Flood(queue, asker, 1);
  }
  EXPECT_EQ(taker.Take(200).size(), 150u);
}

TEST(FairQueueTest, ClosedItDrainsFloodsWhole) {
  FairQueue queue(kShare);
  FairQueue::Taker first(queue), second(queue);
  Flood(queue, 1, 100);
  Push(queue, 2, "few");
  EXPECT_EQ(first.Take(128).size(), kShare + 1u);
  queue.Close();
  EXPECT_EQ(second.Take(128).size(), 100u - kShare);
  EXPECT_THAT(second.Take(128), IsEmpty());
}

TEST(FairQueueTest, TakeWaitsForTheFirst) {
  FairQueue queue(kShare);
  FairQueue::Taker taker(queue);
  std::thread other([&] { Push(queue, 1, "late"); });
  EXPECT_THAT(Names(taker.Take(10)), ElementsAre("late"));
  other.join();
}

TEST(FairQueueTest, ClosedItDrainsThenEnds) {
  FairQueue queue(kShare);
  FairQueue::Taker taker(queue);
  Push(queue, 1, "last");
  queue.Close();
  EXPECT_THAT(Names(taker.Take(10)), ElementsAre("last"));
  EXPECT_THAT(taker.Take(10), IsEmpty());
}

TEST(FairQueueTest, GivesOutThoseThatWaitedTooLong) {
  FairQueue queue(kShare);
  FairQueue::Taker taker(queue);
  const absl::Time now = absl::Now();
  Push(queue, 1, "old", now - absl::Seconds(60));
  Push(queue, 2, "older", now - absl::Seconds(90));
  Push(queue, 1, "new", now);
  EXPECT_THAT(Names(queue.TakeOlderThan(now - absl::Seconds(30))), ElementsAre("old", "older"));
  EXPECT_EQ(queue.size(), 1u);
  EXPECT_THAT(Names(taker.Take(10)), ElementsAre("new"));
}

}  // namespace
}  // namespace registry::store
