#include "zonegen/serial.h"

#include <gtest/gtest.h>

namespace zonegen {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

TEST(SerialTest, IsTheTimeWhereThatIsNewer) {
  EXPECT_EQ(NextSerial(std::nullopt, kNow), 1'800'000'000u);
  EXPECT_EQ(NextSerial(1'799'999'999u, kNow), 1'800'000'000u);
}

TEST(SerialTest, GrowsByOneWhereTheTimeIsNotNewer) {
  EXPECT_EQ(NextSerial(1'800'000'000u, kNow), 1'800'000'001u);
  EXPECT_EQ(NextSerial(1'900'000'000u, kNow), 1'900'000'001u);
}

TEST(SerialTest, ComparesAsRfc1982Says) {
  EXPECT_TRUE(SerialGreater(1, 0));
  EXPECT_FALSE(SerialGreater(0, 1));
  EXPECT_FALSE(SerialGreater(7, 7));
  EXPECT_TRUE(SerialGreater(0, 0xFFFFFFFFu));
  EXPECT_TRUE(SerialGreater(0x7FFFFFFFu, 0));
  EXPECT_FALSE(SerialGreater(0x80000000u, 0));
}

TEST(SerialTest, WrapsAroundWithoutBecomingZero) {
  const absl::Time long_ago = absl::FromUnixSeconds(0xF0000000u);
  EXPECT_EQ(NextSerial(0xFFFFFFFFu, long_ago), 1u);
  EXPECT_TRUE(SerialGreater(NextSerial(0xFFFFFFFFu, long_ago), 0xFFFFFFFFu));
}

TEST(SerialTest, GrowsAlwaysWhateverTheClockDoes) {
  uint32_t last = 0xFFFFFF00u;
  for (int round = 0; round < 1000; ++round) {
    const int64_t jump = (round % 7 - 3) * int64_t{86'400 * 365};
    const uint32_t next = NextSerial(last, kNow + absl::Seconds(jump));
    ASSERT_TRUE(SerialGreater(next, last)) << next << " after " << last;
    last = next;
  }
}

}  // namespace
}  // namespace zonegen
