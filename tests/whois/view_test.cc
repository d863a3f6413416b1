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
  DomainView Domain(std::string_view name) {
    registry::DomainLookup lookup;
    lookup.name = DomainName(name);
    return ViewOf(*registry_.Run(lookup), registry_.directory);
  }
  HostView Host(std::string_view name) {
    registry::HostLookup lookup;
    lookup.name = DomainName(name);
    return ViewOf(registry_.Run(lookup)->hosts.front(), registry_.directory);
  }
  std::optional<ContactEntityView> Contact(int64_t key) {
    registry::ContactLookup lookup;
    lookup.key = registry::ContactKey{key};
    return ViewOf(*registry_.Run(lookup), registry_.directory);
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
