#include "registry/types/notice_id.h"

#include <gtest/gtest.h>

namespace registry {
namespace {

// The example of RFC 9361: a notice for example-one until 2010-08-16T09:00:00.0Z.
constexpr std::string_view kExample = "370d0b7c9223372036854775807";
const absl::Time kExpiry = absl::FromUnixSeconds(1281949200);

NoticeId Id(std::string_view text) { return *NoticeId::Parse(text); }

TEST(NoticeIdTest, TheChecksumCoversLabelExpiryAndNumber) {
  EXPECT_TRUE(Id(kExample).IsFor("example-one", kExpiry));
  EXPECT_TRUE(Id("370D0B7C9223372036854775807").IsFor("example-one", kExpiry));
  EXPECT_FALSE(Id(kExample).IsFor("example-two", kExpiry));
  EXPECT_FALSE(Id(kExample).IsFor("example-one", kExpiry + absl::Seconds(1)));
  EXPECT_FALSE(Id(kExample).IsFor("example-one", kExpiry - absl::Milliseconds(1)));
  EXPECT_FALSE(Id("370d0b7c9223372036854775806").IsFor("example-one", kExpiry));
  EXPECT_FALSE(Id("370d0b7d9223372036854775807").IsFor("example-one", kExpiry));
  EXPECT_FALSE(NoticeId().IsFor("example-one", kExpiry));
}

TEST(NoticeIdTest, FractionsOfASecondAreNotCovered) {
  EXPECT_TRUE(Id(kExample).IsFor("example-one", kExpiry + absl::Milliseconds(999)));
}

TEST(NoticeIdTest, HasAChecksumAndANumber) {
  EXPECT_EQ(Id("0123abCD1").text(), "0123abCD1");
  for (std::string_view text : {"", "370d0b7c", "370d0b7", "370d0b7g1", "370d0b7c1a", "370d0b7c-1",
                                "370d0b7c 1", "370d0b7c12345678901234567890"}) {
    EXPECT_FALSE(NoticeId::Parse(text).ok()) << text;
  }
}

}  // namespace
}  // namespace registry
