#include "registry/types/auth_info.h"

#include <gtest/gtest.h>

#include "registry/types/reasons.h"

namespace registry {
namespace {

constexpr SealedAuthInfo::Salt kSalt = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

TEST(AuthInfoTest, OpensWhatItSealed) {
  const SealedAuthInfo sealed = AuthInfo("2fooBAR!").Seal(kSalt);
  EXPECT_TRUE(sealed.is_set());
  EXPECT_TRUE(AuthInfo("2fooBAR!").Opens(sealed));
  EXPECT_FALSE(AuthInfo("2fooBAR?").Opens(sealed));
  EXPECT_FALSE(AuthInfo("2fooBAR").Opens(sealed));
  EXPECT_FALSE(AuthInfo().Opens(sealed));
}

TEST(AuthInfoTest, SealsToSaltAndDigest) {
  const std::string octets = AuthInfo("abc").Seal(kSalt).octets();
  ASSERT_EQ(octets.size(), 48u);
  EXPECT_EQ(octets.substr(0, 16), std::string(kSalt.begin(), kSalt.end()));
  // From `printf '\001\002...\020abc' | sha256sum`.
  std::string hex;
  for (unsigned char c : octets.substr(16)) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    hex += kDigits[c >> 4];
    hex += kDigits[c & 15];
  }
  EXPECT_EQ(hex, "684694de31dc6c52301f87efb3638f2025c2f5b8c48ee5f201acd07787bbba7c");
}

TEST(AuthInfoTest, SealsDifferentlyWithAnotherSalt) {
  SealedAuthInfo::Salt other = kSalt;
  other[0] = 0;
  EXPECT_NE(AuthInfo("abc").Seal(kSalt), AuthInfo("abc").Seal(other));
  EXPECT_EQ(AuthInfo("abc").Seal(kSalt), AuthInfo("abc").Seal(kSalt));
  EXPECT_NE(RandomSalt(), RandomSalt());
}

TEST(AuthInfoTest, NothingOpensWhatIsUnset) {
  EXPECT_FALSE(AuthInfo().Seal(kSalt).is_set());
  EXPECT_FALSE(AuthInfo("").Opens(SealedAuthInfo()));
  EXPECT_FALSE(AuthInfo("abc").Opens(SealedAuthInfo()));
  EXPECT_FALSE(AuthInfo("abc").Opens(SealedAuthInfo::Trusted("too short")));
}

TEST(AuthInfoTest, ComesBackFromTheDatabase) {
  const std::string octets = AuthInfo("abc").Seal(kSalt).octets();
  EXPECT_TRUE(AuthInfo("abc").Opens(SealedAuthInfo::Trusted(octets)));
}

TEST(AuthInfoTest, TakesPrintableTextOf128Octets) {
  for (const std::string& good :
       {std::string(), std::string("a"), std::string("M\xC3\xBCnchen 1!"), std::string(128, 'x')}) {
    EXPECT_TRUE(AuthInfo::Parse(good).ok()) << good;
  }
  for (const std::string& bad : {std::string(129, 'x'), std::string("a\nb"), std::string("a\tb"),
                                 std::string("\xFF"), std::string("a\0b", 3)}) {
    EXPECT_EQ(AuthInfo::Parse(bad).rejection().reason.id, kAuthInfoSyntax.id) << bad;
  }
}

TEST(AuthInfoTest, NeverPutsTheValueIntoARejection) {
  EXPECT_EQ(AuthInfo::Parse("secret\n").rejection().subject, "");
}

TEST(AuthInfoTest, IsStrongFrom128BitsOn) {
  EXPECT_FALSE(AuthInfo("").IsStrong());
  EXPECT_FALSE(AuthInfo("aB3!").IsStrong());
  EXPECT_FALSE(AuthInfo("aB3!567890123456789").IsStrong());       // 19
  EXPECT_TRUE(AuthInfo("aB3!5678901234567890").IsStrong());       // 20
  EXPECT_FALSE(AuthInfo("aB34567890123456789012de").IsStrong());  // 24 letters and digits
  EXPECT_TRUE(AuthInfo("aB34567890123456789012def").IsStrong());  // 25
}

TEST(AuthInfoDeathTest, AbortsOnAMalformedLiteral) {
  EXPECT_DEATH(AuthInfo("a\nb"), "check failed");
}

}  // namespace
}  // namespace registry
