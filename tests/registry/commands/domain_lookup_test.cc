#include "registry/commands/domain_lookup.h"

#include <gmock/gmock.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::Pointee;

class DomainLookupTest : public testing::Test {
 protected:
  DomainLookupTest() : domain(scene.AddDomain("example.org")) {
    command.name = domain.name;
    scene.asker = kPublic;
    scene.Delegate(domain, {"z.example.net", "b.example.org"});
  }
  Scene scene;
  Domain& domain;
  DomainLookup command;
};

TEST_F(DomainLookupTest, HasEverythingByValueForThePublicToo) {
  domain.contacts = {{ContactRole::kAdmin, scene.AddContact("jon").key},
                     {ContactRole::kBilling, scene.AddContact("paul").key},
                     {ContactRole::kTech, scene.contact("jon").key}};
  const auto outcome = scene.Run(command);
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->info.domain, domain);
  EXPECT_TRUE(outcome->info.authorized);
  EXPECT_THAT(outcome->info.name_servers,
              ElementsAre(DomainName("b.example.org"), DomainName("z.example.net")));
  EXPECT_THAT(outcome->info.subordinates, ElementsAre(DomainName("b.example.org")));
  EXPECT_THAT(outcome->name_servers, ElementsAre(Pointee(scene.host("b.example.org")),
                                                 Pointee(scene.host("z.example.net"))));
  ASSERT_EQ(outcome->contacts.size(), 4u);
  EXPECT_FALSE(outcome->contacts[0].role.has_value()) << "the registrant comes first";
  EXPECT_EQ(*outcome->contacts[0].contact, scene.contact("holder"));
  EXPECT_EQ(outcome->contacts[1].role, ContactRole::kAdmin);
  EXPECT_EQ(outcome->contacts[2].role, ContactRole::kBilling);
  EXPECT_EQ(*outcome->contacts[2].contact, scene.contact("paul"));
  EXPECT_EQ(outcome->contacts[3].role, ContactRole::kTech);
  EXPECT_EQ(*outcome->contacts[3].contact, scene.contact("jon"));
}

TEST_F(DomainLookupTest, HasItsResellerByValue) {
  EXPECT_FALSE(scene.Run(command)->reseller);
  const Organization& reseller = scene.AddOrganization("res");
  const Organization& other = scene.AddOrganization("dns");
  domain.organizations = {
      std::vector<OrganizationLink>{{OrganizationRole::kDnsOperator, other.key, other.id},
                                    {OrganizationRole::kReseller, reseller.key, reseller.id}}};
  const auto outcome = scene.Run(command);
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->reseller, reseller);
}

TEST_F(DomainLookupTest, HasNoContactsUnderTheMinimumDataModel) {
  domain.registrant = ContactKey{};
  const auto outcome = scene.Run(command);
  ASSERT_TRUE(outcome.ok());
  EXPECT_TRUE(outcome->contacts.empty());
}

TEST_F(DomainLookupTest, FindsNoPurgedDomain) {
  domain.phase = DomainPhase::kPendingDelete;
  domain.phase_ends = scene.now;
  EXPECT_EQ(ReasonOf(scene.Run(command)), kDomainNotFound.id);
}

TEST_F(DomainLookupTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, DomainLookup&) = {
      [](Scene&, DomainLookup& c) { c.name = DomainName("missing.org"); },
  };
  ExpectReasonsInOrder(scene, command, kDomainLookupReasons, spoil);
}

}  // namespace
}  // namespace registry
