#include "registry/rules/pricing.h"

#include <gtest/gtest.h>

#include "tests/support/scene.h"

namespace registry {
namespace {

TEST(PricingTest, FeesAreForEachYear) {
  TldPolicy policy;
  policy.create_fee = Money{1100};
  policy.renew_fee = Money{700};
  EXPECT_EQ(CreateFee(policy, "", Years(1)), Money{1100});
  EXPECT_EQ(CreateFee(policy, "", Years(10)), Money{11000});
  EXPECT_EQ(RenewFee(policy, Domain(), Years(3)), Money{2100});
}

TEST(PricingTest, APremiumClassHasItsOwn) {
  TldPolicy policy;
  policy.premium_classes["rare"] = {Money{1}, Money{2}, Money{3}, Money{4}};
  Domain domain;
  domain.premium_class = "rare";
  EXPECT_EQ(CreateFee(policy, "rare", Years(2)), Money{2});
  EXPECT_EQ(RenewFee(policy, domain, Years(2)), Money{4});
  EXPECT_EQ(PricesOf(policy, "rare").transfer, Money{3});
  EXPECT_EQ(PricesOf(policy, "rare").restore, Money{4});
  EXPECT_TRUE(IsPremium(policy, "rare"));
  EXPECT_FALSE(IsPremium(policy, ""));
}

TEST(PricingTest, AClassThatIsGoneIsStandard) {
  TldPolicy policy;
  EXPECT_EQ(CreateFee(policy, "gone", Years(1)), policy.create_fee);
  EXPECT_FALSE(IsPremium(policy, "gone"));
}

class CanPayTest : public testing::Test {
 protected:
  bool CanPay(Money balance, Money fee) {
    scene.set.SetBalance(kGold, balance);
    return registry::CanPay(scene.context(), scene.set, kGold, fee);
  }
  Scene scene;
};

TEST_F(CanPayTest, UpToTheLastCent) {
  EXPECT_TRUE(CanPay(Money{900}, Money{900}));
  EXPECT_FALSE(CanPay(Money{899}, Money{900}));
  EXPECT_TRUE(CanPay(Money{0}, Money{0}));
}

TEST_F(CanPayTest, FromTheCreditToo) {
  scene.ChangeRegistrar(kGold, [](Registrar& r) { r.credit_limit = Money{500}; });
  EXPECT_TRUE(CanPay(Money{400}, Money{900}));
  EXPECT_FALSE(CanPay(Money{399}, Money{900}));
  EXPECT_TRUE(CanPay(Money{-100}, Money{400}));
}

TEST_F(CanPayTest, NotWhenOverdrawnAsByAutoRenewals) { EXPECT_FALSE(CanPay(Money{-1}, Money{0})); }

TEST_F(CanPayTest, TheOperatorAsksNobody) {
  scene.asker = kOperator;
  EXPECT_TRUE(CanPay(Money{-5000}, Money{900}));
}

TEST_F(CanPayTest, NobodyElseHasAnAccount) {
  scene.set.SetBalance(kStranger, Money{1000});
  EXPECT_FALSE(registry::CanPay(scene.context(), scene.set, kStranger, Money{1}));
}

}  // namespace
}  // namespace registry
