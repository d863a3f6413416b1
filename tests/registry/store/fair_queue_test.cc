#include "registry/store/fair_queue.h"

#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "registry/base/text.h"

namespace registry::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

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
  queue.Push({std::make_unique<NamedJob>(asker, std::move(name)), since});
}

std::vector<std::string> Names(const std::vector<Waiting>& taken) {
  std::vector<std::string> names;
  for (const Waiting& waiting : taken) names.push_back(waiting.job->origin().client_id);
  return names;
}

TEST(FairQueueTest, AskersTakeTurnsAndKeepTheirOrder) {
  FairQueue queue;
  for (const char* name : {"a1", "a2", "a3", "a4"}) Push(queue, 1, name);
  Push(queue, 2, "b1");
  Push(queue, 3, "c1");
  Push(queue, 3, "c2");
  EXPECT_EQ(queue.size(), 7u);
  const std::vector<std::string> first = Names(queue.Take(5));
  ASSERT_EQ(first.size(), 5u);
  EXPECT_THAT(std::vector(first.begin(), first.begin() + 3),
              UnorderedElementsAre("a1", "b1", "c1"));
  EXPECT_THAT(std::vector(first.begin() + 3, first.end()), UnorderedElementsAre("a2", "c2"));
  EXPECT_THAT(Names(queue.Take(5)), ElementsAre("a3", "a4"));
  EXPECT_EQ(queue.size(), 0u);
}

TEST(FairQueueTest, WhoseTurnIsFirstIsDrawnByLot) {
  constexpr int kGroups = 1000, kAskers = 4;
  FairQueue queue(/*seed=*/7);
  std::map<std::string, int> firsts;
  for (int group = 0; group < kGroups; ++group) {
    for (int asker = 0; asker < kAskers; ++asker) Push(queue, asker + 1, Concat(asker));
    ++firsts[Names(queue.Take(128)).front()];
  }
  for (int asker = 0; asker < kAskers; ++asker) {
    EXPECT_NEAR(firsts[Concat(asker)], kGroups / kAskers, 60) << asker;
  }
}

TEST(FairQueueTest, NobodyIsOvertakenByALaterGroup) {
  FairQueue queue;
  for (int asker = 1; asker <= 6; ++asker) Push(queue, asker, Concat(asker));
  EXPECT_THAT(Names(queue.Take(3)), UnorderedElementsAre("1", "2", "3"));
  EXPECT_THAT(Names(queue.Take(3)), UnorderedElementsAre("4", "5", "6"));
}

TEST(FairQueueTest, TakeWaitsForTheFirst) {
  FairQueue queue;
  std::thread other([&] { Push(queue, 1, "late"); });
  EXPECT_THAT(Names(queue.Take(10)), ElementsAre("late"));
  other.join();
}

TEST(FairQueueTest, ClosedItDrainsThenEnds) {
  FairQueue queue;
  Push(queue, 1, "last");
  queue.Close();
  EXPECT_THAT(Names(queue.Take(10)), ElementsAre("last"));
  EXPECT_THAT(queue.Take(10), IsEmpty());
}

TEST(FairQueueTest, GivesOutThoseThatWaitedTooLong) {
  FairQueue queue;
  const absl::Time now = absl::Now();
  Push(queue, 1, "old", now - absl::Seconds(60));
  Push(queue, 2, "older", now - absl::Seconds(90));
  Push(queue, 1, "new", now);
  EXPECT_THAT(Names(queue.TakeOlderThan(now - absl::Seconds(30))), ElementsAre("old", "older"));
  EXPECT_EQ(queue.size(), 1u);
  EXPECT_THAT(Names(queue.Take(10)), ElementsAre("new"));
}

}  // namespace
}  // namespace registry::store
