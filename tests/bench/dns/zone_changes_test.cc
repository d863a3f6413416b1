#include "bench/dns/zone_changes.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace bench {
namespace {

using Kind = ZoneChanges::Kind;

ZoneChanges Sample(uint32_t names) {
  return {NameSeries::Fresh("t", "1", "org"),
          {"ns1.a.example", "ns2.a.example", "ns.b.example"},
          names};
}

TEST(ZoneChangesTest, BeginWithCreationsOfAsManyNamesAsThereAreToBe) {
  ZoneChanges changes = Sample(5);
  std::set<std::string> names;
  for (int i = 0; i < 5; ++i) {
    const auto change = changes.Next();
    EXPECT_EQ(change.kind, Kind::kCreate);
    EXPECT_EQ(change.servers.size(), 2);
    names.insert(change.name);
    changes.Done(change.number);
  }
  EXPECT_EQ(names.size(), 5);
}

TEST(ZoneChangesTest, NeverChangeANameThatIsOpen) {
  ZoneChanges changes = Sample(10);
  std::deque<uint32_t> open;
  std::set<uint32_t> numbers;
  for (int i = 0; i < 2000; ++i) {
    const auto change = changes.Next();
    EXPECT_TRUE(numbers.insert(change.number).second);
    open.push_back(change.number);
    if (open.size() < 8) continue;
    numbers.erase(open.front());
    changes.Done(open.front());
    open.pop_front();
  }
}

// Each change says what was there before, as the zone has it.
TEST(ZoneChangesTest, FollowFromEachOther) {
  ZoneChanges changes = Sample(20);
  std::map<std::string, ZoneChanges::Change> zone;
  std::map<Kind, int> seen;
  for (int i = 0; i < 5000; ++i) {
    const auto change = changes.Next();
    changes.Done(change.number);
    ++seen[change.kind];
    const auto before = zone.find(change.name);
    ASSERT_EQ(before == zone.end(), change.kind == Kind::kCreate);
    if (change.kind == Kind::kDelete) {
      EXPECT_TRUE(change.servers.empty());
      zone.erase(before);
      continue;
    }
    if (change.kind == Kind::kServers) {
      EXPECT_EQ(before->second.servers[1], change.removed);
      EXPECT_EQ(change.servers[1], change.added);
      EXPECT_NE(change.added, change.removed);
    } else if (change.kind == Kind::kDs) {
      EXPECT_NE(before->second.ds == 0, change.ds == 0);
    }
    zone.insert_or_assign(change.name, change);
  }
  for (const Kind kind : {Kind::kCreate, Kind::kServers, Kind::kDs, Kind::kDelete}) {
    EXPECT_GT(seen[kind], 800);
  }
}

TEST(ZoneChangesTest, ForgetANameWhoseChangeFailed) {
  ZoneChanges changes = Sample(1);
  const auto lost = changes.Next();
  changes.Lost(lost.number);
  EXPECT_NE(changes.Next().name, lost.name);
}

TEST(ZoneChangesTest, RemoveWhatIsThere) {
  ZoneChanges changes = Sample(2);
  const auto first = changes.Next(), second = changes.Next();
  EXPECT_FALSE(changes.Remove().has_value());
  changes.Done(first.number);
  const auto removed = changes.Remove();
  ASSERT_TRUE(removed.has_value());
  EXPECT_EQ(removed->name, first.name);
  EXPECT_EQ(removed->kind, Kind::kDelete);
  changes.Done(removed->number);
  EXPECT_FALSE(changes.Remove().has_value());
}

TEST(ZoneChangesTest, WantTheDigestThatIsSent) {
  EXPECT_EQ(DigestOf(7).size(), 64);
  EXPECT_NE(DigestOf(7), DigestOf(8));
  ZoneChanges::Change change;
  change.name = "a.org";
  change.servers = {"ns2.a.example", "ns1.a.example"};
  change.ds = 0x0107;
  const Delegation wanted = WantedBy(change);
  EXPECT_EQ(wanted.ds.size(), 36);
  EXPECT_EQ(wanted.ds.substr(0, 4), std::string({1, 7, 13, 2}));
  EXPECT_LT(wanted.servers[0], wanted.servers[1]);
}

}  // namespace
}  // namespace bench
