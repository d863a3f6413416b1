#include "registry/worker/lifecycle_pass.h"

#include <gmock/gmock.h>

#include <thread>

#include "tests/registry/store/store_scene.h"

namespace worker {
namespace {

using registry::ResultCode;
using registry::store::Calendar;
using registry::store::CreateNgo;
using registry::store::StoreScene;
using testing::IsEmpty;

class LifecyclePassTest : public testing::Test {
 protected:
  void Create(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string name = "name" + std::to_string(i) + ".ngo";
      ASSERT_EQ(scene_.Code(scene_.gold, CreateNgo(name)), ResultCode::kOk);
    }
  }
  LifecyclePass::Result Run(int batch = 500) {
    LifecyclePass pass(*scene_.store, calendar_, batch);
    const auto result = pass.Run();
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *result : LifecyclePass::Result{};
  }
  int64_t Renewals() {
    return scene_.Number("SELECT count(*) FROM ledger WHERE what = 'auto-renew'");
  }
  int64_t Due() {
    return scene_.Number(
        "SELECT count(*) FROM calendar, registry WHERE at <= now() + clock_offset_ms * interval '1 "
        "millisecond'");
  }

  StoreScene scene_;
  Calendar calendar_{scene_.database};
};

TEST_F(LifecyclePassTest, HasNothingToDoBeforeItsTime) {
  Create(3);
  const auto result = Run();
  EXPECT_EQ(result.handled, 0);
  EXPECT_EQ(result.delay, absl::ZeroDuration());
  EXPECT_EQ(scene_.Number("SELECT count(*) FROM calendar"), 3);
}

TEST_F(LifecyclePassTest, WritesAllThatIsDueInBatches) {
  Create(30);
  scene_.SetClock(absl::Hours(24 * 367));
  const auto result = Run(/*batch=*/7);
  EXPECT_EQ(result.handled, 30);
  EXPECT_EQ(result.failed, 0);
  EXPECT_GT(result.delay, absl::Hours(24 * 300)) << "the end of the add grace periods was due";
  EXPECT_EQ(Renewals(), 30);
  EXPECT_EQ(Due(), 0);
  EXPECT_EQ(Run().handled, 0);
  EXPECT_THAT(scene_.Findings(), IsEmpty());
}

TEST_F(LifecyclePassTest, DoesItOnceHoweverManyWorkersThereAre) {
  Create(60);
  scene_.SetClock(absl::Hours(24 * 367));
  registry::SystemClock clock;
  const auto store = scene_.OpenAnother(&clock);
  Calendar calendar(scene_.database);
  LifecyclePass other(*store, calendar, 10);
  absl::Status status;
  std::thread thread([&] { status = other.Run().status(); });
  const auto result = Run(/*batch=*/10);
  thread.join();
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(result.failed, 0);
  EXPECT_EQ(Renewals(), 60);
  EXPECT_EQ(scene_.Number("SELECT balance FROM balances WHERE registrar = " +
                          std::to_string(registry::Number(scene_.gold))),
            100'000'00 - 60 * 2 * 9'00);
  EXPECT_EQ(Due(), 0);
  EXPECT_THAT(scene_.Findings(), IsEmpty());
}

TEST_F(LifecyclePassTest, RemovesEntriesThatAreStale) {
  Create(1);
  scene_.Query(
      "INSERT INTO calendar SELECT now() - interval '1 day', id FROM domains "
      "UNION ALL SELECT now() - interval '1 day', 4711");
  EXPECT_EQ(Due(), 2);
  const auto result = Run();
  EXPECT_EQ(result.handled, 2);
  EXPECT_EQ(Due(), 0);
  EXPECT_EQ(scene_.Number("SELECT version FROM domains"), 1);
  EXPECT_THAT(scene_.Findings(), IsEmpty());
}

TEST_F(LifecyclePassTest, DoesNotLetOneThatFailsKeepTheOthersFromTheirTurn) {
  Create(5);
  scene_.Query(
      "CREATE FUNCTION boom() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'boom'; END $$;"
      "CREATE TRIGGER boom BEFORE UPDATE ON domains FOR EACH ROW WHEN (NEW.name = 'name0.ngo') "
      "EXECUTE FUNCTION boom()");
  scene_.SetClock(absl::Hours(24 * 367));
  LifecyclePass pass(*scene_.store, calendar_, 1);
  auto result = pass.Run();
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->handled, 4);
  EXPECT_EQ(result->failed, 1);
  EXPECT_EQ(Renewals(), 4);
  result = pass.Run();
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->failed, 0) << "it is left alone for a while";
  EXPECT_GE(Due(), 1) << "but not forgotten";

  scene_.Query("DROP TRIGGER boom ON domains");
  EXPECT_EQ(Run().handled, 1);
  EXPECT_EQ(Renewals(), 5);
  EXPECT_THAT(scene_.Findings(), IsEmpty());
}

TEST_F(LifecyclePassTest, StopsBetweenBatches) {
  Create(3);
  scene_.SetClock(absl::Hours(24 * 367));
  std::stop_source stop;
  stop.request_stop();
  LifecyclePass pass(*scene_.store, calendar_, 1);
  const auto result = pass.Run(stop.get_token());
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->handled, 0);
  EXPECT_EQ(Renewals(), 0);
}

}  // namespace
}  // namespace worker
