// postel-zonegen as an operator and a service manager run it.
#include <gmock/gmock.h>

#include "registry/commands/domain_delete.h"
#include "tests/registry/store/store_scene.h"
#include "tests/support/paths.h"
#include "tests/support/temporary_folder.h"

namespace zonegen {
namespace {

using registry::store::CreateOrg;
using testing::HasSubstr;

class ProgramTest : public testing::Test {
 protected:
  tests::Ran Run(const std::string& arguments) const {
    return tests::RunShell(tests::ProgramPath("postel-zonegen") + " " + arguments);
  }
  std::string Full(const std::string& more = "") const {
    return "full --database '" + scene_.database + "' --tld org --out " + file_ + " " + more;
  }

  registry::store::StoreScene scene_;
  const tests::TemporaryFolder folder_;
  const std::string file_ = folder_.Path("org.zone");
};

TEST_F(ProgramTest, WritesOneZoneAndSaysSo) {
  EXPECT_EQ(scene_.Code(scene_.gold, CreateOrg("a.org")), registry::ResultCode::kOk);
  const tests::Ran first = Run(Full());
  EXPECT_EQ(first.code, 0) << first.output;
  EXPECT_THAT(first.output, HasSubstr("written"));
  EXPECT_THAT(first.output, HasSubstr("1 delegations"));
  EXPECT_THAT(tests::ReadFile(file_), HasSubstr("a\t3600\tIN\tNS\tns1.example.net.\n"));
  const tests::Ran second = Run(Full());
  EXPECT_EQ(second.code, 0) << second.output;
  EXPECT_THAT(second.output, HasSubstr("is current"));
}

TEST_F(ProgramTest, EndsWithACodeThatTellsRefusalsFromFailures) {
  EXPECT_EQ(Run("full --database '" + scene_.database + "' --tld nowhere --out " + file_).code, 1);
  EXPECT_EQ(Run("full --database '" + scene_.database + "' --tld org").code, 2);
  EXPECT_EQ(Run("").code, 2);
  EXPECT_EQ(Run(Full("--max-shrink-percent 101")).code, 2);
  EXPECT_EQ(Run("full --tld org --out " + file_).code, 2) << "no database";
  EXPECT_EQ(Run("full --database 'host=/nonexistent' --tld org --out " + file_).code, 3);
  EXPECT_EQ(Run("full --database '" + scene_.database + "' --tld org --out /nonexistent/o").code,
            3);
  EXPECT_EQ(Run("--help").code, 0);
}

TEST_F(ProgramTest, TakesTheShrinkLimitOfTheCommandLine) {
  const std::string config = folder_.Path("zonegen.conf");
  tests::WriteFile(config, "database = " + scene_.database + "\nmax_shrink_names = 0\n");
  for (const char* name : {"a.org", "b.org"}) {
    EXPECT_EQ(scene_.Code(scene_.gold, CreateOrg(name)), registry::ResultCode::kOk);
  }
  const std::string full = "full --config " + config + " --tld org --out " + file_;
  EXPECT_EQ(Run(full).code, 0);
  EXPECT_EQ(scene_.Code(scene_.gold, registry::DomainDelete{registry::DomainName("a.org")}),
            registry::ResultCode::kOk);
  const tests::Ran refused = Run(full);
  EXPECT_EQ(refused.code, 1) << refused.output;
  EXPECT_THAT(refused.output, HasSubstr("from 2 to 1"));
  EXPECT_EQ(Run(full + " --max-shrink-percent 50").code, 0);
}

TEST_F(ProgramTest, WatchesUntilItIsStopped) {
  const std::string config = folder_.Path("zonegen.conf");
  tests::WriteFile(config, "database = " + scene_.database +
                               "\ndirectory = " + folder_.Path("zones") +
                               "\ninterval = 100ms\nmetrics_listen = 127.0.0.1:0\n");
  const std::string file = folder_.Path("zones/ngo.zone");
  const tests::Ran ran = tests::RunShell(
      "{ " + tests::ProgramPath("postel-zonegen") + " watch --config " + config +
      " & pid=$!; n=0; until [ -s " + file +
      " ] || [ $n = 600 ]; do sleep 0.1; n=$((n+1)); done; kill -TERM $pid; wait $pid; }");
  EXPECT_EQ(ran.code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("event=zonegen.started"));
  EXPECT_THAT(ran.output, HasSubstr("event=zone.written tld=ngo"));
  EXPECT_THAT(ran.output, HasSubstr("event=zonegen.stopped"));
  EXPECT_TRUE(tests::Exists(file));
}

}  // namespace
}  // namespace zonegen
