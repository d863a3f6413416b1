#include "bench/load/connector.h"

#include <gtest/gtest.h>

namespace bench {
namespace {

constexpr Instant kNow = Instant() + std::chrono::hours(1);

TEST(ConnectorTest, StartsFewAtATime) {
  Connector connector;
  for (int session = 0; session < Connector::kAtOnce + 1; ++session) connector.Want(session);
  for (int session = 0; session < Connector::kAtOnce; ++session) {
    EXPECT_EQ(connector.Start(kNow), session);
  }
  EXPECT_EQ(connector.Start(kNow), std::nullopt);
  connector.Succeeded();
  EXPECT_EQ(connector.Start(kNow), Connector::kAtOnce);
}

TEST(ConnectorTest, TriesAgainAfterAPause) {
  Connector connector;
  connector.Want(7);
  EXPECT_EQ(connector.Start(kNow), 7);
  connector.Failed(7, kNow);
  EXPECT_EQ(connector.Start(kNow), std::nullopt);
  EXPECT_EQ(connector.NextDue(), kNow + Connector::kPause);
  EXPECT_EQ(connector.Start(kNow + Connector::kPause), 7);
  EXPECT_EQ(connector.NextDue(), Instant::max());
}

TEST(ConnectorTest, FailuresHoldTheirPlacesDuringThePause) {
  Connector connector;
  for (int session = 0; session < 2 * Connector::kAtOnce; ++session) connector.Want(session);
  for (int i = 0; i < Connector::kAtOnce; ++i) connector.Failed(*connector.Start(kNow), kNow);
  EXPECT_EQ(connector.Start(kNow), std::nullopt);
}

}  // namespace
}  // namespace bench
