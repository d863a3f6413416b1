#include "whois/dnssec_words.h"

#include <gtest/gtest.h>

namespace whois {
namespace {

TEST(DnssecWordsTest, NumbersWithoutANameAreSaid) {
  EXPECT_EQ(AlgorithmName(13), "ECDSA P-256 with SHA-256");
  EXPECT_EQ(AlgorithmName(99), "algorithm 99");
  EXPECT_EQ(DigestName(2), "SHA-256");
  EXPECT_EQ(DigestName(9), "type 9");
}

}  // namespace
}  // namespace whois
