#include "registry/model/working_set.h"

#include <gmock/gmock.h>

namespace registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pointee;

Domain MakeDomain(int64_t key, std::string_view name) {
  Domain domain;
  domain.key = DomainKey{key};
  domain.name = DomainName(name);
  return domain;
}

Host MakeHost(int64_t key, std::string_view name, std::vector<IpAddress> addresses = {}) {
  Host host;
  host.key = HostKey{key};
  host.name = DomainName(name);
  host.addresses = std::move(addresses);
  return host;
}

Contact MakeContact(int64_t key, std::string_view id) {
  Contact contact;
  contact.key = ContactKey{key};
  contact.id = ContactId(id);
  return contact;
}

TEST(WorkingSetTest, FindsDomainsByNameAndByKey) {
  WorkingSet set;
  const Domain domain = MakeDomain(1, "a.org");
  set.Add(domain, Changes());
  EXPECT_THAT(set.Find(DomainName("a.org")), Pointee(domain));
  EXPECT_THAT(set.Find(DomainKey{1}), Pointee(domain));
  EXPECT_EQ(set.Find(DomainKey{2}), nullptr);
  EXPECT_EQ(set.Arrears(DomainKey{1}), nullptr);
  EXPECT_EQ(set.Arrears(DomainKey{2}), nullptr);
}

TEST(WorkingSetTest, FindsHostsAndContactsByNameAndByKey) {
  WorkingSet set;
  set.Add(MakeHost(1, "ns1.a.org"));
  set.Add(MakeContact(2, "jdoe"));
  EXPECT_THAT(set.FindHost(DomainName("ns1.a.org")), Pointee(MakeHost(1, "ns1.a.org")));
  EXPECT_THAT(set.FindHost(HostKey{1}), Pointee(MakeHost(1, "ns1.a.org")));
  EXPECT_EQ(set.FindHost(HostKey{2}), nullptr);
  EXPECT_THAT(set.FindContact(ContactId("jdoe")), Pointee(MakeContact(2, "jdoe")));
  EXPECT_THAT(set.FindContact(ContactKey{2}), Pointee(MakeContact(2, "jdoe")));
  EXPECT_EQ(set.FindContact(ContactKey{1}), nullptr);
}

TEST(WorkingSetTest, KnowsWhatIsAbsent) {
  WorkingSet set;
  set.AddAbsentDomain(DomainName("a.org"));
  set.AddAbsentHost(DomainName("ns1.a.org"));
  set.AddAbsentContact(ContactId("jdoe"));
  EXPECT_EQ(set.Find(DomainName("a.org")), nullptr);
  EXPECT_EQ(set.FindHost(DomainName("ns1.a.org")), nullptr);
  EXPECT_EQ(set.FindContact(ContactId("jdoe")), nullptr);
}

TEST(WorkingSetTest, WhatIsThereIsNotAbsentInWhateverOrderItIsTold) {
  WorkingSet set;
  const Domain domain = MakeDomain(1, "a.org");
  set.Add(domain, Changes());
  set.Add(MakeHost(1, "ns1.a.org"));
  set.Add(MakeContact(2, "jdoe"));
  set.AddAbsentDomain(DomainName("a.org"));
  set.AddAbsentHost(DomainName("ns1.a.org"));
  set.AddAbsentContact(ContactId("jdoe"));
  EXPECT_NE(set.Find(DomainName("a.org")), nullptr);
  EXPECT_NE(set.FindHost(DomainName("ns1.a.org")), nullptr);
  EXPECT_NE(set.FindContact(ContactId("jdoe")), nullptr);

  set.AddAbsentDomain(DomainName("b.org"));
  const Domain later = MakeDomain(2, "b.org");
  set.Add(later, Changes());
  EXPECT_NE(set.Find(DomainName("b.org")), nullptr);
}

TEST(WorkingSetTest, ShowsDomainsAsTheyAreNowAndKeepsTheirArrears) {
  const Domain row = MakeDomain(1, "a.org");
  Domain renewed = row;
  renewed.expires += absl::Hours(24 * 365);
  Changes arrears;
  arrears.Update(row, renewed);
  WorkingSet set;
  set.Add(arrears.domains[0].after, arrears);
  EXPECT_EQ(set.Find(row.name)->expires, renewed.expires);
  EXPECT_EQ(set.Find(row.name)->version, 2);
  ASSERT_NE(set.Arrears(row.key), nullptr);
  EXPECT_EQ(set.Arrears(row.key)->domains.size(), 1u);
}

TEST(WorkingSetTest, DoesNotShowPurgedDomains) {
  const Domain row = MakeDomain(1, "a.org");
  WorkingSet set;
  set.Add(std::nullopt, Changes().Delete(row));
  EXPECT_EQ(set.Find(row.name), nullptr);
  EXPECT_EQ(set.Find(row.key), nullptr);
  EXPECT_NE(set.Arrears(row.key), nullptr);
}

TEST(WorkingSetTest, ListsTheVariantsOfANameAndKnowsThoseThatLinger) {
  const auto make = [](int64_t key, std::string_view name, std::string variant_key) {
    Domain domain = MakeDomain(key, name);
    domain.variant_key = std::move(variant_key);
    return domain;
  };
  const Domain b = make(1, "b.org", "k.org"), a = make(2, "a.org", "k.org");
  const Domain other = make(3, "c.org", "o.org"), gone = make(4, "d.org", "k.org");
  WorkingSet set;
  set.SetVariantsLoaded("k.org");
  for (const Domain& domain : {b, a, other}) set.Add(domain, {});
  EXPECT_THAT(set.Variants("k.org", DomainName("x.org")),
              testing::ElementsAre(set.Find(a.name), set.Find(b.name)));
  EXPECT_THAT(set.Variants("k.org", a.name), testing::ElementsAre(set.Find(b.name)));
  EXPECT_TRUE(set.Variants("", a.name).empty());
  EXPECT_FALSE(set.VariantLingers("k.org", a.name));
  set.Add(std::nullopt, Changes().Delete(gone));
  EXPECT_EQ(set.Variants("k.org", a.name).size(), 1u);
  EXPECT_TRUE(set.VariantLingers("k.org", a.name));
  EXPECT_FALSE(set.VariantLingers("k.org", gone.name)) << "who takes its name removes it";
  EXPECT_FALSE(set.VariantLingers("", a.name));
  set.Merge(Changes().Delete(b));
  EXPECT_TRUE(set.Variants("k.org", a.name).empty()) << "later commands see what is deleted";
}

TEST(WorkingSetTest, ListsHostsBelowADomainByName) {
  WorkingSet set;
  for (auto [key, name] : {std::pair{3, "ns3.a.org"}, std::pair{1, "ns1.a.org"}}) {
    Host host = MakeHost(key, name);
    host.superordinate = DomainKey{7};
    set.Add(host);
  }
  set.Add(MakeHost(2, "ns2.example"));
  set.SetSubordinatesLoaded(DomainKey{7});
  EXPECT_THAT(set.HostsBelow(DomainKey{7}),
              ElementsAre(set.FindHost(HostKey{1}), set.FindHost(HostKey{3})));
}

TEST(WorkingSetTest, ListsHostsWithAnAddressByName) {
  const IpAddress address("192.0.2.1"), other("192.0.2.2");
  WorkingSet set;
  set.Add(MakeHost(2, "ns2.a.org", {address, other}));
  set.Add(MakeHost(1, "ns1.a.org", {address}));
  set.Add(MakeHost(3, "ns3.a.org", {other}));
  EXPECT_THAT(set.HostsWith(address),
              ElementsAre(set.FindHost(HostKey{1}), set.FindHost(HostKey{2})));
  EXPECT_THAT(set.HostsWith(IpAddress("192.0.2.3")), IsEmpty());
}

TEST(WorkingSetTest, GivesBackUsesBalancesAndQueues) {
  WorkingSet set;
  set.SetUse(HostKey{1}, Use{3, true});
  set.SetUse(ContactKey{1}, Use{0, false});
  set.SetBalance(RegistrarKey{1}, Money{100});
  set.SetQueue(RegistrarKey{1}, {4, PollMessage{9}, {}});
  EXPECT_EQ(set.HostUse(HostKey{1}).links, 3);
  EXPECT_TRUE(set.HostUse(HostKey{1}).by_other_sponsors);
  EXPECT_FALSE(set.ContactUse(ContactKey{1}).linked());
  EXPECT_EQ(set.Balance(RegistrarKey{1}), Money{100});
  EXPECT_EQ(set.Queue(RegistrarKey{1}).count, 4);
  EXPECT_EQ(set.Queue(RegistrarKey{1}).oldest->id, 9);
}

// A command that asks for what it did not name in its Needs is a bug.
TEST(WorkingSetDeathTest, AbortsForWhatNobodyLoaded) {
  const WorkingSet set;
  EXPECT_DEATH(set.Find(DomainName("a.org")), "check failed");
  EXPECT_DEATH(set.FindHost(DomainName("ns1.a.org")), "check failed");
  EXPECT_DEATH(set.FindContact(ContactId("jdoe")), "check failed");
  EXPECT_DEATH(set.HostUse(HostKey{1}), "check failed");
  EXPECT_DEATH(set.ContactUse(ContactKey{1}), "check failed");
  EXPECT_DEATH(set.HostsBelow(DomainKey{1}), "check failed");
  EXPECT_DEATH(set.Balance(RegistrarKey{1}), "check failed");
  EXPECT_DEATH(set.Queue(RegistrarKey{1}), "check failed");
}

TEST(WorkingSetDeathTest, AbortsForArrearsThatDoNotStartFromARow) {
  WorkingSet set;
  const Domain domain = MakeDomain(1, "a.org");
  Changes charge;
  charge.Charge(RegistrarKey{1}, Money{1}, "renew", domain);
  EXPECT_DEATH(set.Add(domain, charge), "check failed");
}

}  // namespace
}  // namespace registry
