#include "registry/net/await_callback.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace registry::net {
namespace {

using boost::asio::awaitable;
using MoveOnly = std::unique_ptr<std::string>;

class AwaitCallbackTest : public testing::Test {
 protected:
  awaitable<void> Wait(Start<MoveOnly> start) {
    MoveOnly value = co_await AwaitCallback<MoveOnly>(std::move(start));
    resumed_on_ = std::this_thread::get_id();
    value_ = std::move(value);
  }
  void Run(Start<MoveOnly> start) {
    boost::asio::co_spawn(boost::asio::make_strand(io_), Wait(std::move(start)),
                          boost::asio::detached);
    io_.run();
  }

  boost::asio::io_context io_;
  std::thread::id resumed_on_;
  MoveOnly value_;
};

TEST_F(AwaitCallbackTest, GoesOnOnItsOwnExecutorThoughAnotherThreadCallsBack) {
  std::thread other;
  Run([&](Callback<MoveOnly> done) {
    other = std::thread([done = std::move(done)]() mutable {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      std::move(done)(std::make_unique<std::string>("later"));
    });
  });
  other.join();
  ASSERT_TRUE(value_) << "the io_context must not run out of work meanwhile";
  EXPECT_EQ(*value_, "later");
  EXPECT_EQ(resumed_on_, std::this_thread::get_id());
}

TEST_F(AwaitCallbackTest, TheCallbackMayComeAtOnce) {
  Run([](Callback<MoveOnly> done) { std::move(done)(std::make_unique<std::string>("at once")); });
  ASSERT_TRUE(value_);
  EXPECT_EQ(*value_, "at once");
}

TEST_F(AwaitCallbackTest, CallbacksThatAreCalledTogetherKeepTheirOrder) {
  std::vector<int> order;
  boost::asio::io_context other;
  {
    const CallTogether together;
    for (int i = 0; i < 3; ++i) PostOrKeep(io_.get_executor(), [&order, i] { order.push_back(i); });
    PostOrKeep(other.get_executor(), [&order] { order.push_back(10); });
    EXPECT_EQ(io_.poll(), 0U) << "nothing runs before the scope ends";
  }
  EXPECT_EQ((io_.restart(), io_.run()), 1U) << "one handler for all";
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(other.run(), 1U);
  EXPECT_EQ(order.back(), 10);
}

TEST_F(AwaitCallbackTest, ADroppedCallbackEndsTheCoroutine) {
  auto witness = std::make_shared<int>(0);
  Run([witness](Callback<MoveOnly>) {});
  EXPECT_FALSE(value_);
  EXPECT_EQ(witness.use_count(), 1) << "nothing of the coroutine is left";
}

}  // namespace
}  // namespace registry::net
