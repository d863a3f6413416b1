#include <gtest/gtest.h>

#include "registry/base/text.h"
#include "registry/commands/domain_info.h"
#include "registry/commands/domain_update.h"
#include "registry/store/connection.h"
#include "registry/store/migrations.h"
#include "tests/registry/store/store_scene.h"
#include "tests/support/private_cluster.h"

namespace registry::store {
namespace {

using testing::HasSubstr;
using tests::PrivateCluster;

absl::Status OpenStatus(const std::string& database) {
  SystemClock clock;
  StoreOptions options;
  options.database = database;
  return Store::Open(options, &clock).status();
}

TEST(MigrationsTest, CanBeRepeatedAndKeepWhatWasSet) {
  const std::string database = PrivateCluster::Shared().CreateDatabase();
  MigrateOptions options;
  options.repository_id = "FIRST";
  options.currency = "EUR";
  options.sandbox = true;
  const absl::Time now = absl::Now();
  EXPECT_EQ(*Migrate(database, options, now), SchemaVersion());
  EXPECT_EQ(*Migrate(database, {}, now + absl::Hours(24 * 60)), SchemaVersion());
  EXPECT_EQ(PrivateCluster::Query(database,
                                  "SELECT repository_id || currency || sandbox FROM "
                                  "registry"),
            "FIRSTEURtrue");
  EXPECT_TRUE(OpenStatus(database).ok());
}

TEST(MigrationsTest, TheStoreOpensOnlyTheSchemaThatItKnows) {
  const std::string database = PrivateCluster::Shared().CreateDatabase();
  const absl::Status none = OpenStatus(database);
  EXPECT_TRUE(absl::IsFailedPrecondition(none));
  EXPECT_THAT(none.ToString(), HasSubstr("postelctl migrate"));
  ASSERT_TRUE(Migrate(database, {}, absl::Now()).ok());

  PrivateCluster::Query(database, "INSERT INTO schema_migrations VALUES (99, 'later', '')");
  EXPECT_TRUE(absl::IsFailedPrecondition(OpenStatus(database)));
  EXPECT_TRUE(absl::IsFailedPrecondition(Migrate(database, {}, absl::Now()).status()));

  PrivateCluster::Query(database,
                        "DELETE FROM schema_migrations WHERE version = 99;"
                        "UPDATE schema_migrations SET checksum = 'other'");
  EXPECT_THAT(Migrate(database, {}, absl::Now()).status().ToString(), HasSubstr("0001_schema"));
}

TEST(MigrationsTest, WhatIsFixedForGoodIsCheckedBefore) {
  const std::string database = PrivateCluster::Shared().CreateDatabase();
  for (const char* id : {"", "NINELONGS", "A_B", "\xFF"}) {
    MigrateOptions options;
    options.repository_id = id;
    EXPECT_TRUE(absl::IsInvalidArgument(Migrate(database, options, absl::Now()).status())) << id;
  }
  for (const char* currency : {"", "usd", "EURO", "\xFF"}) {
    MigrateOptions options;
    options.currency = currency;
    EXPECT_TRUE(absl::IsInvalidArgument(Migrate(database, options, absl::Now()).status()));
  }
  EXPECT_EQ(PrivateCluster::Query(database, "SELECT to_regclass('registry')"), "");
}

TEST(MigrationsTest, WrongOptionsAreRefused) {
  SystemClock clock;
  StoreOptions options;
  options.max_group = 0;
  EXPECT_TRUE(absl::IsInvalidArgument(Store::Open(options, &clock).status()));
  options = {};
  options.database = "host=/nonexistent dbname=x";
  EXPECT_TRUE(absl::IsUnavailable(Store::Open(options, &clock).status()));
}

TEST(SchemaTest, AuthInfoStandsNowhereInTheDatabase) {
  StoreScene scene;
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("a.org")), ResultCode::kOk);
  DomainUpdate update;
  update.name = DomainName("a.org");
  update.auth = AuthInfo("an0therSECRET-an0therSECRET").Seal(RandomSalt());
  ASSERT_EQ(scene.Code(scene.gold, update), ResultCode::kOk);
  const std::string tables =
      "SELECT string_agg(table_name, ' ') FROM information_schema.tables WHERE table_schema = "
      "'public' AND table_type = 'BASE TABLE'";
  const std::string list = scene.Query(tables);
  EXPECT_THAT(list, HasSubstr("history"));
  for (std::string_view table : Split(list, ' ')) {
    for (std::string_view secret : {kSecret, std::string_view("an0therSECRET")}) {
      const std::string hex =
          scene.Query(Concat("SELECT encode(convert_to('", secret, "', 'UTF8'), 'hex')"));
      EXPECT_EQ(scene.Number(Concat("SELECT count(*) FROM ", table, " t WHERE t::text LIKE '%",
                                    secret, "%' OR t::text LIKE '%", hex, "%'")),
                0)
          << table;
    }
  }
}

TEST(SchemaTest, AStandbyCanBeReadFrom) {
  StoreScene scene;
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("a.org")), ResultCode::kOk);
  SystemClock clock;
  StoreOptions options;
  options.write_lanes = 0;
  // Nothing may be written over its connections, as on a standby.
  options.database = Concat(scene.database, " options='-c default_transaction_read_only=on'");
  auto store = Store::Open(options, &clock);
  ASSERT_TRUE(store.ok()) << store.status();
  const auto info = (*store)->Run(Origin{kPublic, "", "test"}, DomainInfo{DomainName("a.org")});
  EXPECT_TRUE(info.status.ok() && info.outcome->ok());
  const auto create = (*store)->Run(Origin{scene.gold, "", "test"}, CreateOrg("b.org"));
  EXPECT_TRUE(absl::IsFailedPrecondition(create.status));
}

}  // namespace
}  // namespace registry::store
