// Maintenances from the operator's hand to the queues of registrars and the answers of a running
// store.
#include "registry/store/maintenance_notices.h"

#include <gmock/gmock.h>

#include <thread>

#include "registry/base/text.h"
#include "registry/commands/maintenance_info.h"
#include "registry/commands/poll_request.h"
#include "registry/commands/registrar_create.h"
#include "registry/rules/maintenances.h"
#include "registry/store/settings.h"
#include "tests/registry/store/store_scene.h"

namespace registry::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Kind = MaintenanceNotice::Kind;

class MaintenanceNoticesTest : public testing::Test {
 protected:
  MaintenanceNoticesTest() {
    planned.id = "move-1";
    planned.name = "A \"move\" # 1";
    planned.systems = {{"EPP", "epp.nic.example", Maintenance::Impact::kFull}};
    planned.starts = now + absl::Hours(24 * 10);
    planned.ends = planned.starts + absl::Hours(2);
  }

  absl::StatusOr<MaintenanceDone> Create(absl::Time at) {
    return CreateMaintenance(scene.database, planned, "jon", at);
  }
  absl::StatusOr<MaintenanceDone> Create() { return Create(now); }
  template <class Change>
  absl::StatusOr<MaintenanceDone> Update(Change change, absl::Time at) {
    const auto apply = [&](Maintenance& maintenance) {
      change(maintenance);
      return absl::OkStatus();
    };
    return UpdateMaintenance(scene.database, planned.id, apply, "jon", at);
  }
  absl::StatusOr<MaintenanceDone> Delete(absl::Time at) {
    return DeleteMaintenance(scene.database, planned.id, "jon", at);
  }
  int64_t Tell(absl::Time at) {
    const auto told = MaintenanceClock(scene.database).TellDue(at);
    EXPECT_TRUE(told.ok()) << told.status();
    return told.ok() ? told->notices : -1;
  }
  std::string Changes() {
    return scene.Query(
        "SELECT coalesce(string_agg(kind::text, '' ORDER BY at), '') FROM "
        "maintenance_changes");
  }
  // The kinds of those in the queue of the registrar, in their order.
  std::string Kinds(RegistrarKey registrar) {
    return scene.Query(
        Concat("SELECT coalesce(string_agg(left(detail, 1), '' ORDER BY id), '') "
               "FROM poll_messages WHERE notice = 'm' AND registrar = ",
               Number(registrar)));
  }
  std::vector<std::string> Listed() {
    const auto reply = scene.Run(scene.gold, MaintenanceInfo{});
    EXPECT_TRUE(reply.status.ok());
    std::vector<std::string> ids;
    for (const Maintenance& maintenance : (*reply.outcome)->list) ids.push_back(maintenance.id);
    return ids;
  }

  StoreScene scene;
  const absl::Time now = absl::FromUnixMillis(absl::ToUnixMillis(scene.clock.Now()));
  Maintenance planned;
};

TEST_F(MaintenanceNoticesTest, AreSeenAndToldAtOnce) {
  EXPECT_THAT(Listed(), IsEmpty());
  EXPECT_EQ(scene.Code(scene.gold, MaintenanceInfo{"move-1"}), ResultCode::kObjectMissing);
  const auto done = Create();
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(done->told, 2);
  EXPECT_THAT(Listed(), ElementsAre("move-1"));
  const auto shown = scene.Run(scene.silver, MaintenanceInfo{"move-1"});
  ASSERT_TRUE((*shown.outcome).ok());
  Maintenance expected = planned;
  expected.created = now;
  EXPECT_EQ((*shown.outcome)->item, expected);
  for (const RegistrarKey registrar : {scene.gold, scene.silver}) {
    const auto poll = scene.Run(registrar, PollRequest{registrar});
    EXPECT_EQ((*poll.outcome)->count, 1);
    const PollMessage& message = *(*poll.outcome)->message;
    EXPECT_EQ(message.notice, PollMessage::Notice::kMaintenance);
    EXPECT_EQ(message.queued, now);
    EXPECT_EQ(ParseMaintenanceNotice(message.detail), (MaintenanceNotice{Kind::kCreate, expected}));
  }
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST_F(MaintenanceNoticesTest, OnlyThoseWhoSellTheTldAreTold) {
  Registrar third = MakeRegistrar("third");
  third.tlds = {"ngo"};
  ASSERT_EQ(scene.Code(kOperator, RegistrarCreate{third}), ResultCode::kOk);
  const RegistrarKey key{
      static_cast<int32_t>(scene.Number("SELECT id FROM registrars WHERE handle = 'third'"))};
  planned.tlds = {"org"};
  EXPECT_EQ(Create()->told, 2);
  EXPECT_EQ(Kinds(key), "");
  // Whoever it concerned or concerns now hears of a change.
  EXPECT_EQ(Update([](Maintenance& m) { m.tlds = {"ngo"}; }, now + absl::Hours(1))->told, 3);
  EXPECT_EQ(Kinds(key), "u");
  EXPECT_EQ(Delete(now + absl::Hours(2))->told, 3);
  EXPECT_EQ(Kinds(key), "ud");
  EXPECT_EQ(Kinds(scene.gold), "cud");
}

TEST_F(MaintenanceNoticesTest, AMessageSaysWhatWasTrueWhenItWasMade) {
  ASSERT_TRUE(Create().ok());
  ASSERT_TRUE(Update([](Maintenance& m) { m.name = "later"; }, now + absl::Hours(1)).ok());
  ASSERT_TRUE(Delete(now + absl::Hours(2)).ok());
  EXPECT_THAT(Listed(), IsEmpty());
  EXPECT_EQ(scene.Code(scene.gold, MaintenanceInfo{"move-1"}), ResultCode::kObjectMissing);
  EXPECT_EQ(Kinds(scene.gold), "cud");
  const auto changes = ReadMaintenanceChanges(scene.database, "move-1", 10);
  ASSERT_TRUE(changes.ok()) << changes.status();
  ASSERT_EQ(changes->size(), 3u);
  EXPECT_EQ((*changes)[2].notice.maintenance.name, planned.name);
  EXPECT_EQ((*changes)[1].notice.maintenance.name, "later");
  EXPECT_EQ((*changes)[1].notice.maintenance.updated, now + absl::Hours(1));
  EXPECT_EQ((*changes)[0].notice.kind, Kind::kDelete);
  EXPECT_EQ((*changes)[0].notice.maintenance.name, "later");
  EXPECT_EQ((*changes)[0].by, "jon");
  EXPECT_EQ(ReadMaintenanceChanges(scene.database, "", 2)->size(), 2u);
  EXPECT_THAT(*ReadMaintenanceChanges(scene.database, "other", 2), IsEmpty());
}

TEST_F(MaintenanceNoticesTest, WhatIsRefusedChangesNothing) {
  ASSERT_TRUE(Create().ok());
  EXPECT_TRUE(absl::IsAlreadyExists(Create().status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Update([](Maintenance&) {}, now).status()));
  EXPECT_TRUE(
      absl::IsInvalidArgument(Update([](Maintenance& m) { m.ends = m.starts; }, now).status()));
  EXPECT_TRUE(absl::IsAborted(UpdateMaintenance(
                                  scene.database, "move-1",
                                  [](Maintenance&) { return absl::AbortedError("no"); }, "jon", now)
                                  .status()));
  EXPECT_TRUE(absl::IsFailedPrecondition(Delete(planned.ends).status()));
  EXPECT_TRUE(absl::IsFailedPrecondition(
      Update([](Maintenance& m) { m.name = "x"; }, planned.ends).status()));
  planned.id = "move-2";
  EXPECT_TRUE(absl::IsInvalidArgument(Create(planned.ends).status())) << "it is over";
  EXPECT_TRUE(absl::IsNotFound(Delete(now).status()));
  EXPECT_TRUE(absl::IsNotFound(Update([](Maintenance& m) { m.name = "x"; }, now).status()));
  planned.tlds = {"com"};
  EXPECT_THAT(Create().status().ToString(), HasSubstr("does not serve"));
  EXPECT_EQ(Changes(), "c");
  EXPECT_EQ(Kinds(scene.gold), "c");
  planned.id = "move-1";
  ASSERT_TRUE(Delete(now).ok());
  planned.tlds.clear();
  EXPECT_TRUE(absl::IsAlreadyExists(Create().status())) << "an id is never used again";
}

TEST_F(MaintenanceNoticesTest, AListIsFinite) {
  scene.Query(
      Concat("INSERT INTO maintenances (id, content, starts, ends) SELECT 'm' || n, 'id = m' || n "
             "|| E'\\nsystem = full - EPP\\nstarts = 2100-01-01T00:00:00Z\\nends = "
             "2100-01-02T00:00:00Z\\ncreated = 2000-01-01T00:00:00Z\\n', '2100-01-01Z', "
             "'2100-01-02Z' FROM generate_series(1, ",
             kMostMaintenances, ") n"));
  EXPECT_EQ(Listed().size(), kMostMaintenances);
  EXPECT_TRUE(absl::IsFailedPrecondition(Create().status()));
  scene.Query("UPDATE maintenances SET ended = true WHERE id = 'm1'");
  EXPECT_TRUE(Create().ok());
  EXPECT_EQ(Listed().size(), kMostMaintenances);
}

TEST_F(MaintenanceNoticesTest, WhatCannotBeReadHidesNothingElse) {
  ASSERT_TRUE(Create().ok());
  scene.Query(
      "INSERT INTO maintenances (id, content, starts, ends) VALUES ('bad', 'x', "
      "'2100-01-01Z', '2100-01-02Z')");
  EXPECT_THAT(Listed(), ElementsAre("move-1"));
  EXPECT_EQ(scene.Code(scene.gold, MaintenanceInfo{"bad"}), ResultCode::kObjectMissing);
}

TEST_F(MaintenanceNoticesTest, TheClockRemindsOnceAndTellsTheEndOnce) {
  ASSERT_TRUE(Create().ok());
  const absl::Time courtesy = planned.starts - absl::Hours(24);
  EXPECT_EQ(Tell(courtesy - absl::Milliseconds(1)), 0);
  EXPECT_EQ(Tell(courtesy), 1);
  EXPECT_EQ(Tell(courtesy), 0);
  EXPECT_EQ(Tell(planned.starts), 0);
  EXPECT_EQ(Tell(planned.ends - absl::Milliseconds(1)), 0);
  EXPECT_EQ(Tell(planned.ends), 1);
  EXPECT_EQ(Tell(planned.ends + absl::Hours(1000)), 0);
  EXPECT_EQ(Kinds(scene.gold), "cre");
  EXPECT_EQ(Kinds(scene.silver), "cre");
  EXPECT_EQ(Changes(), "cre");
  EXPECT_THAT(Listed(), IsEmpty());
  // It can still be read.
  EXPECT_EQ(scene.Code(scene.gold, MaintenanceInfo{"move-1"}), ResultCode::kOk);
  EXPECT_THAT(*ReadMaintenances(scene.database, false, planned.ends), IsEmpty());
  EXPECT_EQ(ReadMaintenances(scene.database, true, planned.ends)->size(), 1u);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST_F(MaintenanceNoticesTest, AClockThatWasAwayDoesNotRemindOfThePast) {
  ASSERT_TRUE(Create().ok());
  EXPECT_EQ(Tell(planned.starts), 0) << "too late";
  EXPECT_EQ(Tell(planned.starts - absl::Hours(1)), 0) << "settled, even if the clock goes back";
  planned.id = "move-2";
  ASSERT_TRUE(Create().ok());
  EXPECT_EQ(Tell(planned.ends), 2) << "both ends, no reminder";
  EXPECT_EQ(Kinds(scene.gold), "ccee");
}

TEST_F(MaintenanceNoticesTest, AnotherStartIsRemindedOfAgain) {
  ASSERT_TRUE(Create().ok());
  EXPECT_EQ(Tell(planned.starts - absl::Hours(24)), 1);
  const absl::Time before = planned.starts - absl::Hours(12);
  ASSERT_TRUE(Update([](Maintenance& m) { m.name = "x"; }, before).ok());
  EXPECT_EQ(Tell(before), 0) << "the start is the same";
  ASSERT_TRUE(Update([](Maintenance& m) { m.starts += absl::Hours(1); }, before).ok());
  EXPECT_EQ(Tell(before), 0) << "they have just heard";
  ASSERT_TRUE(Update(
                  [](Maintenance& m) {
                    m.starts += absl::Hours(48);
                    m.ends += absl::Hours(48);
                  },
                  before)
                  .ok());
  EXPECT_EQ(Tell(planned.starts + absl::Hours(25)), 1);
  EXPECT_EQ(Kinds(scene.gold), "cruuur");
}

TEST_F(MaintenanceNoticesTest, TheRegistrySaysHowEarlyRemindersCome) {
  ASSERT_TRUE(ChangeSettings(scene.database, {{}, {}, absl::Hours(2)}).ok());
  ASSERT_TRUE(Create().ok());
  EXPECT_EQ(Tell(planned.starts - absl::Hours(3)), 0);
  EXPECT_EQ(Tell(planned.starts - absl::Hours(2)), 1);
  ASSERT_TRUE(ChangeSettings(scene.database, {{}, {}, absl::ZeroDuration()}).ok());
  planned.id = "move-2";
  ASSERT_TRUE(Create().ok());
  EXPECT_EQ(Tell(planned.starts - absl::Milliseconds(1)), 0);
  for (const absl::Duration wrong : {absl::Seconds(-1), absl::Hours(24 * 90) + absl::Seconds(1)}) {
    EXPECT_TRUE(
        absl::IsInvalidArgument(ChangeSettings(scene.database, {absl::Hours(1), {}, wrong})));
  }
  EXPECT_EQ(scene.Number("SELECT contact_transfer_wait_ms FROM registry"), 5 * 86'400'000)
      << "all or none";
}

TEST_F(MaintenanceNoticesTest, OfManyWorkersOneTells) {
  ASSERT_TRUE(Create().ok());
  for (const absl::Time at : {planned.starts - absl::Hours(1), planned.ends}) {
    std::vector<std::thread> workers;
    for (int i = 0; i < 6; ++i) workers.emplace_back([&, at] { Tell(at); });
    for (std::thread& worker : workers) worker.join();
  }
  EXPECT_EQ(Kinds(scene.gold), "cre");
  EXPECT_EQ(Changes(), "cre");
}

TEST_F(MaintenanceNoticesTest, AWorkerThatFailsHalfWayHasToldNothing) {
  ASSERT_TRUE(Create().ok());
  scene.Query("ALTER TABLE maintenance_changes ADD CONSTRAINT stop CHECK (kind = 'c') NOT VALID");
  MaintenanceClock clock(scene.database);
  EXPECT_FALSE(clock.TellDue(planned.ends).ok());
  EXPECT_EQ(Kinds(scene.gold), "c");
  EXPECT_EQ(scene.Query("SELECT ended FROM maintenances"), "f");
  scene.Query("ALTER TABLE maintenance_changes DROP CONSTRAINT stop");
  const auto told = clock.TellDue(planned.ends);
  ASSERT_TRUE(told.ok()) << told.status();
  EXPECT_EQ(told->notices, 1);
  EXPECT_EQ(told->messages, 2);
  EXPECT_EQ(Kinds(scene.gold), "ce");
}

}  // namespace
}  // namespace registry::store
