#include "whois/view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/whois/sample_registry.h"

namespace whois {
namespace {

using registry::DomainName;
using testing::ElementsAre;

class ViewTest : public testing::Test {
 protected:
  DomainView Domain(std::string_view name, const Access& access = {}) {
    registry::DomainLookup lookup;
    lookup.name = DomainName(name);
    return ViewOf(*registry_.Run(lookup), registry_.directory, access);
  }
  HostView Host(std::string_view name) {
    registry::HostLookup lookup;
    lookup.name = DomainName(name);
    return ViewOf(registry_.Run(lookup)->hosts.front(), registry_.directory);
  }
  std::optional<ContactEntityView> Contact(int64_t key, const Access& access = {}) {
    registry::ContactLookup lookup;
    lookup.key = registry::ContactKey{key};
    return ViewOf(*registry_.Run(lookup), registry_.directory, access);
  }
  static std::vector<ContactRole> Roles(const DomainView& view) {
    std::vector<ContactRole> roles;
    for (const ContactView& contact : view.contacts) roles.push_back(contact.role);
    return roles;
  }

  tests::SampleRegistry registry_;
};

TEST_F(ViewTest, ShowsGracePeriodsBesideStatuses) {
  EXPECT_THAT(Domain("minimal.org").statuses, ElementsAre("inactive", "addPeriod"));
}

TEST_F(ViewTest, ShowsAStatusThatBothListsHaveOnce) {
  registry_.domain("lapsed.org").phase = registry::DomainPhase::kPendingDelete;
  const std::vector<std::string_view> statuses = Domain("lapsed.org").statuses;
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), "pendingDelete"), 1);
}

TEST_F(ViewTest, ShowsRedemptionBesidePendingDelete) {
  EXPECT_THAT(Domain("lapsed.org").statuses,
              testing::IsSupersetOf({"pendingDelete", "redemptionPeriod"}));
}

TEST_F(ViewTest, HidesThatAHostIsLinked) {
  EXPECT_THAT(Host("ns1.samplewell.org").statuses, ElementsAre("ok"));
  EXPECT_THAT(Host("ns2.samplewell.org").statuses, ElementsAre("clientUpdateProhibited"));
}

TEST_F(ViewTest, HasAllContactsForWhoMaySeeEverything) {
  auto& contacts = registry_.domain("xn--bcher-kva.org").contacts;
  contacts = {{registry::ContactRole::kBilling, registry::ContactKey{9003}},
              {registry::ContactRole::kTech, registry::ContactKey{9003}},
              {registry::ContactRole::kTech, registry::ContactKey{9001}}};
  const Access everything{.unredacted = true};
  const DomainView view = Domain("xn--bcher-kva.org", everything);
  EXPECT_THAT(Roles(view), ElementsAre(ContactRole::kRegistrant, ContactRole::kTechnical,
                                       ContactRole::kTechnical, ContactRole::kBilling));
  for (const ContactView& contact : view.contacts) {
    EXPECT_TRUE(contact.name.shown());
    EXPECT_TRUE(contact.handle.shown());
    EXPECT_TRUE(contact.email.shown());
  }
  EXPECT_FALSE(Contact(9003));
  EXPECT_TRUE(Contact(9003, everything)->contact.name.shown());
}

TEST_F(ViewTest, GoesByThePolicyOfTheTld) {
  registry_.ChangePolicy([](registry::TldPolicy& policy) {
    policy.rdds.roles[0].shown |= static_cast<uint16_t>(registry::RddsPart::kEmail);
  });
  EXPECT_TRUE(Domain("samplewell.org").contacts[0].email.shown());
}

TEST_F(ViewTest, NamesTheReseller) {
  EXPECT_EQ(Domain("samplewell.org").reseller, "");
  registry::Organization& reseller = registry_.AddOrganization("res");
  reseller.international.emplace();
  reseller.international->name = "Resold Ltd.";
  registry::OrganizationLink operates{registry::OrganizationRole::kDnsOperator, reseller.key,
                                      reseller.id};
  registry_.domain("samplewell.org").organizations = {std::vector{operates}};
  EXPECT_EQ(Domain("samplewell.org").reseller, "");
  operates.role = registry::OrganizationRole::kReseller;
  registry_.domain("samplewell.org").organizations = {std::vector{operates}};
  EXPECT_EQ(Domain("samplewell.org").reseller, "Resold Ltd.");
  reseller.localized = *std::exchange(reseller.international, std::nullopt);
  reseller.localized->name = "M\u00fcller";
  EXPECT_EQ(Domain("samplewell.org").reseller, "M\u00fcller");
}

TEST_F(ViewTest, NamesTheOtherNameOfABundleAndGoesByThePrimarysPolicy) {
  EXPECT_FALSE(Domain("samplewell.org").other_name);
  registry::TldPolicy partner;
  partner.tld = "ong";
  partner.bundle_of = "org";
  partner.rdds.roles[0].shown = 0x7FF;
  registry_.directory.Add(partner);
  EXPECT_EQ(Domain("samplewell.org").other_name, DomainName("samplewell.ong"));
  const DomainView view = Domain("samplewell.ong");
  EXPECT_EQ(view.name, DomainName("samplewell.ong"));
  EXPECT_EQ(view.other_name, DomainName("samplewell.org"));
  EXPECT_TRUE(view.contacts[0].name.withheld());
}

TEST_F(ViewTest, HasOneContactForEachRoleAndPrefersTheOneThatDisclosesItself) {
  const DomainView view = Domain("xn--bcher-kva.org");
  EXPECT_THAT(Roles(view), ElementsAre(ContactRole::kRegistrant, ContactRole::kAdministrative,
                                       ContactRole::kTechnical));
  EXPECT_EQ(view.contacts[1].name.value(), "B\u00fccher <GmbH>");

  auto& contacts = registry_.domain("xn--bcher-kva.org").contacts;
  contacts = {{registry::ContactRole::kTech, registry::ContactKey{9003}},
              {registry::ContactRole::kTech, registry::ContactKey{9001}}};
  EXPECT_EQ(Domain("xn--bcher-kva.org").contacts[1].name.value(), "Network Team");
}

TEST_F(ViewTest, HasNoContactsUnderTheMinimumDataModel) {
  EXPECT_TRUE(Domain("minimal.org").contacts.empty());
}

TEST_F(ViewTest, NamesARegistrarWithoutIanaIdByItsIdentifier) {
  const RegistrarView registrar = Domain("minimal.org").registrar;
  EXPECT_EQ(registrar.handle, "silver");
  EXPECT_EQ(registrar.name, "silver");
  EXPECT_EQ(registrar.iana_id, 0);
}

TEST_F(ViewTest, PublishesAContactByItselfOnlyIfItDisclosesItsName) {
  ASSERT_TRUE(Contact(9001));
  EXPECT_EQ(Contact(9001)->contact.handle.value(), "C9001-LROR");
  EXPECT_FALSE(Contact(9000));
  EXPECT_FALSE(Contact(9003));
}

}  // namespace
}  // namespace whois
