// What reads the store beside the commands.
#include <gtest/gtest.h>

#include <thread>

#include "registry/base/text.h"
#include "registry/commands/contact_delete.h"
#include "registry/commands/domain_delete.h"
#include "registry/commands/domain_materialize.h"
#include "registry/commands/domain_update.h"
#include "registry/commands/host_update.h"
#include "registry/commands/organization_create.h"
#include "registry/lifecycle/project.h"
#include "registry/store/audit.h"
#include "registry/store/calendar.h"
#include "registry/store/connection.h"
#include "registry/store/feed_reader.h"
#include "registry/store/history_reader.h"
#include "registry/store/maintenance.h"
#include "registry/store/operator_reader.h"
#include "registry/store/settings.h"
#include "tests/registry/store/store_scene.h"

namespace registry::store {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;
using testing::SizeIs;

std::vector<std::string> Names(const FeedReader::Batch& batch) {
  std::vector<std::string> names;
  for (const FeedEntry& entry : batch.entries) {
    names.push_back(Concat(std::string(1, static_cast<char>(entry.kind)), " ", entry.name));
  }
  return names;
}

// What is new, consumed.
std::vector<std::string> ReadAll(FeedReader& reader, int limit = 100) {
  std::vector<std::string> names;
  while (true) {
    absl::StatusOr<FeedReader::Batch> batch = reader.Read(limit);
    EXPECT_TRUE(batch.ok()) << batch.status();
    if (!batch.ok() || batch->entries.empty()) return names;
    for (std::string& name : Names(*batch)) names.push_back(std::move(name));
    EXPECT_TRUE(reader.Consume(batch->end).ok());
  }
}

TEST(FeedReaderTest, StartsFreshThenResumesWhereItWas) {
  StoreScene scene;
  {
    FeedReader reader(scene.database, "zone");
    EXPECT_EQ(*reader.Attach(), FeedReader::Start::kFresh);
    EXPECT_THAT(ReadAll(reader), IsEmpty());
    scene.Run(scene.gold, CreateOrg("a.org"));
    EXPECT_THAT(ReadAll(reader), ElementsAre("D a.org"));
    scene.Run(scene.gold, CreateOrg("b.org"));
    scene.Run(scene.gold, CreateOrg("c.org"));
  }
  FeedReader reader(scene.database, "zone");
  EXPECT_EQ(*reader.Attach(), FeedReader::Start::kResumed);
  EXPECT_EQ(*reader.Lag(), 2);
  absl::StatusOr<FeedReader::Batch> one = reader.Read(1);
  EXPECT_THAT(Names(*one), ElementsAre("D b.org"));
  EXPECT_THAT(Names(*reader.Read(1)), ElementsAre("D b.org"));
  ASSERT_TRUE(reader.Consume(one->end).ok());
  EXPECT_THAT(ReadAll(reader, 1), ElementsAre("D c.org"));
  EXPECT_EQ(*reader.Lag(), 0);
}

TEST(FeedReaderTest, ReadsOnBehindWhatIsNotConsumed) {
  StoreScene scene;
  FeedReader reader(scene.database, "zone");
  ASSERT_TRUE(reader.Attach().ok());
  scene.Run(scene.gold, CreateOrg("a.org"));
  scene.Run(scene.gold, CreateOrg("b.org"));
  const absl::StatusOr<FeedReader::Batch> first = reader.Read(1);
  ASSERT_TRUE(first.ok());
  const absl::StatusOr<FeedReader::Batch> second = reader.Read(10, first->end);
  ASSERT_TRUE(second.ok());
  EXPECT_THAT(Names(*second), ElementsAre("D b.org"));
  scene.Run(scene.gold, CreateOrg("c.org"));
  EXPECT_THAT(Names(*reader.Read(10, second->end)), ElementsAre("D c.org"));
  EXPECT_EQ(*reader.Lag(), 3);
  ASSERT_TRUE(reader.Consume(first->end).ok());
  EXPECT_THAT(ReadAll(reader), ElementsAre("D b.org", "D c.org"));
  ASSERT_TRUE(reader.Detach().ok());
  EXPECT_TRUE(absl::IsOutOfRange(reader.Read(10, second->end).status()));
}

TEST(FeedReaderTest, TransactionsComeInTheOrderOfTheirNumbers) {
  StoreScene scene;
  FeedReader reader(scene.database, "zone");
  ASSERT_TRUE(reader.Attach().ok());
  auto connection = Connection::Open(scene.database, {});
  ASSERT_TRUE(connection.ok());
  const char* const kTwo =
      "DELETE FROM feed; INSERT INTO feed VALUES ('10', 0, 'D', 2, 'ten.org', 'org'), "
      "('9', 0, 'D', 1, 'nine.org', 'org'); UPDATE feed_readers SET xid = '1'";
  ASSERT_TRUE((*connection)->Script(kTwo).ok());
  EXPECT_THAT(ReadAll(reader, 1), ElementsAre("D nine.org", "D ten.org"));
}

// The zone may not need their addresses any more, and the domain's rows do not tell.
TEST(FeedReaderTest, TellsOfHostsThatADomainHasLeft) {
  StoreScene scene;
  scene.Run(scene.gold, CreateOrg("a.org"));
  FeedReader reader(scene.database, "zone");
  ASSERT_TRUE(reader.Attach().ok());
  DomainUpdate update;
  update.name = DomainName("a.org");
  update.remove.name_servers = {DomainName("ns1.example.net")};
  ASSERT_EQ(scene.Code(scene.gold, update), ResultCode::kOk);
  EXPECT_THAT(ReadAll(reader), ElementsAre("D a.org", "H "));
  ASSERT_EQ(scene.Code(scene.gold, DomainDelete{DomainName("a.org")}), ResultCode::kOk);
  EXPECT_THAT(ReadAll(reader), ElementsAre("D a.org", "H "));
}

TEST(FeedReaderTest, KeepsANoteWithThePosition) {
  StoreScene scene;
  FeedReader reader(scene.database, "zone");
  EXPECT_TRUE(absl::IsOutOfRange(reader.Keep("x")));
  EXPECT_TRUE(absl::IsOutOfRange(reader.Note().status()));
  ASSERT_TRUE(reader.Attach().ok());
  EXPECT_EQ(*reader.Note(), "");
  ASSERT_TRUE(reader.Keep("one").ok());
  EXPECT_EQ(*reader.Note(), "one");
  scene.Run(scene.gold, CreateOrg("a.org"));
  absl::StatusOr<FeedReader::Batch> batch = reader.Read(10);
  ASSERT_TRUE(batch.ok());
  ASSERT_TRUE(reader.Consume(batch->end, "two").ok());
  EXPECT_EQ(*reader.Note(), "two");
  EXPECT_THAT(ReadAll(reader), IsEmpty());
}

TEST(FeedReaderTest, DoesNotSkipATransactionThatCommitsLate) {
  StoreScene scene;
  FeedReader reader(scene.database, "zone");
  ASSERT_TRUE(reader.Attach().ok());
  ConnectionOptions options;
  auto slow = Connection::Open(scene.database, options);
  ASSERT_TRUE(slow.ok());
  ASSERT_TRUE((*slow)
                  ->Script("BEGIN; INSERT INTO feed (ordinal, kind, object, name, tld) VALUES (0, "
                           "'D', 1, 'slow.org', 'org')")
                  .ok());
  scene.Run(scene.gold, CreateOrg("fast.org"));
  EXPECT_THAT(ReadAll(reader), IsEmpty());  // what may still be overtaken is held back
  ASSERT_TRUE((*slow)->Script("COMMIT").ok());
  EXPECT_THAT(ReadAll(reader), ElementsAre("D slow.org", "D fast.org"));
}

TEST(FeedReaderTest, NamesBothNamesOfARenamedHostAndChangedContactsOnly) {
  StoreScene scene;
  FeedReader reader(scene.database, "whois");
  ASSERT_TRUE(reader.Attach().ok());
  HostUpdate rename;
  rename.name = DomainName("ns1.example.net");
  rename.new_name = DomainName("ns8.example.net");
  ASSERT_EQ(scene.Code(scene.gold, rename), ResultCode::kOk);
  ASSERT_EQ(scene.Code(scene.gold, CreateContact("unseen")), ResultCode::kOk);
  EXPECT_THAT(ReadAll(reader), ElementsAre("H ns1.example.net", "H ns8.example.net"));
  ASSERT_EQ(scene.Code(scene.gold, ContactDelete{ContactId("unseen")}), ResultCode::kOk);
  EXPECT_THAT(ReadAll(reader), ElementsAre("C unseen")) << "it could be asked for by itself";
}

TEST(FeedReaderTest, IsWokenSoonAfterACommit) {
  StoreScene scene;
  FeedReader reader(scene.database, "zone");
  ASSERT_TRUE(reader.Attach().ok());
  ASSERT_TRUE(reader.Wait(absl::Seconds(1)).ok());  // listens from now on
  ASSERT_TRUE(reader.Wait(absl::Milliseconds(50)).ok());
  std::thread client([&] { scene.Run(scene.gold, CreateOrg("a.org")); });
  const absl::Time began = absl::Now();
  EXPECT_TRUE(*reader.Wait(absl::Seconds(30)));
  EXPECT_LT(absl::Now() - began, absl::Seconds(20));
  client.join();
  EXPECT_THAT(ReadAll(reader), ElementsAre("D a.org"));
}

TEST(FeedReaderTest, IsForgottenWhenAwayForTooLongAndThenRebuilds) {
  StoreScene scene;
  FeedReader away(scene.database, "away");
  FeedReader here(scene.database, "here");
  ASSERT_TRUE(away.Attach().ok());
  ASSERT_TRUE(here.Attach().ok());
  scene.Run(scene.gold, CreateOrg("a.org"));
  EXPECT_THAT(ReadAll(here), SizeIs(1));
  ASSERT_TRUE(PruneFeed(scene.database, {absl::Hours(1), absl::ZeroDuration()}).ok());
  EXPECT_EQ(scene.Number("SELECT count(*) FROM feed WHERE kind = 'D'"), 1);  // for `away`
  scene.Query("UPDATE feed_readers SET seen = now() - interval '2 hours' WHERE name = 'away'");
  ASSERT_TRUE(PruneFeed(scene.database, {absl::Hours(1), absl::ZeroDuration()}).ok());
  EXPECT_EQ(scene.Number("SELECT count(*) FROM feed"), 0);
  EXPECT_TRUE(absl::IsOutOfRange(away.Read(10).status()));
  EXPECT_EQ(*away.Attach(), FeedReader::Start::kFresh);
  EXPECT_EQ(*here.Attach(), FeedReader::Start::kResumed);
  ASSERT_TRUE(here.Detach().ok());
  EXPECT_TRUE(absl::IsOutOfRange(here.Read(10).status()));
}

TEST(FeedReaderTest, APositionOfAnotherServerIsNotTrusted) {
  StoreScene scene;
  scene.Query("INSERT INTO feed_readers VALUES ('zone', '1000000000', -1)");
  FeedReader reader(scene.database, "zone");
  EXPECT_EQ(*reader.Attach(), FeedReader::Start::kFresh);
}

TEST(CalendarTest, NamesWhatIsDueAndForgetsWhatIsDone) {
  StoreScene scene;
  const auto created = scene.Run(scene.gold, CreateOrg("a.org"));
  scene.Run(scene.gold, CreateNgo("b.ngo"));
  Calendar calendar(scene.database);
  EXPECT_THAT(*calendar.Due(scene.clock.Now(), 10), IsEmpty());
  const absl::Time next = *calendar.Next();
  EXPECT_EQ(next, (*created.outcome)->created + absl::Hours(24 * 5));
  scene.SetClock(absl::Hours(24 * 6));
  auto due = *calendar.Due(scene.clock.Now(), 10);
  ASSERT_THAT(due, SizeIs(2));
  EXPECT_EQ(due[0].kind, ObjectKind::kDomain);
  EXPECT_EQ(due[0].object, created.number);
  EXPECT_EQ(due[0].at, next);
  for (const Calendar::Entry& entry : due) {
    ASSERT_EQ(scene.Code(kLifecycle, DomainMaterialize{DomainKey{entry.object}}), ResultCode::kOk);
  }
  ASSERT_TRUE(calendar.Remove(due).ok());
  EXPECT_THAT(*calendar.Due(scene.clock.Now(), 10), IsEmpty());
  EXPECT_EQ(*calendar.Next(), (*created.outcome)->expires);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(CalendarTest, IsEmptyAtFirst) {
  StoreScene scene;
  Calendar calendar(scene.database);
  EXPECT_EQ(*calendar.Next(), absl::InfiniteFuture());
  EXPECT_TRUE(calendar.Remove({}).ok());
}

TEST(HistoryReaderTest, TellsAnObjectsWholeLife) {
  StoreScene scene;
  const auto created = scene.Run(scene.gold, CreateOrg("a.org"));
  DomainUpdate hold;
  hold.name = DomainName("a.org");
  hold.add.statuses = {Status::kClientHold};
  ASSERT_EQ(scene.Code(scene.gold, hold), ResultCode::kOk);
  ASSERT_EQ(scene.Code(scene.gold, DomainDelete{DomainName("a.org")}), ResultCode::kOk);
  ASSERT_EQ(scene.Code(scene.silver, CreateOrg("a.org")), ResultCode::kOk);

  const auto keys = *ObjectsNamed(scene.database, ObjectKind::kDomain, "a.org");
  ASSERT_THAT(keys, SizeIs(2));
  EXPECT_EQ(keys[0], created.number);
  EXPECT_THAT(*ObjectsNamed(scene.database, ObjectKind::kHost, "a.org"), IsEmpty());
  const auto entries = *ReadHistory(scene.database, ObjectKind::kDomain, keys[0]);
  ASSERT_THAT(entries, SizeIs(3));
  EXPECT_EQ(entries[0].number, created.number);
  EXPECT_EQ(entries[0].version, 1);
  EXPECT_EQ(entries[0].client_id, "client-1");
  EXPECT_EQ(entries[0].command, "test");
  EXPECT_THAT(entries[0].change, HasSubstr("a.org"));
  EXPECT_THAT(entries[1].change, HasSubstr("clientHold"));
  EXPECT_EQ(entries[2].change, R"({"deleted":true})");
  EXPECT_EQ(entries[2].version, 3);
  const auto ledger = *ReadLedger(scene.database, scene.gold, 10);
  ASSERT_THAT(ledger, SizeIs(3));
  EXPECT_EQ(ledger[0].kind, 'd');
  EXPECT_EQ(ledger[1].amount, Money{-900});
  EXPECT_EQ(ledger[2].amount, Money{900});
}

TEST(OperatorReaderTest, ShowsAccountsAndCounts) {
  StoreScene scene;
  scene.Run(scene.gold, CreateOrg("a.org"));
  scene.Run(scene.gold, CreateOrg("b.org"));
  scene.SetClock(absl::Hours(24 * 6));
  scene.Run(scene.gold, DomainDelete{DomainName("b.org")});
  FeedReader reader(scene.database, "zone");
  ASSERT_TRUE(reader.Attach().ok());
  scene.Run(scene.silver, CreateNgo("c.ngo"));
  const auto accounts = *ReadAccounts(scene.database);
  ASSERT_THAT(accounts, SizeIs(2));
  EXPECT_EQ(accounts[0].balance, Money{100'000'00 - 1800});
  const absl::StatusOr<RegistryStatus> status = ReadStatus(scene.database, scene.clock.Now());
  ASSERT_TRUE(status.ok()) << status.status();
  ASSERT_THAT(status->tlds, SizeIs(2));
  EXPECT_EQ(status->tlds[0].tld, "ngo");
  EXPECT_EQ(status->tlds[0].active, 1);
  EXPECT_EQ(status->tlds[1].active, 1);
  EXPECT_EQ(status->tlds[1].redemption, 1);
  EXPECT_EQ(status->hosts, 2);
  EXPECT_EQ(status->contacts, 1);
  EXPECT_EQ(status->calendar_due, 2);
  ASSERT_THAT(status->feed, SizeIs(1));
  EXPECT_EQ(status->feed[0].reader, "zone");
  EXPECT_EQ(status->feed[0].entries, 1);
  EXPECT_GT(status->database_bytes, 0);
  EXPECT_TRUE(status->settings.sandbox);
  EXPECT_EQ((*ReadDirectory(scene.database))->registrars().size(), 2u);
}

TEST(SettingsTest, OnlyASandboxMovesItsClock) {
  StoreScene::Options options;
  options.sandbox = false;
  StoreScene scene(options);
  EXPECT_TRUE(absl::IsFailedPrecondition(SetClockOffset(scene.database, absl::Hours(1))));
  // Not by hand either.
  ConnectionOptions connection_options;
  auto connection = Connection::Open(scene.database, connection_options);
  ASSERT_TRUE(connection.ok());
  EXPECT_FALSE((*connection)->Script("UPDATE registry SET clock_offset_ms = 1").ok());
  EXPECT_FALSE((*connection)->Script("UPDATE registry SET sandbox = true").ok());
  EXPECT_FALSE((*connection)->Script("DELETE FROM registry").ok());
  EXPECT_FALSE((*connection)->Script("TRUNCATE registry").ok());
}

TEST(SettingsTest, ASandboxStaysWithinAHundredYears) {
  StoreScene scene;
  for (const absl::Duration far :
       {kFarthestClock + absl::Milliseconds(1), -kFarthestClock - absl::Milliseconds(1),
        absl::InfiniteDuration(), -absl::InfiniteDuration()}) {
    EXPECT_TRUE(absl::IsInvalidArgument(SetClockOffset(scene.database, far)));
  }
  EXPECT_EQ(scene.Number("SELECT clock_offset_ms FROM registry"), 0);
}

TEST(SettingsTest, EveryProcessFollowsTheClock) {
  StoreScene scene;
  const absl::Time before = scene.clock.Now();
  scene.SetClock(absl::Hours(24));
  EXPECT_GE(scene.clock.Now(), before + absl::Hours(24));
  scene.SetClock(absl::ZeroDuration());
  EXPECT_LT(scene.clock.Now(), before + absl::Hours(1));
}

TEST(MaintenanceTest, PartitionsTakeOverWhatTheDefaultHadOfTheirMonth) {
  StoreScene scene;
  scene.SetClock(absl::Hours(24 * 365 * 3));
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("a.org")), ResultCode::kOk);
  EXPECT_GT(scene.Number("SELECT count(*) FROM history_default"), 0);
  EXPECT_GT(scene.Number("SELECT count(*) FROM ledger_default"), 0);
  const int64_t rows = scene.Number("SELECT count(*) FROM history");
  const absl::Status status = EnsurePartitions(scene.database, scene.clock.Now());
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(scene.Number("SELECT count(*) FROM history_default"), 0);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM ledger_default"), 0);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM history"), rows);
  EXPECT_TRUE(EnsurePartitions(scene.database, scene.clock.Now()).ok());
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("b.org")), ResultCode::kOk);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM history_default"), 0);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(MaintenanceTest, OldCommitGroupsAreForgotten) {
  StoreScene scene;
  const int64_t groups = scene.Number("SELECT count(*) FROM commit_groups");
  EXPECT_GT(groups, 0);
  ASSERT_TRUE(PruneCommitGroups(scene.database, absl::ZeroDuration()).ok());
  EXPECT_EQ(scene.Number("SELECT count(*) FROM commit_groups"), groups);  // an hour at least
  scene.Query("UPDATE commit_groups SET at = at - interval '2 hours'");
  ASSERT_TRUE(PruneCommitGroups(scene.database, absl::ZeroDuration()).ok());
  EXPECT_EQ(scene.Number("SELECT count(*) FROM commit_groups"), 0);
}

// Each plants one fault, and names the check that must find it.
struct Fault {
  const char* check;
  const char* sql;
};

TEST(AuditTest, FindsPlantedFaults) {
  const Fault faults[] = {
      {"balance-differs-from-ledger", "UPDATE balances SET balance = balance + 1"},
      {"ledger-without-account", "INSERT INTO ledger VALUES (now(), 77, 'd', 0, 'x', NULL, 0, 1)"},
      {"registrar-without-account", "DELETE FROM balances WHERE registrar = 2"},
      {"charged-twice", "INSERT INTO ledger SELECT * FROM ledger WHERE domain IS NOT NULL LIMIT 1"},
      {"charge-without-change", "INSERT INTO ledger VALUES (now(), 1, 'c', 0, 'renew', 12, 1, 1)"},
      {"create-without-charge", "UPDATE history SET command = 'domain-create'; DELETE FROM ledger"},
      {"link-missing", "DELETE FROM links WHERE target IN (SELECT id FROM hosts)"},
      {"link-missing", "DELETE FROM links WHERE target IN (SELECT id FROM contacts)"},
      {"link-missing", "UPDATE domains SET registrant = 77"},
      {"link-missing", "UPDATE domains SET contacts = '{77}', contact_roles = 'a'"},
      {"link-stale", "UPDATE domains SET name_servers = '{}'"},
      {"link-stale", "UPDATE domains SET registrant = NULL, contacts = '{}', contact_roles = ''"},
      {"link-stale", "INSERT INTO links VALUES (1, 2)"},
      {"link-stale", "INSERT INTO links SELECT 77, id FROM domains"},
      {"link-missing", "DELETE FROM links WHERE target < 0 AND domain IN (SELECT id FROM domains)"},
      {"organization-link-missing",
       "DELETE FROM links WHERE target < 0 AND domain IN (SELECT id FROM organizations)"},
      {"organization-link-missing",
       "DELETE FROM links WHERE target > 0 AND domain IN (SELECT id FROM organizations)"},
      {"link-stale", "UPDATE domains SET organizations = NULL"},
      {"link-stale", "UPDATE organizations SET contacts = '{}'"},
      {"link-stale", "UPDATE organizations SET parent = NULL, parent_handle = NULL"},
      {"organization-missing", "DELETE FROM organizations WHERE handle = 'res1'"},
      {"organization-missing", "DELETE FROM organizations WHERE handle = 'top1'"},
      {"sponsor-missing", "UPDATE organizations SET sponsor = 55"},
      {"history-missing", "UPDATE organizations SET version = 9"},
      {"name-server-missing", "DELETE FROM hosts WHERE name = 'ns1.example.net'"},
      {"contact-missing", "DELETE FROM contacts"},
      {"superordinate-missing", "UPDATE hosts SET superordinate = 5 WHERE name LIKE '%.org'"},
      {"superordinate-missing",
       "UPDATE hosts SET superordinate = (SELECT id FROM domains), sponsor = 0 WHERE name LIKE "
       "'%.net'"},
      {"sponsor-missing", "UPDATE domains SET sponsor = 55"},
      {"history-missing", "UPDATE hosts SET version = 9"},
      {"second-name-kept", "UPDATE tlds SET policy = policy || E'bundle_of = ngo\\n'"},
      {"calendar-entry-missing", "DELETE FROM calendar"},
      {"calendar-entry-missing", "UPDATE contacts SET transfer = '0 1 2 0 5000 0 0 -'"},
  };
  StoreScene scene;
  OrganizationCreate organization;
  organization.roles = {HeldRole()};
  organization.id = OrganizationId("top1");
  ASSERT_EQ(scene.Code(scene.gold, organization), ResultCode::kOk);
  organization.parent = organization.id;
  organization.id = OrganizationId("res1");
  organization.contacts = {{OrganizationContactType::kAdmin, "", ContactId("holder")}};
  ASSERT_EQ(scene.Code(scene.gold, organization), ResultCode::kOk);
  DomainCreate create = CreateOrg("a.org");
  create.organizations = {{OrganizationRole::kReseller, OrganizationId("res1")}};
  ASSERT_EQ(scene.Code(scene.gold, create), ResultCode::kOk);
  ASSERT_EQ(scene.Code(scene.gold, CreateHost("ns.a.org", {IpAddress("192.0.2.1")})),
            ResultCode::kOk);
  ASSERT_THAT(scene.Findings(), IsEmpty());
  std::string keep = "CREATE SCHEMA kept;", restore;
  for (const char* table : {"balances", "ledger", "history", "links", "domains", "hosts",
                            "contacts", "calendar", "tlds", "organizations"}) {
    keep += Concat("CREATE TABLE kept.", table, " AS TABLE ", table, ";");
    const std::string columns =
        scene.Query(Concat("SELECT string_agg(attname, ', ') FROM pg_attribute WHERE attrelid = '",
                           table, "'::regclass AND attnum > 0 AND attgenerated = ''"));
    restore += Concat("DELETE FROM ", table, "; INSERT INTO ", table, " (", columns, ") SELECT ",
                      columns, " FROM kept.", table, ";");
  }
  scene.Query(keep);
  for (const Fault& fault : faults) {
    SCOPED_TRACE(fault.sql);
    scene.Query(fault.sql);
    std::vector<std::string> checks;
    const std::vector<Finding> findings = *Audit(scene.database);
    for (const Finding& finding : findings) checks.push_back(finding.check);
    EXPECT_THAT(checks, Contains(fault.check));
    scene.Query(restore);
  }
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(AuditTest, SpeaksInRoidsAndMoneyAndSaysWhenThereIsMore) {
  StoreScene scene;
  const auto created = scene.Run(scene.gold, CreateOrg("a.org"));
  ASSERT_TRUE(created.outcome->ok());
  scene.Query("UPDATE balances SET balance = 100 WHERE registrar = 1");
  scene.Query("UPDATE history SET command = 'domain-create' WHERE kind = 'D'; DELETE FROM ledger");
  scene.Query("DELETE FROM calendar; DELETE FROM links");
  std::vector<std::string> lines;
  const std::vector<Finding> findings = *Audit(scene.database, 1);
  for (const Finding& finding : findings) {
    lines.push_back(Concat(finding.check, " ", finding.subject, " ", finding.detail));
  }
  const std::string roid = FormatRoid(ObjectKind::kDomain, created.number, "TEST");
  EXPECT_THAT(lines, Contains("balance-differs-from-ledger gold balance 1.00, ledger 0.00"));
  EXPECT_THAT(lines, Contains("balance-differs-from-ledger ... there are more than these 1"));
  EXPECT_THAT(lines,
              Contains(Concat("create-without-charge ", roid, " created without a ledger entry")));
  EXPECT_THAT(lines, Contains("link-missing ... there are more than these 1"));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("calendar-entry-missing ..."))));
}

}  // namespace
}  // namespace registry::store
