#include "whois/query_limits.h"

#include <gtest/gtest.h>

namespace whois {
namespace {

using enum QueryLimits::Kind;
using enum QueryLimits::Protocol;

class QueryLimitsTest : public testing::Test {
 protected:
  QueryLimits Make() {
    return QueryLimits(settings_, metrics_, [this] { return now_; });
  }
  static ClientAddress Address(std::string_view text) { return ParseClientAddress(text).value(); }
  static int Admitted(QueryLimits& limits, std::string_view client,
                      QueryLimits::Kind kind = kLookup) {
    int admitted = 0;
    while (admitted < 1000 && limits.Take(Address(client), kind, kRdap) == absl::ZeroDuration()) {
      ++admitted;
    }
    return admitted;
  }
  double Limited(const std::string& protocol) {
    for (const auto& family : metrics_.registry().Collect()) {
      if (family.name != "postel_limited_queries_total") continue;
      for (const auto& metric : family.metric) {
        if (metric.label.at(0).value == protocol) return metric.counter.value;
      }
    }
    return -1;
  }

  registry::net::Metrics metrics_{"whois_test", "0"};
  absl::Duration now_ = absl::Hours(1);
  QueryLimits::Settings settings_{60, 10, 120, 5, 1 << 16, {}};
};

TEST_F(QueryLimitsTest, ASourceIsAnIPv4AddressOrAnIPv6Network) {
  QueryLimits limits = Make();
  EXPECT_EQ(Admitted(limits, "192.0.2.1"), 10);
  EXPECT_EQ(Admitted(limits, "::ffff:192.0.2.1"), 0);
  EXPECT_EQ(Admitted(limits, "192.0.2.2"), 10);
  EXPECT_EQ(Admitted(limits, "2001:db8:1:2::1"), 10);
  EXPECT_EQ(Admitted(limits, "2001:db8:1:2:ffff::1"), 0);
  EXPECT_EQ(Admitted(limits, "2001:db8:1:3::1"), 10);
}

TEST_F(QueryLimitsTest, SearchesCostMore) {
  QueryLimits limits = Make();
  EXPECT_EQ(Admitted(limits, "192.0.2.1", kSearch), 2);
  EXPECT_EQ(Admitted(limits, "192.0.2.1"), 0);
}

TEST_F(QueryLimitsTest, CountsWhatItRefusesByProtocol) {
  QueryLimits limits = Make();
  Admitted(limits, "192.0.2.1");
  EXPECT_EQ(Limited("rdap"), 1);
  EXPECT_EQ(limits.Take(Address("192.0.2.1"), kLookup, kWhois), absl::Seconds(1))
      << "one limit over all protocols";
  EXPECT_EQ(Limited("whois"), 1);
}

TEST_F(QueryLimitsTest, ZeroIsNoLimit) {
  settings_.per_minute = 0;
  QueryLimits limits = Make();
  EXPECT_EQ(Admitted(limits, "192.0.2.1"), 1000);
}

TEST_F(QueryLimitsTest, WhoStandsOnTheAllowListIsNotLimited) {
  settings_.unlimited = {IpPrefix::Parse("192.0.2.0/24").value()};
  QueryLimits limits = Make();
  EXPECT_EQ(Admitted(limits, "192.0.2.1"), 1000);
  EXPECT_EQ(Admitted(limits, "192.0.3.1"), 10);
  registry::RddsToken token;
  token.per_minute = 1;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(limits.Take(token, Address("192.0.2.1"), kLookup, kRdap), absl::ZeroDuration());
  }
}

TEST_F(QueryLimitsTest, ATokenHasItsOwnLimitWhereverItIsUsed) {
  QueryLimits limits = Make();
  Admitted(limits, "192.0.2.1");
  registry::RddsToken token;
  token.key = 7;
  const auto admitted = [&](std::string_view client) {
    int count = 0;
    while (limits.Take(token, Address(client), kLookup, kRdap) == absl::ZeroDuration()) ++count;
    return count;
  };
  EXPECT_EQ(admitted("192.0.2.1"), 60) << "half a minute's worth at once";
  EXPECT_EQ(admitted("192.0.2.9"), 0);
  EXPECT_EQ(Admitted(limits, "192.0.2.9"), 10) << "what its token did is not the source's";
  token.key = 8;
  token.per_minute = 8;
  EXPECT_EQ(admitted("192.0.2.1"), 4);
}

}  // namespace
}  // namespace whois
