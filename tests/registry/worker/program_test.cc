// postel-worker as an operator and a service manager run it.
#include <gmock/gmock.h>

#include "registry/store/maintenance_notices.h"
#include "tests/registry/store/store_scene.h"
#include "tests/support/paths.h"
#include "tests/support/temporary_folder.h"

namespace worker {
namespace {

using registry::store::CreateNgo;
using testing::HasSubstr;
using testing::Not;

class WorkerProgramTest : public testing::Test {
 protected:
  WorkerProgramTest() {
    tests::WriteFile(config_, "database = " + scene_.database +
                                  "\ninterval = 100ms\nmetrics_listen = 127.0.0.1:0\n");
  }
  std::string Command(const std::string& arguments) const {
    return tests::ProgramPath("postel-worker") + " " + arguments;
  }

  registry::store::StoreScene scene_;
  const tests::TemporaryFolder folder_;
  const std::string config_ = folder_.Path("worker.conf");
};

TEST_F(WorkerProgramTest, MakesOnePassForCron) {
  ASSERT_EQ(scene_.Code(scene_.gold, CreateNgo("a.ngo")), registry::ResultCode::kOk);
  scene_.SetClock(absl::Hours(24 * 367));
  const tests::Ran ran = tests::RunShell(Command("--once --config " + config_));
  EXPECT_EQ(ran.code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("event=worker.pass domains=1 failed=0"));
  EXPECT_EQ(scene_.Number("SELECT count(*) FROM ledger WHERE what = 'auto-renew'"), 1);
}

TEST_F(WorkerProgramTest, TellsWhatIsDueOfMaintenances) {
  registry::Maintenance maintenance;
  maintenance.id = "move";
  maintenance.systems = {{"EPP", "", registry::Maintenance::Impact::kFull}};
  maintenance.starts = scene_.clock.Now() + absl::Hours(24 * 10);
  maintenance.ends = maintenance.starts + absl::Hours(1);
  ASSERT_TRUE(
      registry::store::CreateMaintenance(scene_.database, maintenance, "jon", scene_.clock.Now())
          .ok());
  EXPECT_THAT(tests::RunShell(Command("--once --config " + config_)).output,
              Not(HasSubstr("maintenances_told")));
  for (const absl::Duration later : {absl::Hours(24 * 9 + 1), absl::Hours(24 * 11)}) {
    scene_.SetClock(later);
    const tests::Ran ran = tests::RunShell(Command("--once --config " + config_));
    EXPECT_EQ(ran.code, 0) << ran.output;
    EXPECT_THAT(ran.output, HasSubstr("event=worker.maintenances_told notices=1 messages=2"));
    EXPECT_THAT(tests::RunShell(Command("--once --config " + config_)).output,
                Not(HasSubstr("maintenances_told")));
  }
}

TEST_F(WorkerProgramTest, EndsWithACodeThatTellsWrongUsageFromFailures) {
  EXPECT_EQ(tests::RunShell(Command("--check --config " + config_)).code, 0);
  EXPECT_EQ(tests::RunShell(Command("--once")).code, 2) << "no database";
  EXPECT_EQ(tests::RunShell(Command("--twice")).code, 2);
  EXPECT_EQ(tests::RunShell(Command("--config /nonexistent")).code, 2);
  EXPECT_EQ(tests::RunShell(Command("--once --set database=host=/nonexistent")).code, 1);
}

TEST_F(WorkerProgramTest, FollowsTheSandboxClockUntilItIsStopped) {
  ASSERT_EQ(scene_.Code(scene_.gold, CreateNgo("a.ngo")), registry::ResultCode::kOk);
  scene_.SetClock(absl::Hours(24 * 367));
  const std::string log = folder_.Path("log");
  const tests::Ran ran = tests::RunShell(
      "{ " + Command("--config " + config_) + " 2>" + log +
      " & pid=$!; n=0; until grep -q event=worker.pass " + log +
      " || [ $n = 600 ]; do sleep 0.1; n=$((n+1)); done; kill -TERM $pid; wait $pid; }");
  EXPECT_EQ(ran.code, 0) << ran.output;
  const std::string logged = tests::ReadFile(log);
  EXPECT_THAT(logged, HasSubstr("event=worker.started"));
  EXPECT_THAT(logged, HasSubstr("event=worker.pass domains=1"));
  EXPECT_THAT(logged, HasSubstr("event=worker.stopped"));
}

}  // namespace
}  // namespace worker
