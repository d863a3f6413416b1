#include "registry/worker/cds_pass.h"

#include <gtest/gtest.h>

namespace worker {
namespace {

using registry::store::CdsScans;

constexpr absl::Time kStart = absl::FromUnixSeconds(1'000'000);

absl::Duration Wait(int64_t after, CdsScans::Keys keys, absl::Duration spread) {
  CdsScans::Pass pass;
  pass.started = kStart;
  pass.after = after;
  return DueAt(pass, keys, spread) - kStart;
}

TEST(CdsPassTest, SpreadsAPassEvenlyOverTheKeys) {
  const CdsScans::Keys keys{1000, 2000};
  EXPECT_EQ(Wait(0, keys, absl::Hours(20)), absl::ZeroDuration());
  EXPECT_EQ(Wait(1000, keys, absl::Hours(20)), absl::ZeroDuration());
  EXPECT_EQ(Wait(1250, keys, absl::Hours(20)), absl::Hours(5));
  EXPECT_EQ(Wait(2000, keys, absl::Hours(20)), absl::Hours(20));
}

TEST(CdsPassTest, WaitsForNothingWhereThereIsNothingToSpread) {
  EXPECT_EQ(Wait(0, {0, 0}, absl::Hours(20)), absl::ZeroDuration());
  EXPECT_EQ(Wait(7, {7, 7}, absl::Hours(20)), absl::ZeroDuration());
  EXPECT_EQ(Wait(500, {1, 1000}, absl::ZeroDuration()), absl::ZeroDuration());
}

TEST(CdsPassTest, IsDoneInTimeThoughDomainsGoMeanwhile) {
  EXPECT_EQ(Wait(1200, {1, 1000}, absl::Hours(20)), absl::Hours(20));
}

}  // namespace
}  // namespace worker
