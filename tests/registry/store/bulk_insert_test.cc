#include "registry/store/bulk_insert.h"

#include <gtest/gtest.h>

#include "registry/base/text.h"
#include "registry/store/object_rows.h"
#include "tests/registry/store/store_scene.h"

namespace registry::store {
namespace {

absl::Time At(int64_t seconds) { return absl::FromUnixSeconds(seconds); }

const SealedAuthInfo& Auth() {
  static const SealedAuthInfo auth = AuthInfo(kSecret).Seal(RandomSalt());
  return auth;
}

// Every member differs from its default.
Domain FullDomain() {
  Domain domain;
  domain.key = DomainKey{1'000'001};
  domain.name = DomainName("full.org");
  domain.sponsor = RegistrarKey{1};
  domain.creator = RegistrarKey{2};
  domain.updater = RegistrarKey{1};
  domain.created = At(1'000'000'000);
  domain.updated = At(1'100'000'000);
  domain.transferred = At(1'200'000'000);
  domain.expires = At(2'000'000'000);
  domain.statuses = {Status::kClientHold, Status::kServerHold};
  domain.auth = Auth();
  domain.registrant = ContactKey{1'000'003};
  domain.contacts = {{ContactRole::kAdmin, ContactKey{1'000'003}},
                     {ContactRole::kTech, ContactKey{1'000'003}}};
  domain.name_servers = {HostKey{1'000'002}};
  domain.ds = {
      *DsRecord::Parse("1 13 2 000102030405060708090A0B0C0D0E0F000102030405060708090A0B0C0D0E0F")};
  domain.phase = DomainPhase::kRedemption;
  domain.phase_ends = At(1'900'000'000);
  domain.grace = {{GraceKind::kAdd, At(1'900'000'000), Money{900}, RegistrarKey{1}},
                  {GraceKind::kRenew, At(1'900'000'001), Money{800}, RegistrarKey{2}}};
  domain.auth_ends = At(1'900'000'002);
  domain.transfer = Transfer{TransferState::kClientRejected,
                             RegistrarKey{2},
                             RegistrarKey{1},
                             At(1'800'000'000),
                             At(1'800'000'001),
                             1,
                             Money{900},
                             At(2'000'000'000)};
  domain.launch = Launch{LaunchPhase::kSunrise, "1-2", {}, {}, "<m:mark a=\"b c\">\n\n x</m:mark>"};
  domain.idn_table = "de";
  domain.variant_key = "\u00E4.org";
  domain.variant_follows = true;
  domain.ttls = {300, {}};
  domain.version = 3;
  return domain;
}

Host FullHost() {
  Host host;
  host.key = HostKey{1'000'002};
  host.name = DomainName("ns.full.org");
  host.creator = RegistrarKey{2};
  host.updater = RegistrarKey{1};
  host.created = At(1'000'000'000);
  host.updated = At(1'100'000'000);
  host.transferred = At(1'200'000'000);
  host.statuses = {Status::kClientDeleteProhibited};
  host.addresses = {IpAddress("192.0.2.1"), IpAddress("2001:db8::1")};
  host.superordinate = DomainKey{1'000'001};
  host.ttls = {{}, 86400};
  host.version = 2;
  return host;
}

Contact FullContact() {
  Contact contact;
  contact.key = ContactKey{1'000'003};
  contact.id = ContactId("full");
  contact.sponsor = RegistrarKey{1};
  contact.creator = RegistrarKey{2};
  contact.updater = RegistrarKey{1};
  contact.created = At(1'000'000'000);
  contact.updated = At(1'100'000'000);
  contact.transferred = At(1'200'000'000);
  contact.statuses = {Status::kClientUpdateProhibited};
  contact.auth = Auth();
  contact.international = PostalInfo{"A \"B\"", "C, D", {"1 E", "F\\G"}, "H", "I", "J", "CA"};
  contact.localized = PostalInfo{"Ä", "", {}, "Ö", "", "", "DE"};
  contact.voice = Phone{"+1.5555550100", "12"};
  contact.fax = Phone{"+1.5555550101", ""};
  contact.email = "a@b.example";
  contact.additional_email = AdditionalEmail{"\u00E4@b.example", true};
  contact.auth_ends = At(1'900'000'002);
  contact.transfer = Transfer{TransferState::kClientCancelled, RegistrarKey{2}, RegistrarKey{1},
                              At(1'800'000'000), At(1'800'000'001)};
  contact.disclose = {true, Disclose::kVoice | Disclose::kEmail};
  contact.version = 4;
  return contact;
}

template <class Object>
std::vector<Object> ReadAll(Connection& connection, std::string_view table,
                            std::string_view columns, Object (*read)(RowReader)) {
  std::vector<Object> objects;
  const absl::Status status =
      connection.CopyOut(Concat("COPY (SELECT ", columns, " FROM ", table,
                                " WHERE id > 1000000 ORDER BY id) TO STDOUT (FORMAT binary)"),
                         [&](RowReader row) {
                           objects.push_back(read(row));
                           return absl::OkStatus();
                         });
  EXPECT_TRUE(status.ok()) << status;
  return objects;
}

TEST(BulkInsertTest, WritesWhatTheStoreReads) {
  const StoreScene scene;
  auto connection = Connection::Open(scene.database, {});
  ASSERT_TRUE(connection.ok()) << connection.status();
  BulkInsert insert({kOperator, "test", At(1'800'000'000)});
  Changes changes;
  changes.Insert(FullDomain()).Insert(FullHost()).Insert(FullContact());
  changes.Charge(RegistrarKey{1}, Money{900}, "create", FullDomain());
  insert.Add(changes);
  Domain plain;  // with nothing that may be absent
  plain.key = DomainKey{1'000'004};
  plain.name = DomainName("plain.org");
  plain.sponsor = plain.creator = RegistrarKey{1};
  plain.created = At(1'000'000'000);
  plain.expires = At(2'000'000'000);
  insert.Add(Changes().Insert(plain));
  ASSERT_TRUE((*connection)->Script("BEGIN").ok());
  const absl::Status copied = insert.CopyObjects(**connection);
  ASSERT_TRUE(copied.ok()) << copied;
  const absl::Status announced = insert.Announce(**connection);
  ASSERT_TRUE(announced.ok()) << announced;
  ASSERT_TRUE((*connection)->Script("COMMIT").ok());

  EXPECT_THAT(ReadAll(**connection, "domains", kDomainColumns, ReadDomain),
              testing::ElementsAre(FullDomain(), plain));
  EXPECT_THAT(ReadAll(**connection, "hosts", kHostColumns, ReadHost),
              testing::ElementsAre(FullHost()));
  EXPECT_THAT(ReadAll(**connection, "contacts", kContactColumns, ReadContact),
              testing::ElementsAre(FullContact()));
  EXPECT_THAT(scene.Findings(), testing::IsEmpty());
  EXPECT_EQ(scene.Query("SELECT string_agg(concat_ws(' ', kind, name, tld), ', ' ORDER BY "
                        "ordinal) FROM feed WHERE object > 1000000"),
            "H ns.full.org org, D full.org org, D plain.org org");
}

TEST(BulkInsertTest, ReportsWhatTheDatabaseRefuses) {
  const StoreScene scene;
  auto connection = Connection::Open(scene.database, {});
  ASSERT_TRUE(connection.ok()) << connection.status();
  BulkInsert insert({kOperator, "test", At(1'800'000'000)});
  insert.Add(Changes().Insert(FullHost()).Insert(FullHost()));
  const absl::Status status = insert.CopyObjects(**connection);
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("hosts_pkey"));
  EXPECT_EQ(scene.Number("SELECT count(*) FROM hosts WHERE id > 1000000"), 0);
  // The connection is as good as before.
  EXPECT_TRUE((*connection)->Script("SELECT 1").ok());
}

}  // namespace
}  // namespace registry::store
