// What a create and a renewal cost the database. The limits are there to be lowered; raising one
// takes a reason.
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <thread>

#include "registry/base/text.h"
#include "registry/commands/domain_info.h"
#include "registry/commands/domain_renew.h"
#include "registry/commands/host_info.h"
#include "registry/commands/organization_create.h"
#include "registry/store/allocation_tokens.h"
#include "registry/store/listed_labels.h"
#include "registry/types/years.h"
#include "tests/registry/store/group_scene.h"

namespace registry::store {
namespace {

using testing::Each;

// Since the cluster's statistics were flushed; a session reports when it goes idle for a second, so
// the store is closed before these are read.
struct Counts {
  int64_t inserted, updated, hot, deleted;
};

Counts CountsOf(const StoreScene& scene, const std::string& table) {
  const auto count = [&](const char* column) {
    return scene.Number(Concat("SELECT coalesce(sum(", column,
                               "), 0)::int8 FROM pg_stat_user_tables WHERE relname ~ '^", table,
                               "(_default|_[0-9_]+)?$'"));
  };
  return {count("n_tup_ins"), count("n_tup_upd"), count("n_tup_hot_upd"), count("n_tup_del")};
}

// Entries that inserting one row adds to indexes: one for each btree and GIN of the table.
int64_t IndexesOf(const StoreScene& scene, const std::string& table) {
  return scene.Number(
      Concat("SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a "
             "ON a.oid "
             "= c.relam WHERE i.indrelid = '",
             table, "'::regclass AND a.amname <> 'brin' AND i.indpred IS NULL"));
}

class BudgetTest : public testing::Test {
 protected:
  // Runs the commands in one group; counts what the server did for it.
  template <class Command>
  void RunGroup(const std::vector<Command>& commands) {
    group.Begin();
    for (const Command& command : commands) group.answers.Send(*scene.store, scene.gold, command);
    group.End();
    EXPECT_THAT(group.answers.Await(), Each(ResultCode::kOk));
  }
  // Renewals by a year of names that were registered for `years`.
  std::vector<DomainRenew> Renewals(const std::vector<DomainCreate>& creates, int years) const {
    const absl::CivilDay expiry = UtcDay(AddYears(scene.clock.Now(), years));
    std::vector<DomainRenew> renews;
    for (const DomainCreate& create : creates) renews.push_back({create.name, expiry, Years(1)});
    return renews;
  }
  int64_t RowsOf(const std::string& table) const {
    return scene.Number("SELECT count(*) FROM " + table);
  }
  // Closes the store, which makes its sessions report.
  void Settle() {
    scene.store.reset();
    const std::string open =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'test'";
    while (scene.Number(open) > 0) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }

  GroupScene group;
  StoreScene& scene = group.scene;
};

constexpr int kGroup = 100;

TEST_F(BudgetTest, ACreateWritesEightRowsAndEightIndexEntries) {
  const std::map<std::string, int64_t> tables = {{"domains", 1}, {"links", 3},  {"calendar", 1},
                                                 {"history", 1}, {"ledger", 1}, {"feed", 1}};
  std::map<std::string, int64_t> before;
  for (const auto& [table, rows] : tables) before[table] = RowsOf(table);
  const int64_t groups = RowsOf("commit_groups");
  std::vector<DomainCreate> creates;
  for (int i = 0; i < kGroup; ++i) creates.push_back(CreateOrg(Concat("n", i, ".org")));
  RunGroup(creates);
  // With two name servers, and one contact that is registrant, admin and tech: three links.
  int64_t rows = 0, entries = 0;
  for (const auto& [table, expected] : tables) {
    const int64_t plug = table == "history" ? 1 : 0;
    EXPECT_EQ(RowsOf(table) - before[table] - plug, expected * kGroup) << table;
    rows += expected;
    entries += expected * IndexesOf(scene, table);
  }
  EXPECT_EQ(rows, 8);
  EXPECT_EQ(entries, 8);
  EXPECT_EQ(RowsOf("commit_groups") - groups, 2);  // one for the plug
  Settle();
  EXPECT_EQ(CountsOf(scene, "domains").updated, 0);
  EXPECT_EQ(CountsOf(scene, "balances").updated, 2 + 1);  // two deposits, one group of charges
  EXPECT_EQ(CountsOf(scene, "balances").hot, 3);
}

// Key, identifier, and what RDAP searches by: name and e-mail.
TEST_F(BudgetTest, AContactHasFourIndexEntries) { EXPECT_EQ(IndexesOf(scene, "contacts"), 4); }

TEST_F(BudgetTest, TheLogStaysLean) {
  // Statistics of the log are those of the whole cluster, which is this test's own.
  std::vector<DomainCreate> creates;
  for (int i = 0; i < kGroup; ++i) creates.push_back(CreateNgo(Concat("n", i, ".ngo")));
  RunGroup(creates);  // makes pages and prepares statements
  for (int i = 0; i < kGroup; ++i) creates[i] = CreateNgo(Concat("m", i, ".ngo"));
  const std::string written = "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn";
  const std::string empty_log = "CHECKPOINT";
  scene.Query(empty_log);
  RunGroup(creates);  // whole pages, once after the checkpoint
  for (int i = 0; i < kGroup; ++i) creates[i] = CreateNgo(Concat("o", i, ".ngo"));
  const int64_t before = scene.Number(written);
  RunGroup(creates);
  const int64_t bytes_per_create = (scene.Number(written) - before) / kGroup;
  RecordProperty("wal_bytes_per_create", Concat(bytes_per_create));
  EXPECT_LT(bytes_per_create, 1450);  // measured: 1290
}

TEST_F(BudgetTest, TheLogOfRenewalsStaysLean) {
  std::vector<DomainCreate> spread;  // one in ten, as renewals are
  for (int batch = 0; batch < 10; ++batch) {
    std::vector<DomainCreate> creates;
    for (int i = 0; i < kGroup; ++i) creates.push_back(CreateOrg(Concat(batch, "-", i, ".org")));
    RunGroup(creates);
    for (int i = 0; i < kGroup; i += 10) spread.push_back(creates[i]);
  }
  RunGroup(Renewals(spread, 1));  // makes pages and prepares statements
  scene.Query("CHECKPOINT");
  RunGroup(Renewals(spread, 2));  // whole pages, once after the checkpoint
  const std::string written = "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn";
  const int64_t before = scene.Number(written);
  RunGroup(Renewals(spread, 3));
  const int64_t bytes = (scene.Number(written) - before) / kGroup;
  RecordProperty("wal_bytes_per_renewal", Concat(bytes));
  EXPECT_LT(bytes, 2100);  // measured: 1864, 480 of them whole pages of indexes
}

TEST_F(BudgetTest, ARenewalWritesFourRowsAndTwoIndexEntries) {
  std::vector<DomainCreate> creates;
  for (int i = 0; i < kGroup; ++i) creates.push_back(CreateOrg(Concat("n", i, ".org")));
  RunGroup(creates);
  const std::map<std::string, int64_t> tables = {
      {"links", 0}, {"calendar", 0}, {"history", 1}, {"ledger", 1}, {"feed", 1}};
  std::map<std::string, int64_t> before;
  for (const auto& [table, rows] : tables) before[table] = RowsOf(table);
  RunGroup(Renewals(creates, 1));
  int64_t entries = 0;
  for (const auto& [table, expected] : tables) {
    const int64_t plug = table == "history" ? 1 : 0;
    EXPECT_EQ(RowsOf(table) - before[table] - plug, expected * kGroup) << table;
    entries += expected * IndexesOf(scene, table);
  }
  EXPECT_EQ(entries, 2);
  Settle();
  EXPECT_EQ(CountsOf(scene, "domains").updated, kGroup);  // the fourth row
}

TEST_F(BudgetTest, ARenewalStaysInItsPage) {
  std::vector<DomainCreate> creates;
  for (int i = 0; i < kGroup; ++i) creates.push_back(CreateOrg(Concat("n", i, ".org")));
  RunGroup(creates);
  constexpr int kRenewed = 10;  // a tenth, spread: as renewals are
  std::vector<DomainCreate> some;
  for (int i = 0; i < kGroup; i += kGroup / kRenewed) some.push_back(creates[i]);
  RunGroup(Renewals(some, 1));
  Settle();
  const Counts domains = CountsOf(scene, "domains");
  EXPECT_EQ(domains.updated, kRenewed);
  EXPECT_EQ(domains.hot, kRenewed);
  EXPECT_EQ(CountsOf(scene, "links").inserted, 3 * kGroup);
  EXPECT_EQ(CountsOf(scene, "links").deleted, 0);
  // The add grace period ends first, before and after: nothing new in the calendar.
  EXPECT_EQ(CountsOf(scene, "calendar").inserted, kGroup);
}

TEST_F(BudgetTest, AGroupTakesTwoRoundTripsWhateverItsSize) {
  for (int size : {1, kGroup}) {
    SCOPED_TRACE(size);
    std::vector<DomainCreate> creates;
    for (int i = 0; i < size; ++i) creates.push_back(CreateOrg(Concat("n", size, "-", i, ".org")));
    RunGroup(creates);  // also prepares the statements
    creates.clear();
    for (int i = 0; i < size; ++i) creates.push_back(CreateOrg(Concat("m", size, "-", i, ".org")));
    const StoreStatistics before = scene.store->statistics();
    RunGroup(creates);
    const StoreStatistics after = scene.store->statistics();
    EXPECT_EQ(after.groups - before.groups, 2);  // with the plug
    EXPECT_EQ(after.round_trips - before.round_trips, 4);
    // The plug: BEGIN, version, contact, balance; contact, history, group, COMMIT. The creates:
    // BEGIN, version, domains, hosts, contacts, balance; domains, links, calendar, history, ledger,
    // feed, group, balance, COMMIT.
    EXPECT_EQ(after.statements - before.statements, 8 + 15);
  }
}

TEST_F(BudgetTest, ListsAndTokensCostAStatementEachAndNoRoundTrip) {
  const LabelEdit edit{"org", {{"held", ListedLabel{}}}, false, "jon", ""};
  ASSERT_TRUE(EditLabels(scene.database, edit, scene.clock.Now(), [](int64_t) {}).ok());
  AllocationToken token;
  token.digest = GivenToken("sale").digest();
  token.kind = AllocationToken::Kind::kPromotion;
  token.discount = 50;
  token.max_uses = 0;
  ASSERT_TRUE(CreateTokens(scene.database, {token}, "jon", scene.clock.Now()).ok());
  const auto creates = [](std::string_view prefix, int count, bool with_token) {
    std::vector<DomainCreate> list;
    for (int i = 0; i < count; ++i) list.push_back(CreateOrg(Concat(prefix, i, ".org")));
    if (with_token) list[0].token = list[1].token = GivenToken("sale");
    return list;
  };
  RunGroup(creates("a", 2, true));  // learns of the list, and prepares the statements
  const auto counted = [&](const std::vector<DomainCreate>& list) {
    const StoreStatistics before = scene.store->statistics();
    RunGroup(list);
    const StoreStatistics after = scene.store->statistics();
    return std::pair(after.round_trips - before.round_trips, after.statements - before.statements);
  };
  EXPECT_EQ(counted(creates("b", kGroup, false)), std::pair(int64_t{4}, int64_t{8 + 15 + 1}));
  EXPECT_EQ(counted(creates("c", kGroup, true)), std::pair(int64_t{4}, int64_t{8 + 15 + 3}));
  Settle();
  EXPECT_EQ(CountsOf(scene, "allocation_tokens").updated, 2) << "one for each group";
}

TEST_F(BudgetTest, OrganizationsCostAStatementAndALink) {
  OrganizationCreate reseller;
  reseller.id = OrganizationId("res1");
  reseller.roles = {HeldRole()};
  ASSERT_EQ(scene.Code(scene.gold, reseller), ResultCode::kOk);
  const auto creates = [](std::string_view prefix) {
    std::vector<DomainCreate> list;
    for (int i = 0; i < kGroup; ++i) {
      list.push_back(CreateOrg(Concat(prefix, i, ".org")));
      list.back().organizations = {{OrganizationRole::kReseller, OrganizationId("res1")}};
    }
    return list;
  };
  RunGroup(creates("a"));  // prepares the statements
  const int64_t links = RowsOf("links");
  const StoreStatistics before = scene.store->statistics();
  RunGroup(creates("b"));
  const StoreStatistics after = scene.store->statistics();
  EXPECT_EQ(after.round_trips - before.round_trips, 4);
  EXPECT_EQ(after.statements - before.statements, 8 + 15 + 1);
  EXPECT_EQ(RowsOf("links") - links, 4 * kGroup);
}

TEST_F(BudgetTest, AReadTakesOneRoundTripAndAnotherForWhatADomainRefersTo) {
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("a.org")), ResultCode::kOk);
  const auto spent = [this](const auto& command) {
    const StoreStatistics before = scene.store->statistics();
    EXPECT_EQ(scene.Code(scene.gold, command), ResultCode::kOk);
    const StoreStatistics after = scene.store->statistics();
    return std::pair(after.round_trips - before.round_trips, after.statements - before.statements);
  };
  // BEGIN, version, the host, who uses it, the domain above it, balance, COMMIT.
  EXPECT_EQ(spent(HostInfo{DomainName("ns1.example.net")}), (std::pair<int64_t, int64_t>(1, 7)));
  // BEGIN, version, domains, hosts below them, balance; their hosts, their contacts, COMMIT.
  EXPECT_EQ(spent(DomainInfo{DomainName("a.org")}), (std::pair<int64_t, int64_t>(2, 8)));
}

}  // namespace
}  // namespace registry::store
