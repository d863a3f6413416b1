// What WorkingSet::Merge shows to the next command and gives to the store.
#include <gmock/gmock.h>

#include "registry/model/working_set.h"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr RegistrarKey kGold{1}, kSilver{2};
constexpr HostKey kNs1{11}, kNs2{12};
constexpr ContactKey kJohn{21}, kJane{22};

Domain MakeDomain(int64_t key, std::string_view name) {
  Domain domain;
  domain.key = DomainKey{key};
  domain.name = DomainName(name);
  domain.sponsor = kGold;
  return domain;
}

Host MakeHost(HostKey key, std::string_view name) {
  Host host;
  host.key = key;
  host.name = DomainName(name);
  host.sponsor = kGold;
  return host;
}

Contact MakeContact(ContactKey key, std::string_view id) {
  Contact contact;
  contact.key = key;
  contact.id = ContactId(id);
  return contact;
}

// Registrar gold with "a.org", two hosts and two contacts that nobody uses, and 100.00 each.
struct Scene {
  Scene() {
    set.Add(domain, Changes());
    set.AddAbsentDomain(DomainName("new.org"));
    set.Add(MakeHost(kNs1, "ns1.example"));
    set.Add(MakeHost(kNs2, "ns2.example"));
    set.Add(MakeContact(kJohn, "john"));
    set.Add(MakeContact(kJane, "jane"));
    for (HostKey key : {kNs1, kNs2}) set.SetUse(key, Use());
    for (ContactKey key : {kJohn, kJane}) set.SetUse(key, Use());
    set.SetBalance(kGold, Money{10000});
    set.SetBalance(kSilver, Money{10000});
  }

  // Adds "late.org" as it was two auto-renewals ago; 9.00 each.
  void AddLateDomain() {
    const Domain row = MakeDomain(2, "late.org");
    Changes arrears;
    arrears.Update(row, row).Charge(kGold, Money{900}, "auto-renew", row);
    const Domain once = *arrears.domains[0].after;
    arrears.Update(once, once).Charge(kGold, Money{900}, "auto-renew", once);
    set.Add(arrears.domains[1].after, arrears);
  }
  // Adds "gone.org", which the clock has purged; it used ns1 and john.
  void AddPurgedDomain() {
    Domain row = MakeDomain(3, "gone.org");
    row.name_servers = {kNs1};
    row.registrant = kJohn;
    set.SetUse(kNs1, Use{1, false});
    set.SetUse(kJohn, Use{1, false});
    PollMessage message;
    message.registrar = kGold;
    set.Add(std::nullopt, Changes().Delete(row).Queue(message));
  }

  Domain domain = MakeDomain(1, "a.org");
  WorkingSet set;
};

TEST(WorkingSetMergeTest, ShowsInsertedDomains) {
  Scene scene;
  const Domain created = MakeDomain(9, "new.org");
  const Changes written = scene.set.Merge(Changes().Insert(created));
  EXPECT_EQ(*scene.set.Find(created.name), created);
  EXPECT_EQ(*scene.set.Find(created.key), created);
  EXPECT_THAT(scene.set.HostsBelow(created.key), IsEmpty()) << "known, since it is new";
  EXPECT_THAT(written.domains, SizeIs(1));
}

TEST(WorkingSetMergeTest, ShowsUpdatedAndDeletedDomains) {
  Scene scene;
  Domain held = scene.domain;
  held.statuses.Add(Status::kClientHold);
  scene.set.Merge(Changes().Update(scene.domain, held));
  EXPECT_TRUE(scene.set.Find(held.name)->statuses.Has(Status::kClientHold));
  EXPECT_EQ(scene.set.Find(held.name)->version, 2);

  const Domain current = *scene.set.Find(held.name);
  scene.set.Merge(Changes().Delete(current));
  EXPECT_EQ(scene.set.Find(held.name), nullptr);
  EXPECT_EQ(scene.set.Find(held.key), nullptr);
}

TEST(WorkingSetMergeTest, LetsANameBeTakenAgainAfterItsDeletion) {
  Scene scene;
  scene.set.Merge(Changes().Delete(scene.domain));
  const Domain again = MakeDomain(9, "a.org");
  scene.set.Merge(Changes().Insert(again));
  EXPECT_EQ(*scene.set.Find(again.name), again);
  EXPECT_EQ(scene.set.Find(scene.domain.key), nullptr);
}

TEST(WorkingSetMergeTest, CountsWhoRefersToAnOrganization) {
  Scene scene;
  const OrganizationId one("one"), two("two");
  scene.set.AddAbsentOrganization(one);
  scene.set.AddAbsentOrganization(two);
  EXPECT_EQ(scene.set.FindOrganization(one), nullptr);
  Organization parent;
  parent.key = OrganizationKey{31};
  parent.id = one;
  scene.set.Merge(Changes().Insert(parent));
  EXPECT_EQ(*scene.set.FindOrganization(one), parent);
  EXPECT_FALSE(scene.set.ParentUse(parent.key).linked());

  Organization child = parent;
  child.key = OrganizationKey{32};
  child.id = two;
  child.parent = parent.key;
  child.contacts = {{OrganizationContactType::kAdmin, "", kJohn, ContactId("john")},
                    {OrganizationContactType::kTech, "", kJohn, ContactId("john")}};
  scene.set.Merge(Changes().Insert(child));
  EXPECT_EQ(scene.set.ParentUse(parent.key).links, 1);
  EXPECT_EQ(scene.set.ContactUse(kJohn).links, 1) << "as two contacts";

  Domain linked = scene.domain;
  linked.organizations =
      std::vector<OrganizationLink>{{OrganizationRole::kReseller, child.key, two}};
  scene.set.Merge(Changes().Update(scene.domain, linked));
  EXPECT_EQ(scene.set.OrganizationUse(child.key, OrganizationRole::kReseller).links, 1);
  EXPECT_FALSE(scene.set.OrganizationUse(child.key, OrganizationRole::kDnsOperator).linked());
  EXPECT_FALSE(scene.set.OrganizationUse(parent.key, OrganizationRole::kReseller).linked());
  const Domain now = *scene.set.Find(linked.key);
  Domain unlinked = now;
  unlinked.organizations.reset();
  scene.set.Merge(Changes().Update(now, unlinked));
  EXPECT_FALSE(scene.set.OrganizationUse(child.key, OrganizationRole::kReseller).linked());

  scene.set.Merge(Changes().Delete(*scene.set.FindOrganization(two)));
  EXPECT_EQ(scene.set.FindOrganization(two), nullptr);
  EXPECT_FALSE(scene.set.ParentUse(parent.key).linked());
  EXPECT_FALSE(scene.set.ContactUse(kJohn).linked());
}

TEST(WorkingSetMergeTest, ShowsHostsAndContactsAsTheyBecome) {
  Scene scene;
  const Host host = MakeHost(HostKey{13}, "ns3.example");
  const Contact contact = MakeContact(ContactKey{23}, "jack");
  scene.set.Merge(Changes().Insert(host).Insert(contact));
  EXPECT_EQ(*scene.set.FindHost(host.name), host);
  EXPECT_EQ(*scene.set.FindContact(contact.id), contact);
  EXPECT_FALSE(scene.set.HostUse(host.key).linked()) << "known, since it is new";
  EXPECT_FALSE(scene.set.ContactUse(contact.key).linked());

  Contact changed = contact;
  changed.email = "jack@example.org";
  scene.set.Merge(Changes().Update(contact, changed).Delete(host));
  EXPECT_EQ(scene.set.FindContact(contact.id)->email, "jack@example.org");
  EXPECT_EQ(scene.set.FindContact(contact.id)->version, 2);
  EXPECT_EQ(scene.set.FindHost(host.name), nullptr);
  EXPECT_EQ(scene.set.FindHost(host.key), nullptr);

  scene.set.Merge(Changes().Delete(*scene.set.FindContact(contact.id)));
  EXPECT_EQ(scene.set.FindContact(contact.id), nullptr);
}

TEST(WorkingSetMergeTest, MovesRenamedHosts) {
  Scene scene;
  const Host before = *scene.set.FindHost(kNs1);
  scene.set.SetUse(kNs1, Use{5, false});
  Host after = before;
  after.name = DomainName("ns9.example");
  scene.set.Merge(Changes().Update(before, after));
  EXPECT_EQ(scene.set.FindHost(before.name), nullptr);
  ASSERT_NE(scene.set.FindHost(after.name), nullptr);
  EXPECT_EQ(scene.set.FindHost(after.name)->key, kNs1);
  EXPECT_EQ(scene.set.FindHost(kNs1)->name, after.name);
  EXPECT_EQ(scene.set.HostUse(kNs1).links, 5) << "those who use it follow";
}

TEST(WorkingSetMergeTest, CountsOneLinkForEachDomain) {
  Scene scene;
  Domain linked = scene.domain;
  linked.name_servers = {kNs1, kNs2};
  linked.registrant = kJohn;
  linked.contacts = {{ContactRole::kAdmin, kJohn}, {ContactRole::kTech, kJane}};
  scene.set.Merge(Changes().Update(scene.domain, linked));
  EXPECT_EQ(scene.set.HostUse(kNs1).links, 1);
  EXPECT_EQ(scene.set.HostUse(kNs2).links, 1);
  EXPECT_EQ(scene.set.ContactUse(kJohn).links, 1) << "in two roles";
  EXPECT_EQ(scene.set.ContactUse(kJane).links, 1);

  Domain less = *scene.set.Find(linked.name);
  less.name_servers = {kNs2};
  less.contacts = {};
  scene.set.Merge(Changes().Update(*scene.set.Find(linked.name), less));
  EXPECT_FALSE(scene.set.HostUse(kNs1).linked());
  EXPECT_EQ(scene.set.HostUse(kNs2).links, 1);
  EXPECT_EQ(scene.set.ContactUse(kJohn).links, 1);
  EXPECT_FALSE(scene.set.ContactUse(kJane).linked());

  scene.set.Merge(Changes().Delete(*scene.set.Find(linked.name)));
  EXPECT_FALSE(scene.set.HostUse(kNs2).linked());
  EXPECT_FALSE(scene.set.ContactUse(kJohn).linked());
}

TEST(WorkingSetMergeTest, CountsLinksOfNewDomains) {
  Scene scene;
  Domain created = MakeDomain(9, "new.org");
  created.name_servers = {kNs1};
  scene.set.Merge(Changes().Insert(created));
  EXPECT_EQ(scene.set.HostUse(kNs1).links, 1);
  EXPECT_FALSE(scene.set.HostUse(kNs1).by_other_sponsors);
}

TEST(WorkingSetMergeTest, LeavesUsesAloneThatNobodyLoaded) {
  Scene scene;
  Domain created = MakeDomain(9, "new.org");
  created.name_servers = {HostKey{99}};
  created.registrant = ContactKey{99};
  scene.set.Merge(Changes().Insert(created));
  EXPECT_DEATH(scene.set.HostUse(HostKey{99}), "check failed");
}

TEST(WorkingSetMergeTest, ManyStaysMany) {
  Scene scene;
  scene.set.SetUse(kNs1, Use{Use::kCountedLinks + 1, true});
  Domain created = MakeDomain(9, "new.org");
  created.name_servers = {kNs1};
  scene.set.Merge(Changes().Insert(created));
  scene.set.Merge(Changes().Delete(created));
  scene.set.Merge(Changes().Insert(created));
  scene.set.Merge(Changes().Delete(created));
  EXPECT_EQ(scene.set.HostUse(kNs1).links, Use::kCountedLinks + 1);
}

TEST(WorkingSetMergeTest, NoticesUseByOtherSponsors) {
  Scene scene;
  Domain created = MakeDomain(9, "new.org");
  created.sponsor = kSilver;
  created.name_servers = {kNs1};
  scene.set.Merge(Changes().Insert(created));
  EXPECT_TRUE(scene.set.HostUse(kNs1).by_other_sponsors);
  scene.set.Merge(Changes().Delete(created));
  EXPECT_FALSE(scene.set.HostUse(kNs1).by_other_sponsors) << "nobody uses it any more";
}

TEST(WorkingSetMergeTest, NoticesThatAUsedHostMovedToAnotherSponsor) {
  Scene scene;
  scene.set.SetUse(kNs1, Use{1, false});
  for (HostKey key : {kNs1, kNs2}) {
    const Host before = *scene.set.FindHost(key);
    Host after = before;
    after.sponsor = kSilver;
    scene.set.Merge(Changes().Update(before, after));
  }
  EXPECT_TRUE(scene.set.HostUse(kNs1).by_other_sponsors);
  EXPECT_FALSE(scene.set.HostUse(kNs2).by_other_sponsors) << "nobody uses it";
}

TEST(WorkingSetMergeTest, MovesBalancesByTheLedger) {
  Scene scene;
  Changes changes;
  changes.Charge(kGold, Money{900}, "create", scene.domain);
  changes.Refund(kSilver, Money{300}, "create", scene.domain);
  changes.Deposit(kSilver, Money{50}, "deposit");
  changes.Deposit(RegistrarKey{3}, Money{50}, "deposit");  // not loaded: the database knows
  scene.set.Merge(changes);
  EXPECT_EQ(scene.set.Balance(kGold), Money{9100});
  EXPECT_EQ(scene.set.Balance(kSilver), Money{10350});
}

TEST(WorkingSetMergeTest, TakesAcknowledgedMessagesOffTheQueue) {
  Scene scene;
  scene.set.SetQueue(kGold, {3, PollMessage{7}, {PollMessage{7}, PollMessage{8}}});
  scene.set.Merge(Changes().RemovePollMessage(kGold, 7));
  EXPECT_EQ(scene.set.Queue(kGold).count, 2);
  EXPECT_FALSE(scene.set.Queue(kGold).oldest.has_value());
  ASSERT_THAT(scene.set.Queue(kGold).asked, SizeIs(1));
  EXPECT_EQ(scene.set.Queue(kGold).asked[0].id, 8);
}

TEST(WorkingSetMergeTest, KeepsTheOldestMessageIfAnotherOneGoes) {
  Scene scene;
  scene.set.SetQueue(kGold, {3, PollMessage{7}, {PollMessage{8}}});
  scene.set.Merge(Changes().RemovePollMessage(kGold, 8).RemovePollMessage(kSilver, 7));
  EXPECT_EQ(scene.set.Queue(kGold).count, 2);
  EXPECT_EQ(scene.set.Queue(kGold).oldest->id, 7);
}

TEST(WorkingSetMergeTest, CountsMessagesThatAreQueued) {
  Scene scene;
  scene.set.SetQueue(kGold, {3, PollMessage{7}, {}});
  PollMessage message;
  message.registrar = kGold;
  scene.set.Merge(Changes().Queue(message));
  EXPECT_EQ(scene.set.Queue(kGold).count, 4);
}

TEST(WorkingSetMergeTest, WritesArrearsBeforeTheFirstChangeOfTheDomain) {
  Scene scene;
  scene.AddLateDomain();
  const Domain shown = *scene.set.Find(DomainName("late.org"));
  EXPECT_EQ(shown.version, 3);
  EXPECT_EQ(scene.set.Balance(kGold), Money{10000}) << "before anything touches the domain";

  Changes changes;
  changes.Update(shown, shown).Charge(kGold, Money{500}, "renew", shown);
  const Changes written = scene.set.Merge(changes);
  std::vector<int> versions;
  for (const Change<Domain>& change : written.domains) versions.push_back(change.after->version);
  EXPECT_THAT(versions, ElementsAre(2, 3, 4));
  ASSERT_THAT(written.ledger, SizeIs(3));
  EXPECT_EQ(written.ledger[0].what, "auto-renew");
  EXPECT_EQ(written.ledger[2].what, "renew");
  EXPECT_EQ(scene.set.Balance(kGold), Money{10000 - 900 - 900 - 500});
  EXPECT_EQ(scene.set.Find(shown.name)->version, 4);
}

TEST(WorkingSetMergeTest, WritesArrearsOnce) {
  Scene scene;
  scene.AddLateDomain();
  const Domain shown = *scene.set.Find(DomainName("late.org"));
  scene.set.Merge(Changes().Update(shown, shown));
  EXPECT_EQ(scene.set.Arrears(shown.key), nullptr);
  const Domain next = *scene.set.Find(shown.name);
  const Changes written = scene.set.Merge(Changes().Update(next, next));
  EXPECT_THAT(written.domains, SizeIs(1));
  EXPECT_THAT(written.ledger, IsEmpty());
  EXPECT_EQ(scene.set.Balance(kGold), Money{10000 - 900 - 900});
}

TEST(WorkingSetMergeTest, WritesArrearsBeforeADeletion) {
  Scene scene;
  scene.AddLateDomain();
  const Domain shown = *scene.set.Find(DomainName("late.org"));
  const Changes written = scene.set.Merge(Changes().Delete(shown));
  EXPECT_THAT(written.domains, SizeIs(3));
  EXPECT_EQ(scene.set.Find(shown.name), nullptr);
}

TEST(WorkingSetMergeTest, LeavesTheArrearsOfOtherDomainsAlone) {
  Scene scene;
  scene.AddLateDomain();
  const Changes written = scene.set.Merge(Changes().Update(scene.domain, scene.domain));
  EXPECT_THAT(written.domains, SizeIs(1));
  EXPECT_NE(scene.set.Arrears(DomainKey{2}), nullptr);
  EXPECT_EQ(scene.set.Find(DomainName("late.org"))->version, 3);
}

TEST(WorkingSetMergeTest, TakesMaterialisedArrearsForWhatTheyAre) {
  Scene scene;
  scene.AddLateDomain();
  const Changes written = scene.set.Merge(*scene.set.Arrears(DomainKey{2}));
  EXPECT_THAT(written.domains, SizeIs(2));
  EXPECT_THAT(written.ledger, SizeIs(2));
  EXPECT_EQ(scene.set.Arrears(DomainKey{2}), nullptr);
  EXPECT_EQ(scene.set.Balance(kGold), Money{10000 - 900 - 900});
  EXPECT_EQ(scene.set.Find(DomainName("late.org"))->version, 3);
}

TEST(WorkingSetMergeTest, WritesAPurgeBeforeTheNameIsTakenAgain) {
  Scene scene;
  scene.AddPurgedDomain();
  const Domain created = MakeDomain(9, "gone.org");
  const Changes written = scene.set.Merge(Changes().Insert(created));
  ASSERT_THAT(written.domains, SizeIs(2));
  EXPECT_EQ(written.domains[0].before->key, DomainKey{3});
  EXPECT_FALSE(written.domains[0].after.has_value());
  EXPECT_EQ(written.domains[1].after, created);
  EXPECT_THAT(written.messages, SizeIs(1));
  EXPECT_EQ(*scene.set.Find(created.name), created);
  EXPECT_EQ(scene.set.Arrears(DomainKey{3}), nullptr);
  EXPECT_EQ(scene.set.Arrears(created.key), nullptr);
  EXPECT_FALSE(scene.set.HostUse(kNs1).linked()) << "the purged domain used it";
  EXPECT_FALSE(scene.set.ContactUse(kJohn).linked());
}

TEST(WorkingSetMergeTest, TakesAMaterialisedPurgeForWhatItIs) {
  Scene scene;
  scene.AddPurgedDomain();
  const Changes written = scene.set.Merge(*scene.set.Arrears(DomainKey{3}));
  EXPECT_THAT(written.domains, SizeIs(1));
  EXPECT_THAT(written.messages, SizeIs(1));
  EXPECT_EQ(scene.set.Find(DomainName("gone.org")), nullptr);
  EXPECT_EQ(scene.set.Arrears(DomainKey{3}), nullptr);
  EXPECT_FALSE(scene.set.HostUse(kNs1).linked());
}

TEST(WorkingSetMergeTest, HandsOnWhatItDoesNotShow) {
  Scene scene;
  Registrar registrar;
  TldPolicy policy;
  policy.tld = "ngo";
  const Changes written = scene.set.Merge(Changes().Put(registrar).Put(policy));
  EXPECT_THAT(written.registrars, SizeIs(1));
  EXPECT_THAT(written.tlds, SizeIs(1));
}

TEST(WorkingSetMergeDeathTest, AbortsForChangesThatStartFromSomethingElse) {
  Scene scene;
  Domain stale = scene.domain;
  stale.version = 7;
  EXPECT_DEATH(scene.set.Merge(Changes().Update(stale, stale)), "check failed");
  EXPECT_DEATH(scene.set.Merge(Changes().Delete(MakeDomain(9, "new.org"))), "check failed");
  EXPECT_DEATH(scene.set.Merge(Changes().Delete(MakeDomain(9, "unknown.org"))), "check failed");
  Host host = *scene.set.FindHost(kNs1);
  host.version = 7;
  EXPECT_DEATH(scene.set.Merge(Changes().Update(host, host)), "check failed");
  Contact contact = *scene.set.FindContact(kJohn);
  contact.version = 7;
  EXPECT_DEATH(scene.set.Merge(Changes().Delete(contact)), "check failed");
}

}  // namespace
}  // namespace registry
