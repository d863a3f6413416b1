#include "registry/rules/allocation.h"

#include <gtest/gtest.h>

#include "tests/support/scene.h"

namespace registry {
namespace {

using Kind = AllocationToken::Kind;
using Purpose = AllocationToken::Purpose;
using Withheld = Listing::Withheld;

class CoversTest : public testing::Test {
 protected:
  bool Covered() const {
    return Covers(token, purpose, DomainName("new.org"), listing, scene.context());
  }
  Scene scene;
  AllocationToken token;
  Purpose purpose = Purpose::kCreate;
  Listing listing{Withheld::kReserved, {}};
};

TEST_F(CoversTest, AsLongAsItIsValid) {
  EXPECT_TRUE(Covered());
  token.starts = scene.now;
  EXPECT_TRUE(Covered());
  token.starts += absl::Milliseconds(1);
  EXPECT_FALSE(Covered());
  token.starts = absl::InfinitePast();
  token.ends = scene.now + absl::Milliseconds(1);
  EXPECT_TRUE(Covered());
  token.ends = scene.now;
  EXPECT_FALSE(Covered());
  token.ends = absl::InfiniteFuture();
  token.revoked = true;
  EXPECT_FALSE(Covered());
}

TEST_F(CoversTest, UntilItIsUsedUp) {
  token.uses = 1;
  EXPECT_FALSE(Covered());
  token.max_uses = 2;
  EXPECT_TRUE(Covered());
  token.max_uses = 0;
  token.uses = 1'000'000;
  EXPECT_TRUE(Covered());
}

TEST_F(CoversTest, WhomAndWhatItIsBoundTo) {
  token.registrar = kGold;
  token.tld = "org";
  token.name = DomainName("new.org");
  EXPECT_TRUE(Covered());
  token.registrar = kSilver;
  EXPECT_FALSE(Covered());
  token.registrar = kGold;
  token.tld = "ngo";
  EXPECT_FALSE(Covered());
  token.tld = "org";
  token.name = DomainName("other.org");
  EXPECT_FALSE(Covered());
}

TEST_F(CoversTest, WhatItIsFor) {
  purpose = Purpose::kTransfer;
  EXPECT_FALSE(Covered());
  token.purpose = Purpose::kTransfer;
  EXPECT_TRUE(Covered());
}

TEST_F(CoversTest, AReservedNameOrItsOwn) {
  listing.withheld = Withheld::kNo;
  EXPECT_FALSE(Covered()) << "it is not needed";
  token.name = DomainName("new.org");
  EXPECT_TRUE(Covered()) << "the name may have been released";
  listing.withheld = Withheld::kBlocked;
  EXPECT_FALSE(Covered());
}

TEST_F(CoversTest, APromotionIsForOrdinaryNames) {
  token.kind = Kind::kPromotion;
  EXPECT_FALSE(Covered());
  token.name = DomainName("new.org");
  EXPECT_FALSE(Covered()) << "it does not allocate";
  token.name = {};
  listing.withheld = Withheld::kNo;
  EXPECT_TRUE(Covered());
  listing.premium_class = "rare";
  EXPECT_FALSE(Covered());
  token.name = DomainName("new.org");
  EXPECT_TRUE(Covered());
}

TEST(PriceWithTest, TakesOffPercentOrHasItsOwnPriceForTheFirstYears) {
  EXPECT_EQ(PriceWith(nullptr, Money{900}, 3), Money{2700});
  AllocationToken token;
  EXPECT_EQ(PriceWith(&token, Money{900}, 3), Money{2700});
  token.discount = 50;
  EXPECT_EQ(PriceWith(&token, Money{900}, 1), Money{450});
  EXPECT_EQ(PriceWith(&token, Money{900}, 3), Money{450 + 1800});
  EXPECT_EQ(PriceWith(&token, Money{901}, 1), Money{451}) << "half a cent is a cent";
  token.promoted_years = 2;
  EXPECT_EQ(PriceWith(&token, Money{900}, 1), Money{450});
  EXPECT_EQ(PriceWith(&token, Money{900}, 3), Money{900 + 900});
  token.discount = 100;
  EXPECT_EQ(PriceWith(&token, Money{900}, 2), Money{});
  token.discount = 0;
  token.price = Money{199};
  EXPECT_EQ(PriceWith(&token, Money{900}, 3), Money{398 + 900});
}

TEST(GivenTokenTest, IsFoundByItsDigest) {
  const GivenToken token("abc");
  EXPECT_EQ(token.text(), "abc");
  ASSERT_EQ(token.digest().size(), 32u);
  EXPECT_EQ(token.digest().substr(0, 4), "\xba\x78\x16\xbf");  // FIPS 180-2 appendix B.1
}

}  // namespace
}  // namespace registry
