// What RDAP's searches find in the database, and by which index.
#include "registry/store/object_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <mutex>
#include <thread>

#include "registry/base/text.h"
#include "registry/commands/domain_update.h"
#include "registry/store/connection.h"
#include "registry/store/object_searcher.h"
#include "tests/registry/store/store_scene.h"
#include "tests/support/private_cluster.h"

namespace registry::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ObjectSearchTest : public testing::Test {
 protected:
  ObjectSearchTest() { Connect(); }

  void Connect() {
    ConnectionOptions options;
    options.application = "reader";
    options.keyed_plans = true;
    options.writable = false;
    connection = *Connection::Open(scene.database, options);
  }

  FoundObjects Find(const ObjectSearch& search) {
    auto found = FindObjects(*connection, search);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? *std::move(found) : FoundObjects();
  }
  std::vector<std::string> Names(ObjectSearch search) {
    if (search.limit == 1) search.limit = 100;
    std::vector<std::string> names;
    for (const FoundObject& object : Find(search).objects) names.push_back(object.name);
    return names;
  }
  // All, page by page, from the beginning to the end or the other way.
  std::vector<std::string> Walk(SearchFor what, bool backward = false) {
    ObjectSearch search;
    search.what = std::move(what);
    search.backward = backward;
    search.limit = 2;
    std::vector<std::string> names;
    while (true) {
      const std::vector<FoundObject> objects = Find(search).objects;
      if (objects.empty() || names.size() > 100) break;
      for (const FoundObject& object : objects) names.push_back(object.name);
      search.from = objects.back().position;
    }
    if (backward) std::reverse(names.begin(), names.end());
    return names;
  }
  int64_t KeyOf(const std::string& table, const std::string& handle) {
    return scene.Number(Concat("SELECT id FROM ", table, " WHERE handle = '", handle, "'"));
  }
  void AddContact(std::string_view id, std::string_view name, Disclose disclose,
                  std::string_view email = "a@b.org") {
    ContactCreate create = CreateContact(id);
    create.international->name = name;
    create.localized.reset();
    create.disclose = disclose;
    create.email = email;
    ASSERT_EQ(scene.Code(scene.gold, create), ResultCode::kOk);
  }

  StoreScene scene;
  std::unique_ptr<Connection> connection;
};

constexpr Disclose kShown{true, Disclose::kNameInt};

TEST_F(ObjectSearchTest, DomainsByName) {
  for (const char* name : {"walk1.org", "walk-2.org", "walk3.org", "walking.org", "wal.org"}) {
    scene.Run(scene.gold, CreateOrg(name));
  }
  scene.Run(scene.gold, CreateNgo("walk1.ngo"));
  EXPECT_THAT(Names({DomainsNamed{{"walk", "", false}}}),
              ElementsAre("walk-2.org", "walk1.ngo", "walk1.org", "walk3.org", "walking.org"));
  EXPECT_THAT(Names({DomainsNamed{{"walk", ".org", false}}}),
              ElementsAre("walk-2.org", "walk1.org", "walk3.org", "walking.org"));
  EXPECT_THAT(Names({DomainsNamed{{"wal", ".org", false}}}), SizeIs(5));
  EXPECT_THAT(Names({DomainsNamed{{"walk1.org", "", true}}}), ElementsAre("walk1.org"));
  EXPECT_THAT(Names({DomainsNamed{{"walk1", "", true}}}), IsEmpty());
  EXPECT_THAT(Names({DomainsNamed{{"x", "", false}}}), IsEmpty());
  for (const char* suffix : {"", ".org"}) {
    const DomainsNamed what{{"walk", suffix, false}};
    EXPECT_EQ(Walk(what), Names({what}));
    EXPECT_EQ(Walk(what, /*backward=*/true), Names({what}));
  }
  // A position outside of what is searched for leads nowhere else.
  for (const char* suffix : {"", ".org"}) {
    ObjectSearch search{DomainsNamed{{"walki", suffix, false}}};
    search.limit = 100;
    search.from = SearchPosition{"a", 0};
    EXPECT_THAT(Names(search), ElementsAre("walking.org"));
    search.backward = true;
    EXPECT_THAT(Names(search), IsEmpty());
    search.from = SearchPosition{"zzz", 0};
    EXPECT_THAT(Names(search), ElementsAre("walking.org"));
    search.backward = false;
    EXPECT_THAT(Names(search), IsEmpty());
  }
  const FoundObject first = Find({DomainsNamed{{"walk3", "", false}}}).objects.front();
  EXPECT_EQ(first.position, (SearchPosition{"walk3.org", 0}));
  EXPECT_EQ(first.created, first.created);
  EXPECT_TRUE(first.expires.has_value());
  EXPECT_FALSE(first.updated.has_value());
}

TEST_F(ObjectSearchTest, TheSuffixIsTriedForSoManyNamesOnly) {
  for (int i = 0; i < 6; ++i) scene.Run(scene.gold, CreateOrg(Concat("walk", i, ".org")));
  scene.Run(scene.gold, CreateNgo("walk9.ngo"));
  ObjectSearch search{DomainsNamed{{"walk", ".ngo", false}}};
  search.limit = 10;
  search.most_scanned = 6;
  EXPECT_THAT(Find(search).objects, IsEmpty());
  EXPECT_TRUE(Find(search).cut);
  search.most_scanned = 7;
  EXPECT_THAT(Find(search).objects, SizeIs(1));
  EXPECT_FALSE(Find(search).cut);
}

TEST_F(ObjectSearchTest, HostsByNameAndAddress) {
  scene.Run(scene.gold, CreateOrg("a.org"));
  for (const char* name : {"ns1.a.org", "ns2.a.org", "ns1.b.a.org"}) {
    scene.Run(scene.gold, CreateHost(name, {IpAddress("192.0.2.1"), IpAddress("2001:db8::1")}));
  }
  EXPECT_THAT(
      Names({HostsNamed{{"ns", "", false}}}),
      ElementsAre("ns1.a.org", "ns1.b.a.org", "ns1.example.net", "ns2.a.org", "ns2.example.net"));
  EXPECT_THAT(Names({HostsNamed{{"ns", ".a.org", false}}}), ElementsAre("ns1.a.org", "ns2.a.org"));
  EXPECT_EQ(Walk(HostsNamed{{"ns", "", false}}, true), Names({HostsNamed{{"ns", "", false}}}));
  EXPECT_THAT(Names({HostsWith{IpAddress("192.0.2.1")}}), SizeIs(3));
  EXPECT_THAT(Names({HostsWith{IpAddress("2001:db8::1")}}), SizeIs(3));
  EXPECT_THAT(Names({HostsWith{IpAddress("192.0.2.2")}}), IsEmpty());
}

TEST_F(ObjectSearchTest, DomainsByTheirHosts) {
  std::vector<std::string> all;
  for (int i = 9; i > 4; --i) {
    all.push_back(Concat("walk", i, ".org"));
    scene.Run(scene.gold, CreateOrg(all.back()));
  }
  scene.Run(scene.gold, CreateNgo("none.ngo"));
  scene.Run(scene.gold, CreateHost("ns1.walk5.org", {IpAddress("192.0.2.1")}));
  DomainUpdate update;
  update.name = DomainName("none.ngo");
  update.add.name_servers = {DomainName("ns1.walk5.org")};
  ASSERT_EQ(scene.Code(scene.gold, update), ResultCode::kOk);
  const DomainsOfHostsNamed exact{{"ns1.example.net", "", true}};
  EXPECT_EQ(Walk(exact), all);
  EXPECT_EQ(Walk(exact, true), all);
  EXPECT_EQ(Walk(DomainsOfHostsNamed{{"ns", ".example.net", false}}), all);  // each once
  EXPECT_THAT(Walk(DomainsOfHostsNamed{{"ns", "", false}}), SizeIs(6));
  EXPECT_THAT(Names({DomainsOfHostsWith{IpAddress("192.0.2.1")}}), ElementsAre("none.ngo"));
  EXPECT_THAT(Names({DomainsOfHostsWith{IpAddress("192.0.2.9")}}), IsEmpty());
  ObjectSearch search{exact};
  search.most_related = 1;
  EXPECT_FALSE(Find(search).too_many_related);
  search.what = DomainsOfHostsNamed{{"ns", "", false}};
  EXPECT_TRUE(Find(search).too_many_related);
  EXPECT_THAT(Find(search).objects, IsEmpty());
}

TEST_F(ObjectSearchTest, DomainsByTheirContacts) {
  AddContact("person", "P\u00e9ter Person", {}, "Peter@B.org");
  scene.Run(scene.gold, CreateOrg("held.org"));
  DomainCreate other = CreateOrg("teched.org");
  other.contacts = {{ContactRole::kTech, ContactId("person")},
                    {ContactRole::kAdmin, ContactId("holder")}};
  ASSERT_EQ(scene.Code(scene.gold, other), ResultCode::kOk);
  const int64_t person = KeyOf("contacts", "person"), holder = KeyOf("contacts", "holder");
  const auto find = [&](DomainsOfContacts wanted) { return Walk(std::move(wanted)); };
  EXPECT_THAT(find({person, {}, {}, {}}), ElementsAre("teched.org"));
  EXPECT_THAT(find({holder, {}, {}, {}}), ElementsAre("held.org", "teched.org"));
  EXPECT_THAT(find({person, {}, {}, 't'}), ElementsAre("teched.org"));
  EXPECT_THAT(find({person, {}, {}, 'a'}), IsEmpty());
  EXPECT_THAT(find({person, {}, {}, 'r'}), IsEmpty());
  EXPECT_THAT(find({holder, {}, {}, 'r'}), ElementsAre("held.org", "teched.org"));
  EXPECT_THAT(find({holder, {}, {}, 'a'}), ElementsAre("held.org", "teched.org"));
  EXPECT_THAT(find({holder, {}, {}, 't'}), ElementsAre("held.org"));
  EXPECT_THAT(find({{}, TextPattern{"p\u00e9t", "", false}, {}, {}}), ElementsAre("teched.org"));
  EXPECT_THAT(find({{}, {}, TextPattern{"peter@b.org", "", true}, {}}), ElementsAre("teched.org"));
  EXPECT_THAT(find({{}, {}, TextPattern{"peter@", "", false}, {}}), ElementsAre("teched.org"));
  EXPECT_THAT(find({{}, TextPattern{"x", "", false}, TextPattern{"peter@", "", false}, {}}),
              IsEmpty());
  EXPECT_THAT(find({holder, TextPattern{"p\u00e9t", "", false}, {}, {}}), IsEmpty());
}

TEST_F(ObjectSearchTest, ContactsByTheNameThatIsPublished) {
  AddContact("con1", "Zed Shown", kShown);
  AddContact("con2", "ZED hidden", {});
  AddContact("con3", "zed Shown", kShown);
  AddContact("con4", "Zed not to be shown", {false, Disclose::kNameInt});
  AddContact("con5", "Zed elsewhere", {true, Disclose::kNameLoc});
  AddContact("con6", "Zed's mail only", {true, Disclose::kEmail});
  ContactCreate both = CreateContact("con7");
  both.localized = both.international;
  both.international->name = "Zed international";
  both.localized->name = "Zed localized";
  both.disclose = {true, Disclose::kNameLoc};
  ASSERT_EQ(scene.Code(scene.gold, both), ResultCode::kOk);
  const TextPattern zed{"zed", "", false};
  EXPECT_THAT(Walk(ContactsNamed{zed, true}),
              ElementsAre("zed localized", "zed shown", "zed shown"));
  EXPECT_EQ(Walk(ContactsNamed{zed, true}, true), Walk(ContactsNamed{zed, true}));
  EXPECT_THAT(Walk(ContactsNamed{zed, false}),
              ElementsAre("zed elsewhere", "zed hidden", "zed localized", "zed not to be shown",
                          "zed shown", "zed shown", "zed's mail only"));
  EXPECT_EQ(Walk(ContactsNamed{zed, false}, true), Walk(ContactsNamed{zed, false}));
  EXPECT_THAT(Names({ContactsNamed{{"zed shown", "", true}, true}}), SizeIs(2));
  EXPECT_THAT(Names({ContactsNamed{{"zed", "", true}, false}}), IsEmpty());

  const int64_t first = KeyOf("contacts", "con1"), last = KeyOf("contacts", "con7");
  const std::vector<KeyRange> ranges = {
      {first, first + 1}, {first + 2, last}, {last + 1, 1L << 60}};
  EXPECT_THAT(Walk(ContactsWithKeys{ranges, true}),
              ElementsAre("zed shown", "zed shown", "zed localized"));
  EXPECT_EQ(Walk(ContactsWithKeys{ranges, true}, true), Walk(ContactsWithKeys{ranges, true}));
  EXPECT_THAT(Walk(ContactsWithKeys{ranges, false}), SizeIs(7));
  EXPECT_THAT(Walk(ContactsWithKeys{{{first, first}}, true}), ElementsAre("zed shown"));
}

// No search reads a table from its beginning to its end: with sequential scans switched off the
// planner takes one only where no index does.
TEST_F(ObjectSearchTest, EverySearchGoesByAnIndex) {
  AddContact("con1", "Zed Shown", kShown);
  scene.Run(scene.gold, CreateOrg("a.org"));
  const auto scans = [&](const std::string& table) {
    return scene.Number(
        Concat("SELECT coalesce(seq_scan, 0) FROM pg_stat_user_tables WHERE "
               "relname = '",
               table, "'"));
  };
  const auto uses = [&](const std::string& index) {
    return scene.Number(
        Concat("SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = '", index, "'"));
  };
  const auto settle = [&] {
    connection.reset();
    const std::string open =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'reader'";
    while (scene.Number(open) > 0) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    Connect();
  };
  const TextPattern pattern{"zed", "", false};
  struct Case {
    SearchFor what;
    const char* index;
  };
  const Case cases[] = {
      {DomainsNamed{pattern}, "domains_name_key"},
      {DomainsNamed{{"zed", ".org", false}}, "domains_name_key"},
      {DomainsOfHostsNamed{{"ns1.example.net", "", true}}, "links_pkey"},
      {DomainsOfHostsWith{IpAddress("192.0.2.1")}, "hosts_by_address"},
      {DomainsOfContacts{KeyOf("contacts", "con1"), {}, {}, 'r'}, "links_pkey"},
      {DomainsOfContacts{{}, pattern, {}, {}}, "contacts_by_name"},
      {DomainsOfContacts{{}, {}, pattern, {}}, "contacts_by_email"},
      {HostsNamed{pattern}, "hosts_name_key"},
      {HostsNamed{{"zed", ".org", false}}, "hosts_name_key"},
      {HostsWith{IpAddress("192.0.2.1")}, "hosts_by_address"},
      {ContactsNamed{pattern, true}, "contacts_by_name"},
      {ContactsNamed{pattern, false}, "contacts_by_name"},
      {ContactsWithKeys{{{1, 1L << 60}}, true}, "contacts_published"},
      {ContactsWithKeys{{{1, 1L << 60}}, false}, "contacts_pkey"},
  };
  for (const Case& c : cases) {
    for (bool backward : {false, true}) {
      settle();
      std::vector<int64_t> before;
      for (const char* table : {"domains", "hosts", "contacts", "links"}) {
        before.push_back(scans(table));
      }
      const int64_t used = uses(c.index);
      ObjectSearch search{c.what};
      search.backward = backward;
      search.limit = 10;
      Find(search);
      settle();
      EXPECT_GT(uses(c.index), used) << c.index << backward;
      size_t i = 0;
      for (const char* table : {"domains", "hosts", "contacts", "links"}) {
        EXPECT_EQ(scans(table), before[i++]) << table << " for " << c.index;
      }
    }
  }
}

// -- the searcher --

absl::StatusOr<FoundObjects> Await(ObjectSearcher& searcher, ObjectSearch search) {
  std::promise<absl::StatusOr<FoundObjects>> promise;
  searcher.Find(std::move(search),
                [&](absl::StatusOr<FoundObjects> found) { promise.set_value(std::move(found)); });
  return promise.get_future().get();
}

TEST_F(ObjectSearchTest, TheSearcherFindsAndSurvivesALostConnection) {
  scene.Run(scene.gold, CreateOrg("a.org"));
  ObjectSearcher searcher({scene.database, "searcher", 1, 10, absl::Seconds(5)});
  const ObjectSearch search{DomainsNamed{{"a.o", "", false}}};
  EXPECT_THAT(Await(searcher, search)->objects, SizeIs(1));
  tests::PrivateCluster::Shared().TerminateBackends("searcher");
  absl::StatusOr<FoundObjects> found = Await(searcher, search);
  if (!found.ok()) found = Await(searcher, search);
  EXPECT_THAT(found->objects, SizeIs(1));
}

TEST_F(ObjectSearchTest, TheSearcherGivesUpInTimeAndSendsAwayWhatIsTooMuch) {
  ObjectSearcher searcher({scene.database, "searcher", 1, 2, absl::Milliseconds(300)});
  auto blocker = *Connection::Open(scene.database, {});
  ASSERT_TRUE(blocker->Script("BEGIN; LOCK TABLE domains IN ACCESS EXCLUSIVE MODE").ok());
  const ObjectSearch search{DomainsNamed{{"a.o", "", false}}};
  std::mutex mutex;
  std::vector<absl::StatusCode> codes;
  const auto ask = [&] {
    searcher.Find(search, [&](absl::StatusOr<FoundObjects> found) {
      const std::lock_guard lock(mutex);
      codes.push_back(found.status().code());
    });
  };
  const auto count = [&] {
    const std::lock_guard lock(mutex);
    return codes.size();
  };
  ask();
  const std::string busy =
      "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'searcher' AND state = "
      "'active'";
  while (scene.Number(busy) == 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  for (int i = 0; i < 4; ++i) ask();
  EXPECT_GE(count(), 2U);  // two wait, two were sent away
  while (count() < 5) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(std::count(codes.begin(), codes.end(), absl::StatusCode::kResourceExhausted), 2);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), absl::StatusCode::kDeadlineExceeded), 3);
  ASSERT_TRUE(blocker->Script("ROLLBACK").ok());
  EXPECT_TRUE(Await(searcher, search).ok());
}

TEST_F(ObjectSearchTest, TheSearcherEndsWithWhatWaitsUnanswered) {
  auto blocker = *Connection::Open(scene.database, {});
  ASSERT_TRUE(blocker->Script("BEGIN; LOCK TABLE domains IN ACCESS EXCLUSIVE MODE").ok());
  std::vector<absl::StatusCode> codes;
  std::mutex mutex;
  {
    ObjectSearcher searcher({scene.database, "searcher", 1, 10, absl::Milliseconds(300)});
    for (int i = 0; i < 3; ++i) {
      searcher.Find({DomainsNamed{{"a.o", "", false}}}, [&](absl::StatusOr<FoundObjects> found) {
        const std::lock_guard lock(mutex);
        codes.push_back(found.status().code());
      });
    }
  }
  EXPECT_THAT(codes, SizeIs(3));
  EXPECT_NE(std::count(codes.begin(), codes.end(), absl::StatusCode::kCancelled), 0);
}

}  // namespace
}  // namespace registry::store
