#include "registry/rules/references.h"

#include <gmock/gmock.h>

#include "registry/rules/reasons.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

using testing::ElementsAre;

class ReferencesTest : public testing::Test {
 protected:
  ReferencesTest() {
    scene.AddDomain("example.org");
    a = scene.AddHost("ns.example.net").key;
    b = scene.AddHost("ns.example.org").key;
    jon = scene.AddContact("jon").key;
    for (const auto& [key, host] : scene.hosts) set.Add(host);
    for (const auto& [key, contact] : scene.contacts) set.Add(contact);
    set.AddAbsentHost(DomainName("ns.missing.net"));
    set.AddAbsentContact(ContactId("nobody"));
  }
  Scene scene;
  WorkingSet set;
  HostKey a{}, b{};
  ContactKey jon{};
};

TEST_F(ReferencesTest, BecomeSortedKeys) {
  const auto hosts =
      ResolveHosts({DomainName("ns.example.org"), DomainName("ns.example.net")}, set);
  ASSERT_TRUE(hosts.ok());
  EXPECT_THAT(*hosts, ElementsAre(a, b));
  const auto contacts = ResolveContacts(
      {{ContactRole::kTech, ContactId("jon")}, {ContactRole::kAdmin, ContactId("jon")}}, set);
  ASSERT_TRUE(contacts.ok());
  EXPECT_THAT(*contacts, ElementsAre(DomainContact{ContactRole::kAdmin, jon},
                                     DomainContact{ContactRole::kTech, jon}));
}

TEST_F(ReferencesTest, ToWhatDoesNotExistAreRefusedByName) {
  const auto hosts =
      ResolveHosts({DomainName("ns.example.net"), DomainName("ns.missing.net")}, set);
  EXPECT_EQ(ReasonOf(hosts), kHostNotFound.id);
  EXPECT_EQ(hosts.rejection().subject, "ns.missing.net");
  const auto contacts = ResolveContacts({{ContactRole::kTech, ContactId("nobody")}}, set);
  EXPECT_EQ(ReasonOf(contacts), kContactNotFound.id);
  EXPECT_EQ(contacts.rejection().subject, "nobody");
  const auto registrant = ResolveRegistrant(ContactId("nobody"), set);
  EXPECT_EQ(ReasonOf(registrant), kRegistrantNotFound.id);
  EXPECT_EQ(registrant.rejection().subject, "nobody");
}

TEST_F(ReferencesTest, ToContactsAreDescribedWithTheirRole) {
  EXPECT_EQ(DescribeContact(ContactRole::kAdmin, ContactId("jon")), "jon as admin");
  EXPECT_EQ(DescribeContact(ContactRole::kBilling, ContactId("jon")), "jon as billing");
  EXPECT_EQ(DescribeContact(ContactRole::kTech, ContactId("jon")), "jon as tech");
}

TEST_F(ReferencesTest, ToHostsBelowOurDomainsNeedAnAddress) {
  EXPECT_FALSE(CheckAddressed({a, b}, set).has_value());
  Host bare = *set.FindHost(b);
  bare.addresses.clear();
  set.Add(bare);
  const auto refused = CheckAddressed({a, b}, set);
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(refused->reason.id, kHostWithoutAddress.id);
  EXPECT_EQ(refused->subject, "ns.example.org");
}

}  // namespace
}  // namespace registry
