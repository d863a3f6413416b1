#include "registry/fill/load.h"

#include <gtest/gtest.h>

#include "registry/base/text.h"
#include "registry/commands/domain_info.h"
#include "registry/commands/tld_apply.h"
#include "registry/fill/label.h"
#include "registry/store/feed_reader.h"
#include "registry/store/maintenance.h"
#include "registry/types/years.h"
#include "tests/registry/store/store_scene.h"

namespace fill {
namespace {

using registry::DomainName;
using registry::ResultCode;
using registry::store::FeedReader;
using registry::store::StoreScene;
using testing::IsEmpty;

// A registry with the three TLDs, and the loads into it.
class Scene : public StoreScene {
 public:
  explicit Scene(Options options = {}) : StoreScene(std::move(options)) {
    registry::TldPolicy ong = *store->directory()->Tld("org");
    ong.tld = "ong";
    Run(registry::kOperator, registry::TldApply{ong});
    options_.database = database;
    options_.batch_size = 512;
    // Not today, since midnight may come.
    options_.reference = registry::UtcDay(clock.Now()) - 1;
  }

  LoadOptions& options() { return options_; }
  absl::StatusOr<Loaded> Fill(int64_t domains) {
    return Fill(domains, [](int64_t, std::string_view) { return true; });
  }
  absl::StatusOr<Loaded> Fill(int64_t domains, const Report& report) {
    options_.domains = domains;
    return Load(options_, report);
  }

  // All that is there, by names instead of keys.
  std::vector<std::string> Everything() const;

 private:
  LoadOptions options_;
};

std::vector<std::string> Scene::Everything() const {
  const std::string domains =
      "SELECT concat_ws('|', d.name, d.sponsor, d.creator, d.updater, d.created, d.updated, "
      "d.transferred, d.expires, d.statuses, c.handle, d.contact_roles, d.ds, d.phase, "
      "d.phase_ends, d.grace, d.version) AS line FROM domains d LEFT JOIN contacts c ON c.id = "
      "d.registrant";
  const std::string contacts =
      "SELECT (to_jsonb(c) - 'id')::text AS line FROM contacts c WHERE handle <> 'holder'";
  const std::string hosts =
      "SELECT concat_ws('|', h.name, h.sponsor, h.creator, h.created, h.addresses, d.name) AS line "
      "FROM hosts h LEFT JOIN domains d ON d.id = h.superordinate WHERE h.name NOT LIKE "
      "'%.example.net'";
  const std::string links =
      "SELECT concat_ws('|', d.name, h.name, c.handle) AS line FROM links l JOIN domains d "
      "ON d.id = l.domain LEFT JOIN hosts h ON h.id = l.target LEFT JOIN contacts c ON c.id = "
      "l.target";
  const std::string calendar =
      "SELECT concat_ws('|', d.name, k.at) AS line FROM calendar k JOIN domains d ON d.id = "
      "k.domain";
  const std::string ledger =
      "SELECT concat_ws('|', l.at, l.registrar, l.kind, l.amount, l.what, d.name, "
      "l.domain_version) AS line FROM ledger l JOIN domains d ON d.id = l.domain";
  const std::string history =
      "SELECT concat_ws('|', at, kind, version, actor, command, regexp_replace(change, "
      "'\"(registrant|contact|superordinate)\":[0-9]+|\"name_servers\":[^]]*', '', 'g')) AS line "
      "FROM history WHERE command = 'fill' AND kind IN ('D', 'H', 'C')";
  const std::string balances = "SELECT concat_ws('|', registrar, balance) AS line FROM balances";
  std::vector<std::string> digests;
  for (const std::string& part :
       {domains, contacts, hosts, links, calendar, ledger, history, balances}) {
    digests.push_back(
        Query("SELECT count(*) || ' ' || md5(string_agg(line, chr(10) ORDER BY line "
              "COLLATE \"C\")) FROM (" +
              part + ") x"));
  }
  return digests;
}

TEST(LoadTest, HappensInASandboxOnly) {
  Scene::Options options;
  options.sandbox = false;
  Scene scene(std::move(options));
  EXPECT_TRUE(absl::IsFailedPrecondition(scene.Fill(10).status()));
  EXPECT_EQ(scene.Number("SELECT count(*) FROM registrars"), 2);
}

TEST(LoadTest, GivesTheSameAtOnceInPartsAndAfterInterruptions) {
  Scene at_once;
  const auto loaded = at_once.Fill(3000);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->added, 3000);
  EXPECT_EQ(at_once.Number("SELECT count(*) FROM domains"), 3000);
  EXPECT_THAT(at_once.Findings(), IsEmpty());
  const std::vector<std::string> expected = at_once.Everything();

  Scene in_parts;
  in_parts.options().connections = 1;
  for (const int64_t domains : {700, 701, 2999, 3000, 3000, 10}) {
    const auto part = in_parts.Fill(domains);
    ASSERT_TRUE(part.ok()) << part.status();
  }
  EXPECT_THAT(in_parts.Findings(), IsEmpty());
  EXPECT_EQ(in_parts.Everything(), expected);

  Scene interrupted;
  interrupted.options().batch_size = 128;
  int left = 3;
  const auto interrupt = [&](int64_t, std::string_view) { return --left > 0; };
  EXPECT_TRUE(absl::IsCancelled(interrupted.Fill(2000, interrupt).status()));
  EXPECT_EQ(interrupted.Number("SELECT count(*) FROM domains"), 0);  // staged, not seen
  EXPECT_THAT(interrupted.Findings(), IsEmpty());
  // At the last moment, when all is staged and has its indexes.
  EXPECT_TRUE(absl::IsCancelled(
      interrupted
          .Fill(2000, [](int64_t,
                         std::string_view activity) { return activity != "exchanging the tables"; })
          .status()));
  const auto fewer = interrupted.Fill(1500);  // than were staged: begins anew
  ASSERT_TRUE(fewer.ok()) << fewer.status();
  EXPECT_EQ(interrupted.Number("SELECT count(*) FROM domains"), 1500);
  left = 3;
  EXPECT_TRUE(absl::IsCancelled(interrupted.Fill(3000, interrupt).status()));
  EXPECT_THAT(interrupted.Findings(), IsEmpty());
  const auto rest = interrupted.Fill(3000);
  ASSERT_TRUE(rest.ok()) << rest.status();
  EXPECT_GT(rest->before, 1500);
  EXPECT_EQ(interrupted.Everything(), expected);
}

TEST(LoadTest, ReplacesTablesWithTheirLike) {
  const std::string form =
      "WITH tables AS (SELECT * FROM pg_class WHERE relnamespace = 'public'::regnamespace) "
      "SELECT string_agg(line, chr(10) ORDER BY line) FROM (SELECT concat_ws(' ', "
      "conrelid::regclass, conname, pg_get_constraintdef(oid)) AS line FROM pg_constraint WHERE "
      "connamespace = 'public'::regnamespace UNION ALL SELECT indexdef FROM pg_indexes WHERE "
      "schemaname = 'public' UNION ALL SELECT concat_ws(' ', relname, reloptions, "
      "pg_get_expr(relpartbound, oid), relpersistence) FROM tables UNION ALL SELECT concat_ws(' ', "
      "inhrelid::regclass, inhparent::regclass) FROM pg_inherits UNION ALL SELECT concat_ws(' ', "
      "relname, attnum, attname, atttypid::regtype, attnotnull) FROM pg_attribute JOIN tables t ON "
      "t.oid = attrelid WHERE attnum > 0) x";
  Scene scene;
  ASSERT_TRUE(registry::store::EnsurePartitions(scene.database, scene.clock.Now()).ok());
  const std::string before = scene.Query(form);
  const std::string table = scene.Query("SELECT 'links'::regclass::oid");
  ASSERT_TRUE(scene.Fill(2000).ok());
  EXPECT_NE(scene.Query("SELECT 'links'::regclass::oid"), table);
  EXPECT_EQ(scene.Query(form), before);
}

TEST(LoadTest, LeavesTheServersToTheirWork) {
  Scene scene;
  ASSERT_EQ(scene.Code(scene.gold, registry::store::CreateOrg("early.org")), ResultCode::kOk);
  FeedReader reader(scene.database, "zone");
  ASSERT_TRUE(reader.Attach().ok());
  int created = 0;
  const auto create = [&](int64_t, std::string_view) {
    const std::string name = registry::Concat("meanwhile-", ++created, "-x.org");
    EXPECT_EQ(scene.Code(scene.gold, registry::store::CreateOrg(name)), ResultCode::kOk);
    return true;
  };
  ASSERT_TRUE(scene.Fill(2000, create).ok());
  EXPECT_GT(created, 3);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM domains"), 2001 + created);
  EXPECT_TRUE(absl::IsOutOfRange(reader.Read(10).status()));
  EXPECT_EQ(*reader.Attach(), FeedReader::Start::kFresh);

  const std::string filled = scene.Query(
      "SELECT name FROM domains WHERE name LIKE '%.org' AND sponsor > 2 ORDER BY name LIMIT 1");
  EXPECT_EQ(scene.Code(scene.silver, registry::DomainInfo{DomainName(filled)}), ResultCode::kOk);
  EXPECT_EQ(scene.Code(scene.silver, registry::store::CreateOrg(filled)),
            ResultCode::kObjectExists);
  EXPECT_EQ(scene.Code(scene.silver, registry::store::CreateOrg("later.org")), ResultCode::kOk);

  // More of them go in beside what is there, and through the feed.
  ASSERT_TRUE(scene.Fill(2600, create).ok());
  const auto batch = reader.Read(10'000);
  ASSERT_TRUE(batch.ok()) << batch.status();
  EXPECT_GE(batch->entries.size(), 600u);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(LoadTest, SaysSoWhenANameIsTaken) {
  Scene scene;
  const std::string name = LabelOf(1) + ".org";
  ASSERT_EQ(scene.Code(scene.silver, registry::store::CreateOrg(name)), ResultCode::kOk);
  const absl::Status refused = scene.Fill(300).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << refused;
  EXPECT_THAT(std::string(refused.message()), testing::HasSubstr("name or handle"));
  EXPECT_THAT(scene.Findings(), IsEmpty());
  scene.Query("UPDATE domains SET name = 'another.org' WHERE name = '" + name + "'");
  EXPECT_TRUE(scene.Fill(300).ok());
  EXPECT_EQ(scene.Number("SELECT count(*) FROM domains"), 301);
}

TEST(LoadTest, StaysWithTheReferenceDayOfTheFirstLoad) {
  Scene scene;
  ASSERT_TRUE(scene.Fill(100).ok());
  const std::string expiry = scene.Query("SELECT min(expires) > now() FROM domains");
  EXPECT_EQ(expiry, "t");
  *scene.options().reference -= 1;
  EXPECT_TRUE(absl::IsFailedPrecondition(scene.Fill(200).status()));
  scene.options().reference.reset();
  const auto loaded = scene.Fill(200);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->reference, registry::UtcDay(scene.clock.Now()) - 1);
  Scene another;
  *another.options().reference += 2;
  EXPECT_TRUE(absl::IsInvalidArgument(another.Fill(200).status()));
}

}  // namespace
}  // namespace fill
