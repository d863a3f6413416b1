#include "epp/session_limits.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

namespace epp {
namespace {

using registry::RegistrarKey;

constexpr RegistrarKey kGold{1};
constexpr RegistrarKey kSilver{2};

TEST(SessionLimitsTest, CountsEachRegistrarAlone) {
  SessionLimits limits(100, 2);
  auto first = limits.Enter(kGold, 0);
  auto second = limits.Enter(kGold, 0);
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(limits.Enter(kGold, 0));
  EXPECT_TRUE(limits.Enter(kSilver, 0));
}

TEST(SessionLimitsTest, GivesAPlaceBackWithItsTicket) {
  SessionLimits limits(100, 1);
  auto ticket = limits.Enter(kGold, 0);
  ASSERT_TRUE(ticket);
  EXPECT_EQ(limits.count(), 1);
  EXPECT_FALSE(limits.Enter(kGold, 0));
  ticket.reset();
  EXPECT_EQ(limits.count(), 0);
  EXPECT_TRUE(limits.Enter(kGold, 0));
}

TEST(SessionLimitsTest, ARegistrarsOwnNumberReplacesTheDefault) {
  SessionLimits limits(100, 1);
  auto first = limits.Enter(kGold, 2);
  auto second = limits.Enter(kGold, 2);
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(limits.Enter(kGold, 2));
  auto other = limits.Enter(kSilver, 1);
  EXPECT_FALSE(limits.Enter(kSilver, 1));
}

TEST(SessionLimitsTest, TheTotalHoldsForAllTogether) {
  SessionLimits limits(2, 10);
  auto first = limits.Enter(kGold, 0);
  auto second = limits.Enter(kSilver, 50);
  EXPECT_FALSE(limits.Enter(RegistrarKey{3}, 50));
  second.reset();
  EXPECT_TRUE(limits.Enter(RegistrarKey{3}, 0));
}

TEST(SessionLimitsTest, AMovedTicketIsGivenBackOnce) {
  SessionLimits limits(10, 10);
  auto ticket = limits.Enter(kGold, 0);
  {
    SessionLimits::Ticket moved = *std::move(ticket);
    ticket.reset();
    EXPECT_EQ(limits.count(), 1);
  }
  EXPECT_EQ(limits.count(), 0);
}

TEST(SessionLimitsTest, NeverAdmitsTooManyFromSeveralThreads) {
  SessionLimits limits(1000, 3);
  std::atomic<int> inside{0};
  std::atomic<bool> exceeded{false};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 2000; ++round) {
        auto ticket = limits.Enter(kGold, 0);
        if (!ticket) continue;
        if (++inside > 3) exceeded = true;
        --inside;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(exceeded);
  EXPECT_EQ(limits.count(), 0);
}

}  // namespace
}  // namespace epp
