#include "registry/rules/listing.h"

#include <gtest/gtest.h>

namespace registry {
namespace {

using Withheld = Listing::Withheld;

class ListingTest : public testing::Test {
 protected:
  ListingTest() {
    policy.tld = "org";
    policy.reserved = {"nic"};
    policy.premium_classes = {{"rare", {}}, {"short", {}}};
    policy.premium = {{"gem", "rare"}};
  }
  Listing Of(std::string_view name, std::optional<ListedLabel> listed) {
    WorkingSet set;
    set.SetListed(DomainName(name), std::move(listed));
    return ListingOf(policy, DomainName(name), set, Directory());
  }
  TldPolicy policy;
};

TEST_F(ListingTest, IsThePolicysWhereTheLongListHasNothing) {
  EXPECT_EQ(Of("free.org", {}).withheld, Withheld::kNo);
  EXPECT_EQ(Of("free.org", {}).premium_class, "");
  EXPECT_EQ(Of("nic.org", {}).withheld, Withheld::kReserved);
  EXPECT_EQ(Of("gem.org", {}).withheld, Withheld::kNo);
  EXPECT_EQ(Of("gem.org", {}).premium_class, "rare");
}

TEST_F(ListingTest, IsTheStricterOfBoth) {
  using Kind = ListedLabel::Kind;
  EXPECT_EQ(Of("free.org", ListedLabel{Kind::kReserved, ""}).withheld, Withheld::kReserved);
  EXPECT_EQ(Of("free.org", ListedLabel{Kind::kBlocked, ""}).withheld, Withheld::kBlocked);
  EXPECT_EQ(Of("nic.org", ListedLabel{Kind::kBlocked, ""}).withheld, Withheld::kBlocked);
  EXPECT_EQ(Of("nic.org", ListedLabel{Kind::kPremium, "rare"}).withheld, Withheld::kReserved);
  EXPECT_EQ(Of("nic.org", ListedLabel{Kind::kPremium, "rare"}).premium_class, "rare");
}

TEST_F(ListingTest, TheClassOfTheLongListCounts) {
  using Kind = ListedLabel::Kind;
  EXPECT_EQ(Of("gem.org", ListedLabel{Kind::kPremium, "short"}).premium_class, "short");
  EXPECT_EQ(Of("gem.org", ListedLabel{Kind::kReserved, ""}).premium_class, "rare");
  const Listing reserved = Of("free.org", ListedLabel{Kind::kReserved, "short"});
  EXPECT_EQ(reserved.withheld, Withheld::kReserved);
  EXPECT_EQ(reserved.premium_class, "short");
}

TEST_F(ListingTest, AClassThatThePolicyDoesNotHaveBlocks) {
  const Listing listing = Of("free.org", ListedLabel{ListedLabel::Kind::kPremium, "gone"});
  EXPECT_EQ(listing.withheld, Withheld::kBlocked);
}

}  // namespace
}  // namespace registry
