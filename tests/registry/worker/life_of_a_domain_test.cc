// One domain from its registration until its name is free again, with a clock that is moved: what
// registrars, the ledger, the poll queue, the zone and the audit see on the way.
#include <gmock/gmock.h>

#include "registry/commands/contact_delete.h"
#include "registry/commands/domain_check.h"
#include "registry/commands/domain_delete.h"
#include "registry/commands/host_delete.h"
#include "registry/commands/host_info.h"
#include "registry/commands/poll_acknowledge.h"
#include "registry/commands/poll_request.h"
#include "registry/worker/lifecycle_pass.h"
#include "tests/registry/store/store_scene.h"
#include "tests/support/temporary_folder.h"
#include "zonegen/generate.h"

namespace worker {
namespace {

using registry::DomainName;
using registry::ResultCode;
using registry::store::CreateOrg;
using testing::IsEmpty;

constexpr absl::Duration kDay = absl::Hours(24);

class LifeOfADomainTest : public testing::Test {
 protected:
  // Moves the clock, lets the worker come by, and looks whether the books are right.
  int64_t WorkAt(absl::Duration offset) {
    scene_.SetClock(offset);
    const auto result = pass_.Run();
    EXPECT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(result->failed, 0);
    EXPECT_THAT(scene_.Findings(), IsEmpty());
    EXPECT_EQ(scene_.Number("SELECT count(*) FROM calendar WHERE at <= now() + interval '" +
                            std::to_string(absl::ToInt64Seconds(offset)) + " seconds'"),
              0);
    return result->handled;
  }
  std::string Row(const std::string& column) {
    return scene_.Query("SELECT " + column + " FROM domains WHERE name = 'life.org'");
  }
  int64_t Balance() {
    return scene_.Number("SELECT balance FROM balances WHERE registrar = " +
                         std::to_string(registry::Number(scene_.gold)));
  }
  bool Available() {
    const DomainName name("life.org");
    const auto reply = scene_.Run(scene_.gold, registry::DomainCheck{{{name.text(), {name}}}});
    EXPECT_TRUE(reply.status.ok() && reply.outcome->ok());
    return (*reply.outcome)->items.front().available;
  }
  bool InZone() {
    zonegen::ZoneOrder order;
    order.database = scene_.database;
    order.tld = "org";
    order.file = folder_.Path("org.zone");
    const auto zone = zonegen::GenerateZone(order, scene_.clock.Now());
    EXPECT_TRUE(zone.ok()) << zone.status();
    return zone.ok() && zone->counts.delegations() == 1;
  }
  // The text of gold's oldest message, which is then acknowledged; "" if there is none.
  std::string TakeMessage() {
    const auto reply = scene_.Run(scene_.gold, registry::PollRequest{scene_.gold});
    EXPECT_TRUE(reply.status.ok() && reply.outcome->ok());
    if (!(*reply.outcome)->message) return "";
    const registry::PollMessage message = *(*reply.outcome)->message;
    EXPECT_EQ(message.object_name, "life.org");
    expires_ = message.expires;
    deleted_by_ = message.deleted_by;
    EXPECT_EQ(scene_.Code(scene_.gold, registry::PollAcknowledge{scene_.gold, message.id}),
              ResultCode::kOk);
    return message.text;
  }

  // What stands in the message that was taken last.
  std::optional<absl::Time> expires_;
  std::optional<registry::PollMessage::Command> deleted_by_;

  registry::store::StoreScene scene_;
  registry::store::Calendar calendar_{scene_.database};
  LifecyclePass pass_{*scene_.store, calendar_, 100};
  const tests::TemporaryFolder folder_;
};

TEST_F(LifeOfADomainTest, RunsFromRegistrationToTheFreeName) {
  const int64_t deposit = Balance();
  ASSERT_EQ(scene_.Code(scene_.gold, CreateOrg("life.org")), ResultCode::kOk);
  EXPECT_EQ(Balance(), deposit - 9'00);
  EXPECT_TRUE(InZone());
  const std::string expires = Row("expires");

  EXPECT_EQ(WorkAt(4 * kDay), 0);
  EXPECT_NE(Row("grace"), "");
  EXPECT_EQ(WorkAt(6 * kDay), 1) << "the add grace period is over";
  EXPECT_EQ(Row("grace"), "");
  EXPECT_EQ(TakeMessage(), "");

  EXPECT_EQ(WorkAt(367 * kDay), 1) << "expired: renewed by the clock";
  EXPECT_EQ(Row("expires > '" + expires + "'::timestamptz + interval '364 days'"), "t");
  EXPECT_EQ(Balance(), deposit - 18'00);
  EXPECT_EQ(TakeMessage(), "The domain life.org has expired and was renewed for one year");
  EXPECT_EQ(Row("expires = '" + absl::FormatTime(*expires_, absl::UTCTimeZone()) + "'"), "t");
  EXPECT_EQ(TakeMessage(), "");
  EXPECT_TRUE(InZone());

  const auto deleted = scene_.store->Run({scene_.gold, "my-delete", "domain-delete"},
                                         registry::DomainDelete{DomainName("life.org")});
  EXPECT_EQ(scene_.CodeOf(deleted), ResultCode::kOkPending);
  EXPECT_EQ(Balance(), deposit - 9'00) << "the automatic renewal is given back";
  EXPECT_EQ(Row("phase"), "1");
  EXPECT_FALSE(InZone());
  EXPECT_FALSE(Available());
  EXPECT_EQ(WorkAt((367 + 29) * kDay), 0) << "redemption";

  EXPECT_EQ(WorkAt((367 + 31) * kDay), 1) << "pending delete";
  EXPECT_EQ(Row("phase"), "2");
  EXPECT_FALSE(InZone());
  EXPECT_FALSE(Available());

  EXPECT_EQ(WorkAt((367 + 36) * kDay), 1) << "purged";
  EXPECT_EQ(Row("name"), "");
  EXPECT_EQ(TakeMessage(), "The domain life.org was purged");
  EXPECT_EQ(deleted_by_, (registry::PollMessage::Command{deleted.number, "my-delete"}));
  EXPECT_EQ(expires_, std::nullopt);
  EXPECT_EQ(scene_.Number("SELECT count(*) FROM links"), 0);
  EXPECT_EQ(Balance(), deposit - 9'00);
  EXPECT_TRUE(Available());
  EXPECT_FALSE(InZone());
  EXPECT_EQ(WorkAt(2 * 367 * kDay), 1) << "the expiry that it did not live to see is stale";
  EXPECT_EQ(scene_.Number("SELECT count(*) FROM calendar"), 0);

  EXPECT_EQ(scene_.Code(scene_.silver, CreateOrg("life.org")), ResultCode::kOk) << "free again";
  EXPECT_TRUE(InZone());
  EXPECT_THAT(scene_.Findings(), IsEmpty());
}

TEST_F(LifeOfADomainTest, NamesNoDeleteOfTheRegistrarWhenTheOperatorDeleted) {
  ASSERT_EQ(scene_.Code(scene_.gold, CreateOrg("life.org")), ResultCode::kOk);
  scene_.SetClock(10 * kDay);
  const auto deleted = scene_.store->Run({registry::kOperator, "", "domain-delete"},
                                         registry::DomainDelete{DomainName("life.org")});
  EXPECT_EQ(scene_.CodeOf(deleted), ResultCode::kOkPending);
  EXPECT_EQ(WorkAt(46 * kDay), 1);
  EXPECT_EQ(TakeMessage(), "The registry did this to the domain life.org: delete");
  EXPECT_EQ(TakeMessage(), "The domain life.org was purged");
  EXPECT_EQ(deleted_by_, std::nullopt);
}

TEST_F(LifeOfADomainTest, ComesOutTheSameWhenTheWorkerWasAwayAllTheTime) {
  const int64_t deposit = Balance();
  ASSERT_EQ(scene_.Code(scene_.gold, CreateOrg("life.org")), ResultCode::kOk);
  scene_.SetClock(367 * kDay);
  EXPECT_EQ(scene_.Code(scene_.gold, registry::DomainDelete{DomainName("life.org")}),
            ResultCode::kOkPending);
  scene_.SetClock((367 + 36) * kDay);
  EXPECT_TRUE(Available()) << "purged, though nobody has written it";
  EXPECT_FALSE(InZone());
  EXPECT_EQ(WorkAt((367 + 36) * kDay), 1);
  EXPECT_EQ(Row("name"), "");
  EXPECT_EQ(Balance(), deposit - 9'00);
  EXPECT_EQ(TakeMessage(), "The domain life.org has expired and was renewed for one year");
  EXPECT_EQ(TakeMessage(), "The domain life.org was purged");
  EXPECT_EQ(scene_.Number("SELECT count(*) FROM calendar"), 0);
  EXPECT_EQ(scene_.Query("SELECT string_agg(happened::date - (SELECT min(at)::date FROM history "
                         "WHERE kind = 'D') || ' ' || at::date - happened::date, ', ' ORDER BY "
                         "version) FROM history WHERE kind = 'D' AND command = 'lifecycle'"),
            "5 362, 365 2, 397 6, 402 1")
      << "on which day the clock did something, and how many days later it was written";
}

TEST_F(LifeOfADomainTest, LeavesNoLinksBehindThoughTheWorkerIsAway) {
  const DomainName host("ns1.example.net");
  const auto linked = [&] {
    const auto info = scene_.Run(scene_.gold, registry::HostInfo{host});
    return (*info.outcome)->statuses.Has(registry::Status::kLinked);
  };
  ASSERT_EQ(scene_.Code(scene_.gold, CreateOrg("life.org")), ResultCode::kOk);
  scene_.SetClock(10 * kDay);
  ASSERT_EQ(scene_.Code(scene_.gold, registry::DomainDelete{DomainName("life.org")}),
            ResultCode::kOkPending);
  scene_.SetClock((10 + 34) * kDay);
  EXPECT_TRUE(linked());
  EXPECT_EQ(scene_.Code(scene_.gold, registry::HostDelete{host}),
            ResultCode::kAssociationProhibits);
  EXPECT_EQ(Row("phase"), "2") << "what the clock did was written on the way";
  scene_.SetClock((10 + 36) * kDay);
  EXPECT_FALSE(linked());
  EXPECT_EQ(Row("phase"), "2") << "a look writes nothing";
  EXPECT_EQ(scene_.Code(scene_.gold, registry::HostDelete{host}), ResultCode::kOk);
  EXPECT_EQ(Row("phase"), "") << "purged by the group that needed it";
  EXPECT_EQ(scene_.Code(scene_.gold, registry::ContactDelete{registry::ContactId("holder")}),
            ResultCode::kOk);
  EXPECT_THAT(scene_.Findings(), IsEmpty());
}

}  // namespace
}  // namespace worker
