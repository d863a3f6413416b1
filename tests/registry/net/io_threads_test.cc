#include "registry/net/io_threads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <set>
#include <thread>

#include "registry/base/mutex.h"

namespace registry::net {
namespace {

TEST(IoThreadsTest, ConnectionsGetEachThreadInTurn) {
  IoThreads threads(3);
  boost::asio::io_context* const first = &threads.Next();
  boost::asio::io_context* const second = &threads.Next();
  boost::asio::io_context* const third = &threads.Next();
  EXPECT_EQ((std::set{first, second, third}).size(), 3u);
  EXPECT_EQ(first, &threads.first());
  EXPECT_EQ(&threads.Next(), first);
}

TEST(IoThreadsTest, TellsWhoseAnExecutorIs) {
  IoThreads threads(3);
  ASSERT_EQ(threads.size(), 3u);
  for (size_t i = 0; i < threads.size(); ++i) {
    EXPECT_EQ(threads.IndexOf(threads.at(i).get_executor()), i);
  }
}

TEST(IoThreadsTest, EachContextHasAThreadOfItsOwn) {
  IoThreads threads(3);
  Mutex mutex;
  std::set<std::thread::id> ids;
  for (int i = 0; i < 30; ++i) {
    boost::asio::post(threads.Next(), [&] {
      const MutexLock lock(mutex);
      ids.insert(std::this_thread::get_id());
    });
  }
  threads.Finish();
  threads.Run();
  EXPECT_EQ(ids.size(), 3u);
  EXPECT_TRUE(ids.contains(std::this_thread::get_id()));
}

TEST(IoThreadsTest, StopEndsWhatStillHasWork) {
  IoThreads threads(2);
  boost::asio::post(threads.Next(), [&] { threads.Stop(); });
  threads.Run();
}

TEST(IoThreadsTest, ThereIsOneForEachProcessorByDefault) {
  IoThreads threads(0);
  boost::asio::io_context* const first = &threads.Next();
  unsigned count = 1;
  while (&threads.Next() != first) ++count;
  EXPECT_EQ(count, std::min(8u, std::max(1u, std::thread::hardware_concurrency())));
}

}  // namespace
}  // namespace registry::net
