#include "whois/answer_cache.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace whois {
namespace {

using Result = AnswerCache::Result;

class AnswerCacheTest : public testing::Test {
 protected:
  AnswerCacheTest() { Confirm(std::chrono::hours(1)); }

  void Confirm(std::chrono::nanoseconds grace) {
    changes_.Confirm(std::chrono::steady_clock::now(), grace);
  }
  std::shared_ptr<CachedAnswer> Answer(std::string text, std::vector<Topic> topics = {}) {
    auto answer = std::make_shared<CachedAnswer>();
    answer->found = true;
    answer->text = std::move(text);
    answer->stamp = changes_.now();
    answer->topics.assign(topics.begin(), topics.end());
    answer->as_of = now_;
    return answer;
  }
  Result Ask(std::string_view name) { return cache_.Find(name, now_).result; }

  absl::Time now_ = absl::FromUnixSeconds(1767323045);
  RecentChanges changes_;
  AnswerCache cache_{64 * 4096, absl::Minutes(15), changes_};
};

TEST_F(AnswerCacheTest, GivesWhatWasPutIntoIt) {
  EXPECT_EQ(Ask("a.org"), Result::kMiss);
  cache_.Put("a.org", Answer("one"));
  const AnswerCache::Found found = cache_.Find("a.org", now_);
  ASSERT_EQ(found.result, Result::kHit);
  EXPECT_EQ(found.answer->text, "one");
  cache_.Put("a.org", Answer("two"));
  EXPECT_EQ(cache_.Find("a.org", now_).answer->text, "two");
  EXPECT_EQ(cache_.answers(), 1);
}

TEST_F(AnswerCacheTest, ForgetsWhatDependsOnAChange) {
  const Topic domain = TopicOfDomain("a.org"), host = TopicOf(registry::HostKey{7}),
              contact = TopicOf(registry::ContactKey{7});
  const std::vector<Topic> topics = {domain, host, contact};
  for (Topic changed : topics) {
    cache_.Put("a.org", Answer("one", topics));
    cache_.Put("b.org", Answer("other", {TopicOfDomain("b.org")}));
    EXPECT_EQ(Ask("a.org"), Result::kHit);
    changes_.Note(std::vector<Topic>{changed});
    EXPECT_EQ(Ask("a.org"), Result::kOutdated);
    EXPECT_EQ(Ask("a.org"), Result::kMiss);
    EXPECT_EQ(Ask("b.org"), Result::kHit);
  }
}

// The database may have been asked before the change: what it said is not believed.
TEST_F(AnswerCacheTest, DoesNotBelieveWhatWasReadBeforeAChange) {
  auto answer = Answer("one", {TopicOfDomain("a.org")});
  changes_.Note(std::vector<Topic>{TopicOfDomain("a.org")});
  cache_.Put("a.org", answer);
  EXPECT_EQ(Ask("a.org"), Result::kOutdated);
  cache_.Put("a.org", Answer("two", {TopicOfDomain("a.org")}));
  EXPECT_EQ(Ask("a.org"), Result::kHit);
}

TEST_F(AnswerCacheTest, ForgetsEverythingWhenAnythingMayHaveChanged) {
  cache_.Put("a.org", Answer("one"));
  changes_.NoteAll();
  EXPECT_EQ(Ask("a.org"), Result::kOutdated);
}

TEST_F(AnswerCacheTest, GivesNothingWhileTheChangesAreNotKnown) {
  cache_.Put("a.org", Answer("one"));
  Confirm(std::chrono::nanoseconds(0));
  EXPECT_EQ(Ask("a.org"), Result::kBehind);
  Confirm(std::chrono::hours(1));
  EXPECT_EQ(Ask("a.org"), Result::kHit);
}

TEST_F(AnswerCacheTest, ForgetsWhatTheClockHasChanged) {
  auto answer = Answer("one");
  answer->valid_until = now_ + absl::Hours(1);
  AnswerCache patient(64 * 4096, absl::Hours(24), changes_);
  patient.Put("a.org", answer);
  EXPECT_EQ(patient.Find("a.org", now_ + absl::Hours(1) - absl::Milliseconds(1)).result,
            Result::kHit);
  EXPECT_EQ(patient.Find("a.org", now_ + absl::Hours(1)).result, Result::kOutdated);
}

TEST_F(AnswerCacheTest, KeepsNothingForEver) {
  cache_.Put("a.org", Answer("one"));
  EXPECT_EQ(cache_.Find("a.org", now_ + absl::Minutes(15)).result, Result::kOutdated);
  cache_.Put("a.org", Answer("one"));  // the sandbox's clock goes back
  EXPECT_EQ(cache_.Find("a.org", now_ - absl::Hours(1)).result, Result::kOutdated);
}

TEST_F(AnswerCacheTest, StaysWithinItsBoundAndKeepsWhatIsAskedFor) {
  AnswerCache small(64 * 16384, absl::Minutes(15), changes_);
  small.Put("asked.org", Answer(std::string(1000, 'x')));
  for (int i = 0; i < 20000; ++i) {
    small.Put(std::to_string(i) + ".org", Answer(std::string(1000, 'x')));
    if (i % 3 == 0) {
      EXPECT_EQ(small.Find("asked.org", now_).result, Result::kHit) << i;
    }
    ASSERT_LE(small.bytes(), 64 * 16384);
  }
  EXPECT_GT(small.bytes(), 64 * 16384 * 3 / 4);
  EXPECT_LT(small.answers(), 1000);
  small.Put("huge.org", Answer(std::string(100'000, 'x')));
  EXPECT_EQ(small.Find("huge.org", now_).result, Result::kMiss);
}

TEST_F(AnswerCacheTest, ServesManyThreads) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([this, t] {
      for (int i = 0; i < 5000; ++i) {
        const std::string name = std::to_string(i % 50) + ".org";
        const Topic topic = TopicOfDomain(name);
        const AnswerCache::Found found = cache_.Find(name, now_);
        if (found.answer != nullptr) {
          ASSERT_EQ(found.answer->text, name);
          ASSERT_FALSE(found.answer->Packed().empty());
        } else {
          cache_.Put(name, Answer(name, {topic}));
        }
        if (t == 0 && i % 10 == 0) changes_.Note(std::vector<Topic>{topic});
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace whois
