#include "registry/commands/domain_check.h"

#include <gmock/gmock.h>

#include <string>

#include "tests/support/scene.h"

namespace registry {
namespace {

DomainCheck Ask(std::initializer_list<std::string> names) {
  DomainCheck check;
  for (const std::string& name : names) check.names.push_back({name, DomainName::Parse(name)});
  return check;
}

class DomainCheckTest : public testing::Test {
 protected:
  DomainChecked::Item Answer(const std::string& name) {
    const auto outcome = scene.Run(Ask({name}));
    EXPECT_TRUE(outcome.ok());
    EXPECT_EQ(outcome->items.size(), 1u);
    return outcome->items.front();
  }
  void ExpectTaken(const std::string& name, std::string_view reason) {
    const DomainChecked::Item item = Answer(name);
    EXPECT_FALSE(item.available) << name;
    EXPECT_EQ(item.reason, reason);
    EXPECT_LE(item.reason.size(), 32u) << "the schema's limit";
  }
  Scene scene;
};

TEST_F(DomainCheckTest, FreeNamesAreAvailable) {
  const DomainChecked::Item item = Answer("free.org");
  EXPECT_TRUE(item.available);
  EXPECT_EQ(item.reason, "");
}

TEST_F(DomainCheckTest, WhatCannotBeRegisteredIsNot) {
  scene.ChangePolicy([](TldPolicy& policy) { policy.reserved = {"nic"}; });
  scene.AddDomain("taken.org");
  ExpectTaken("taken.org", "in use");
  ExpectTaken("nic.org", "Allocation Token required");
  ExpectTaken("a..org", "not a valid domain name");
  ExpectTaken("www.taken.org", "not one label below the TLD");
  ExpectTaken("example.net", "not in a TLD of this registry");
}

TEST_F(DomainCheckTest, InternationalisedNamesNeedATableAndHaveVariants) {
  ExpectTaken("xn--strae-oqa.org", "not in an IDN table of the TLD");
  scene.directory.Add(
      *ParseIdnTable("t", "table = t\nallow = 0061-007A 00DF\nvariant = 00DF : 0073 0073\n"));
  scene.ChangePolicy([](TldPolicy& policy) { policy.idn_tables = {"t"}; });
  EXPECT_TRUE(Answer("xn--strae-oqa.org").available);
  Domain& domain = scene.AddDomain("strasse.org");
  domain.variant_key = scene.directory.VariantKey(domain.name);
  ExpectTaken("strasse.org", "in use");
  ExpectTaken("xn--strae-oqa.org", "variant of a registered name");
  scene.ChangePolicy(
      [](TldPolicy& policy) { policy.idn_variants = TldPolicy::Variants::kSameRegistrant; });
  EXPECT_TRUE(Answer("xn--strae-oqa.org").available) << "to its sponsor";
  scene.asker = kSilver;
  ExpectTaken("xn--strae-oqa.org", "variant of a registered name");
  scene.ChangePolicy([](TldPolicy& policy) { policy.idn_only = true; });
  ExpectTaken("plain.org", "internationalised names only");
}

TEST_F(DomainCheckTest, TheLongListsCountToo) {
  scene.listed[DomainName("held.org")] = {ListedLabel::Kind::kReserved, ""};
  scene.listed[DomainName("never.org")] = {ListedLabel::Kind::kBlocked, ""};
  ExpectTaken("held.org", "Allocation Token required");
  ExpectTaken("never.org", "blocked");
  EXPECT_TRUE(Answer("free.org").available);
}

TEST_F(DomainCheckTest, ATokenIsForAllNamesOfTheCheck) {
  scene.listed[DomainName("held.org")] = {ListedLabel::Kind::kReserved, ""};
  scene.listed[DomainName("other.org")] = {ListedLabel::Kind::kReserved, ""};
  scene.AddDomain("taken.org");
  scene.AddToken("abc").name = DomainName("held.org");
  DomainCheck check = Ask({"held.org", "other.org", "taken.org", "free.org"});
  check.token = GivenToken("abc");
  const auto outcome = scene.Run(check);
  ASSERT_TRUE(outcome.ok());
  EXPECT_TRUE(outcome->items[0].available);
  EXPECT_EQ(outcome->items[1].reason, "Allocation Token mismatch");
  EXPECT_EQ(outcome->items[2].reason, "in use");
  EXPECT_EQ(outcome->items[3].reason, "Allocation Token mismatch");
  check.token = GivenToken("abd");
  EXPECT_EQ(scene.Run(check)->items[0].reason, "Allocation Token mismatch");
}

TEST_F(DomainCheckTest, FeesAreThoseOfTheClassAndThePromotion) {
  scene.ChangePolicy([](TldPolicy& policy) {
    policy.premium_classes["rare"] = {Money{10000}, Money{5000}, Money{6000}, Money{8000}};
  });
  scene.listed[DomainName("gem.org")] = {ListedLabel::Kind::kPremium, "rare"};
  scene.AddDomain("jewel.org").premium_class = "rare";
  scene.AddDomain("plain.org");
  scene.listed[DomainName("plain.org")] = {ListedLabel::Kind::kPremium, "rare"};
  AllocationToken& token = scene.AddToken("sale");
  token.kind = AllocationToken::Kind::kPromotion;
  token.discount = 50;
  DomainCheck check = Ask({"gem.org", "jewel.org", "plain.org", "free.org"});
  check.fees.emplace().commands = {{FeeCommand::kCreate, 2, false},
                                   {FeeCommand::kRenew, {}, false},
                                   {FeeCommand::kTransfer, {}, false}};
  const auto fees = [&](size_t name) {
    std::vector<int64_t> amounts;
    const auto outcome = scene.Run(check);
    for (const auto& line : outcome->fees[name].lines) {
      amounts.push_back(line.fees.front().amount.minor);
    }
    return amounts;
  };
  EXPECT_THAT(fees(0), testing::ElementsAre(20000, 5000, 6000));
  EXPECT_THAT(fees(1), testing::ElementsAre(20000, 5000, 6000)) << "the domain's class";
  EXPECT_THAT(fees(2), testing::ElementsAre(1800, 900, 900)) << "whatever the list says later";
  EXPECT_EQ(scene.Run(check)->fees[0].price_class, "rare");
  EXPECT_EQ(scene.Run(check)->fees[2].price_class, "standard");
  check.token = GivenToken("sale");
  EXPECT_THAT(fees(0), testing::ElementsAre(20000, 5000, 6000)) << "no premium names";
  EXPECT_THAT(fees(3), testing::ElementsAre(450 + 900, 900, 900)) << "one year of a create";
  token.purpose = AllocationToken::Purpose::kTransfer;
  EXPECT_THAT(fees(2), testing::ElementsAre(1800, 900, 450));
}

TEST_F(DomainCheckTest, DeletedNamesAreInUseUntilTheyArePurged) {
  Domain& domain = scene.AddDomain("taken.org");
  domain.phase = DomainPhase::kRedemption;
  domain.phase_ends = scene.now + absl::Hours(1);
  ExpectTaken("taken.org", "in use");
  domain.phase = DomainPhase::kPendingDelete;
  ExpectTaken("taken.org", "in use");
  scene.now = domain.phase_ends;
  EXPECT_TRUE(Answer("taken.org").available);
}

TEST_F(DomainCheckTest, AnswersInTheOrderAskedAsAsked) {
  scene.AddDomain("taken.org");
  const auto outcome = scene.Run(Ask({"Taken.ORG", "free.org", "-bad-.org", "taken.org"}));
  ASSERT_TRUE(outcome.ok());
  ASSERT_EQ(outcome->items.size(), 4u);
  EXPECT_EQ(outcome->items[0].text, "Taken.ORG");
  EXPECT_FALSE(outcome->items[0].available);
  EXPECT_TRUE(outcome->items[1].available);
  EXPECT_EQ(outcome->items[2].text, "-bad-.org");
  EXPECT_FALSE(outcome->items[3].available);
}

TEST_F(DomainCheckTest, NeedsEachNameOnce) {
  const Needs needs = NeedsOf(Ask({"a.org", "A.org", "b.org", "..", "a.org"}));
  ASSERT_EQ(needs.domains.size(), 2u);
  EXPECT_EQ(needs.domains[0].name, DomainName("a.org"));
  EXPECT_EQ(needs.domains[0].lock, Lock::kNone);
  EXPECT_EQ(needs.domains[1].name, DomainName("b.org"));
}

TEST_F(DomainCheckTest, NothingIsAvailableOutsideOfThePhases) {
  scene.ChangePolicy([&](TldPolicy& policy) {
    policy.launch_phases = {{LaunchPhase::kSunrise, scene.now + absl::Milliseconds(1)}};
  });
  ExpectTaken("free.org", "not open for registration");
  scene.now += absl::Milliseconds(1);
  EXPECT_TRUE(Answer("free.org").available);
}

TEST_F(DomainCheckTest, InAPhaseIsForNamesOfTldsInThatPhase) {
  DomainCheck check = Ask({"free.org", "free.example"});
  check.phase = LaunchPhase::kOpen;
  EXPECT_TRUE(scene.Run(check).ok());
  check.phase = LaunchPhase::kSunrise;
  EXPECT_EQ(scene.Run(check).rejection().reason.id, kPhaseMismatch.id);
}

}  // namespace
}  // namespace registry
