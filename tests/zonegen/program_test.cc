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
  EXPECT_EQ(Run(Full("--max-shrink 'all 101% 0'")).code, 2);
  EXPECT_EQ(Run("full --tld org --out " + file_).code, 2) << "no database";
  EXPECT_EQ(Run("full --database 'host=/nonexistent' --tld org --out " + file_).code, 3);
  EXPECT_EQ(Run("full --database '" + scene_.database + "' --tld org --out /nonexistent/o").code,
            3);
  EXPECT_EQ(Run("--help").code, 0);
}

TEST_F(ProgramTest, TakesTheLimitsOfTheCommandLine) {
  const std::string config = folder_.Path("zonegen.conf");
  tests::WriteFile(config, "database = " + scene_.database + "\nmax_shrink = all 10% 0\n");
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
  EXPECT_EQ(Run(full + " --max-shrink 'delegations 50% 0'").code, 1) << "there are ns, too";
  EXPECT_EQ(Run(full + " --max-shrink 'delegations 50% 0' --max-shrink 'ns 50% 0'").code, 0);
}

TEST_F(ProgramTest, CompressesAndNamesTheFileAfterIt) {
  EXPECT_EQ(scene_.Code(scene_.gold, CreateOrg("a.org")), registry::ResultCode::kOk);
  const tests::Ran first = Run(Full("--compress gzip"));
  EXPECT_EQ(first.code, 0) << first.output;
  EXPECT_THAT(first.output, HasSubstr(file_ + ".gz: written"));
  EXPECT_THAT(tests::RunShell("zcat " + file_ + ".gz").output,
              HasSubstr("a\t3600\tIN\tNS\tns1.example.net.\n"));
  EXPECT_TRUE(tests::Exists(file_ + ".gz.manifest"));
  EXPECT_FALSE(tests::Exists(file_));
  EXPECT_THAT(Run(Full("--compress gzip")).output, HasSubstr("is current"));
  EXPECT_EQ(Run(Full("--compress zstd")).code, 0);
  EXPECT_THAT(tests::RunShell("zstdcat " + file_ + ".zst").output, HasSubstr("$ORIGIN org.\n"));
  EXPECT_EQ(Run(Full("--compress lzma")).code, 2);
  const std::string misnamed =
      "full --database '" + scene_.database + "' --tld org --out " + file_ + ".gz";
  EXPECT_EQ(Run(misnamed).code, 2);
  EXPECT_EQ(Run(misnamed + " --compress zstd").code, 2);
  EXPECT_EQ(Run(misnamed + " --compress gzip").code, 0) << "named already";
}

TEST_F(ProgramTest, ForcesWithAReasonOnly) {
  tests::WriteFile(file_, "precious\n");
  EXPECT_EQ(Run(Full()).code, 1);
  EXPECT_EQ(Run(Full("--force")).code, 2);
  EXPECT_EQ(Run(Full("--force ' '")).code, 2);
  EXPECT_EQ(Run(Full("--force \"$(printf 'two\\nlines')\"")).code, 2);
  EXPECT_EQ(tests::ReadFile(file_), "precious\n");
  const tests::Ran forced = Run(Full("--force 'the notes are elsewhere'"));
  EXPECT_EQ(forced.code, 0) << forced.output;
  EXPECT_THAT(forced.output, HasSubstr("level=warning event=zone.forced tld=org serial="));
  EXPECT_THAT(forced.output, HasSubstr("reason=\"the notes are elsewhere\" passed_over=\"" + file_ +
                                       " is there but is not a zone file"));
  EXPECT_THAT(tests::ReadFile(file_ + ".manifest"),
              HasSubstr("\nforced = the notes are elsewhere\n"));
}

TEST_F(ProgramTest, ComparesAndExportsZoneFiles) {
  EXPECT_EQ(scene_.Code(scene_.gold, CreateOrg("a.org")), registry::ResultCode::kOk);
  EXPECT_EQ(Run(Full()).code, 0);
  EXPECT_EQ(scene_.Code(scene_.gold, CreateOrg("b.org")), registry::ResultCode::kOk);
  EXPECT_EQ(Run(Full()).code, 0);
  const std::string kept =
      tests::RunShell("ls " + file_ + ".* | grep -E '[0-9]$' | tr -d '\\n'").output;
  const tests::Ran same = Run("diff " + file_ + " " + file_);
  EXPECT_EQ(same.code, 0);
  EXPECT_EQ(same.output, "");
  const tests::Ran different = Run("diff --ignore-serial " + kept + " " + file_);
  EXPECT_EQ(different.code, 1);
  EXPECT_EQ(different.output,
            "+ b.org.\t3600\tIN\tNS\tns1.example.net.\n+ b.org.\t3600\tIN\tNS\tns2.example.net.\n");
  EXPECT_EQ(Run("diff --summary --ignore-serial " + kept + " " + file_).output,
            "NS: 2 added, 0 removed, 0 changed\nall: 2 added, 0 removed, 0 changed\n");
  EXPECT_EQ(Run("diff " + file_ + " " + folder_.Path("missing")).code, 2);
  EXPECT_EQ(Run("diff " + file_).code, 2);
  EXPECT_EQ(Run("diff " + file_ + " " + kept + " > /dev/full").code, 2);

  const std::string out = folder_.Path("org.txt");
  const tests::Ran exported = Run("export " + file_ + " --out " + out);
  EXPECT_EQ(exported.code, 0) << exported.output;
  EXPECT_EQ(Run("diff " + file_ + " " + out + ".gz").code, 0);
  EXPECT_EQ(Run("export " + folder_.Path("missing") + " --out " + out).code, 3);
  tests::WriteFile(folder_.Path("notes"), "no zone\n");
  EXPECT_EQ(Run("export " + folder_.Path("notes") + " --out " + out).code, 1);
}

TEST_F(ProgramTest, LeavesTheLastZoneWhereTheNewOneDoesNotFit) {
  EXPECT_EQ(Run(Full()).code, 0);
  const std::string before = tests::ReadFile(file_),
                    manifest = tests::ReadFile(file_ + ".manifest");
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(scene_.Code(scene_.gold, CreateOrg("name" + std::to_string(i) + ".org")),
              registry::ResultCode::kOk);
  }
  // Half a kilobyte; with the signal ignored the write fails, otherwise it kills.
  const std::string full = tests::ProgramPath("postel-zonegen") + " " + Full();
  const tests::Ran refused = tests::RunShell("trap '' XFSZ; ulimit -f 1; " + full);
  EXPECT_EQ(refused.code, 3) << refused.output;
  EXPECT_THAT(refused.output, HasSubstr("File too large"));
  EXPECT_NE(tests::RunShell("ulimit -f 1; " + full + "; exit $?").code, 0);
  EXPECT_EQ(tests::ReadFile(file_), before);
  EXPECT_EQ(tests::ReadFile(file_ + ".manifest"), manifest);
  EXPECT_EQ(Run(Full()).code, 0);
  EXPECT_THAT(tests::ReadFile(file_), HasSubstr("name29\t"));
}

TEST_F(ProgramTest, ShowsABarOnATerminalAlone) {
  EXPECT_EQ(scene_.Code(scene_.gold, CreateOrg("a.org")), registry::ResultCode::kOk);
  const tests::Ran quiet = Run(Full());
  EXPECT_EQ(quiet.output.find('\r'), std::string::npos) << quiet.output;
  // script gives it a terminal, as whose output both of its outputs appear.
  const tests::Ran shown = tests::RunShell("script -qec \"" + tests::ProgramPath("postel-zonegen") +
                                           " " + Full() + "\" /dev/null");
  EXPECT_EQ(shown.code, 0) << shown.output;
  EXPECT_THAT(shown.output, HasSubstr("pages  writing and checking"));
  EXPECT_THAT(shown.output, HasSubstr("\r\033[K"));
  EXPECT_THAT(shown.output, HasSubstr("is current"));
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
