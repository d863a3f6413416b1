#include "registry/net/deadline.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <memory>

namespace registry::net {
namespace {

class DeadlineTest : public testing::Test {
 protected:
  boost::asio::io_context io_;
  int expired_ = 0;
  std::unique_ptr<Deadline> deadline_ = std::make_unique<Deadline>(io_.get_executor(), [this] {
    if (++expired_ == forgive_after_) deadline_->Clear();
  });
  int forgive_after_ = 1;
};

TEST_F(DeadlineTest, ExpiresAtOnceWhenThereIsNoTime) {
  deadline_->SetAfter(absl::ZeroDuration());
  io_.run_one();
  EXPECT_EQ(expired_, 1);
}

TEST_F(DeadlineTest, IsRepeatedUntilTheOperationHasEnded) {
  forgive_after_ = 3;
  deadline_->SetAfter(absl::ZeroDuration());
  io_.run();
  EXPECT_EQ(expired_, 3);
}

TEST_F(DeadlineTest, ALaterDeadlineReplacesAnEarlierOne) {
  deadline_->SetAfter(absl::Milliseconds(1));
  deadline_->SetAfter(absl::Hours(1));
  io_.run_one();  // the first timer fires and finds that there is time
  EXPECT_EQ(expired_, 0);
  EXPECT_FALSE(deadline_->missed());
}

TEST_F(DeadlineTest, AnEarlierDeadlineReplacesALaterOne) {
  deadline_->SetAfter(absl::Hours(1));
  deadline_->SetAfter(absl::Milliseconds(1));
  io_.run();
  EXPECT_EQ(expired_, 1);
}

TEST_F(DeadlineTest, NothingExpiresOnceCleared) {
  deadline_->SetAfter(absl::Milliseconds(1));
  deadline_->Clear();
  io_.run();
  EXPECT_EQ(expired_, 0);
}

TEST_F(DeadlineTest, NothingIsCalledOnceItIsGone) {
  deadline_->SetAfter(absl::ZeroDuration());
  deadline_.reset();
  io_.run();
  EXPECT_EQ(expired_, 0);
}

TEST_F(DeadlineTest, AnInfiniteDeadlineNeedsNoTimer) {
  deadline_->SetAfter(absl::InfiniteDuration());
  EXPECT_EQ(io_.run(), 0u);
}

}  // namespace
}  // namespace registry::net
