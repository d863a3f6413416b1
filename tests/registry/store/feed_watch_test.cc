#include "registry/store/feed_watch.h"

#include <gtest/gtest.h>

#include "registry/base/text.h"
#include "registry/store/connection.h"
#include "registry/store/maintenance.h"
#include "tests/registry/store/store_scene.h"

namespace registry::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<std::string> NamesOf(const absl::StatusOr<FeedWatch::News>& news) {
  EXPECT_TRUE(news.ok()) << news.status();
  std::vector<std::string> names;
  if (!news.ok()) return names;
  for (const FeedEntry& entry : news->entries) {
    names.push_back(Concat(std::string(1, static_cast<char>(entry.kind)), " ", entry.name));
  }
  return names;
}

TEST(FeedWatchTest, TellsEachChangeOnce) {
  StoreScene scene;
  scene.Run(scene.gold, CreateOrg("before.org"));
  FeedWatch watch(scene.database);
  auto first = watch.Poll();
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_TRUE(first->gap);
  scene.Run(scene.gold, CreateOrg("a.org"));
  scene.Run(scene.gold, CreateOrg("b.org"));
  auto news = watch.Poll();
  EXPECT_THAT(NamesOf(news), UnorderedElementsAre("D a.org", "D b.org"));
  EXPECT_FALSE(news->gap);
  EXPECT_EQ(news->replay_lag, absl::ZeroDuration());
  EXPECT_THAT(NamesOf(watch.Poll()), IsEmpty());
  EXPECT_EQ(scene.Number("SELECT count(*) FROM feed_readers"), 0);
}

// A transaction that takes long must not hold up the news of those that do not, and its own come
// when it commits.
TEST(FeedWatchTest, DoesNotWaitForSlowerTransactions) {
  StoreScene scene;
  FeedWatch watch(scene.database);
  ASSERT_TRUE(watch.Poll().ok());
  auto slow = Connection::Open(scene.database, {});
  ASSERT_TRUE(slow.ok());
  ASSERT_TRUE((*slow)
                  ->Script("BEGIN; INSERT INTO feed (ordinal, kind, object, name, tld) VALUES (0, "
                           "'D', 1, 'slow.org', 'org')")
                  .ok());
  scene.Run(scene.gold, CreateOrg("quick.org"));
  EXPECT_THAT(NamesOf(watch.Poll()), ElementsAre("D quick.org"));
  EXPECT_THAT(NamesOf(watch.Poll()), IsEmpty());  // though the horizon stands still
  scene.Run(scene.gold, CreateOrg("second.org"));
  EXPECT_THAT(NamesOf(watch.Poll()), ElementsAre("D second.org"));
  ASSERT_TRUE((*slow)->Script("COMMIT").ok());
  EXPECT_THAT(NamesOf(watch.Poll()), ElementsAre("D slow.org"));
  EXPECT_THAT(NamesOf(watch.Poll()), IsEmpty());
}

TEST(FeedWatchTest, KnowsConnectionsToSeveralServers) {
  for (const char* one : {"host=a dbname=b", "postgresql://u:p,q@a/b", "host=/run/x", "=", ""}) {
    EXPECT_FALSE(FeedWatch::NamesSeveralServers(one)) << one;
  }
  for (const char* several :
       {"host=a,b dbname=c", "postgresql://u@a:1,b:2/c", "hostaddr=::1,::2"}) {
    EXPECT_TRUE(FeedWatch::NamesSeveralServers(several)) << several;
  }
}

// The server behind a new connection may be another one, that has lost what we know.
TEST(FeedWatchTest, ANewConnectionIsAGap) {
  StoreScene scene;
  FeedWatch watch(scene.database);
  ASSERT_TRUE(watch.Poll()->gap);
  ASSERT_FALSE(watch.Poll()->gap);
  scene.Query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
      "'postel-feed-watch'");
  auto news = watch.Poll();
  for (int i = 0; i < 3 && !news.ok(); ++i) news = watch.Poll();
  ASSERT_TRUE(news.ok()) << news.status();
  EXPECT_TRUE(news->gap);
  scene.Run(scene.gold, CreateOrg("a.org"));
  news = watch.Poll();
  EXPECT_THAT(NamesOf(news), ElementsAre("D a.org"));
  EXPECT_FALSE(news->gap);
}

TEST(FeedWatchTest, WhatItMayNotHaveReadYetIsKept) {
  StoreScene scene;
  FeedWatch watch(scene.database);
  ASSERT_TRUE(watch.Poll().ok());
  scene.Run(scene.gold, CreateOrg("a.org"));
  ASSERT_TRUE(PruneFeed(scene.database, {absl::Hours(1)}).ok());
  ASSERT_TRUE(PruneFeed(scene.database, {absl::Hours(1)}).ok());
  EXPECT_THAT(NamesOf(watch.Poll()), ElementsAre("D a.org"));
  // Ten minutes later.
  scene.Query("UPDATE feed_horizons SET at = at - interval '11 minutes'");
  ASSERT_TRUE(PruneFeed(scene.database, {absl::Hours(1)}).ok());
  EXPECT_EQ(scene.Number("SELECT count(*) FROM feed"), 0);
  EXPECT_LE(scene.Number("SELECT count(*) FROM feed_horizons"), 3);
}

}  // namespace
}  // namespace registry::store
