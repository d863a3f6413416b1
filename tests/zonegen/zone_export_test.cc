#include "zonegen/zone_export.h"

#include <gtest/gtest.h>
#include <signal.h>

#include "registry/base/text.h"
#include "tests/support/temporary_folder.h"

namespace zonegen {
namespace {

using registry::Concat;

class ZoneExportTest : public testing::Test {
 protected:
  ZoneExportTest() {
    ::signal(SIGPIPE, SIG_IGN);
    tests::WriteFile(zone_,
                     "$ORIGIN org.\n$TTL 3600\n"
                     "@\t900\tIN\tSOA\tns1.nic.org. h.nic.org. 1800000000 2 3 4 5\n"
                     "@\t86400\tIN\tNS\tns1.nic.org.\n"
                     "WWW.nic 60 IN TXT \"A Text\"  \"more\"\n"
                     "ns1.nic 60 IN A 127.0.0.1\n"
                     "a\t3600\tIN\tNS\tns1.a.org.\n"
                     "a\t300\tIN\tDS\t1 13 2 ABCD\n"
                     "ns1.a\t3600\tIN\tA\t192.0.2.1\n"
                     "a-b\t3600\tIN\tNS\tns1.example.net.\n");
  }
  std::string Exported() const { return tests::RunShell("zcat " + out_).output; }

  const tests::TemporaryFolder folder_;
  const std::string zone_ = folder_.Path("org.zone");
  const std::string out_ = folder_.Path("org.txt.gz");
};

TEST_F(ZoneExportTest, HasTheFormThatTheRegistryAgreementAsksFor) {
  const auto exported = ExportZone(zone_, out_);
  ASSERT_TRUE(exported.ok()) << exported.status();
  EXPECT_EQ(Exported(),
            "org.\t900\tin\tsoa\tns1.nic.org. h.nic.org. 1800000000 2 3 4 5\n"
            "a-b.org.\t3600\tin\tns\tns1.example.net.\n"
            "a.org.\t300\tin\tds\t1 13 2 ABCD\n"
            "a.org.\t3600\tin\tns\tns1.a.org.\n"
            "ns1.a.org.\t3600\tin\ta\t192.0.2.1\n"
            "ns1.nic.org.\t60\tin\ta\t127.0.0.1\n"
            "org.\t86400\tin\tns\tns1.nic.org.\n"
            "www.nic.org.\t60\tin\ttxt\t\"A Text\" \"more\"\n"
            "org.\t900\tin\tsoa\tns1.nic.org. h.nic.org. 1800000000 2 3 4 5\n");
  EXPECT_EQ(exported->serial, 1800000000u);
  EXPECT_EQ(exported->records, 8);
  EXPECT_EQ(exported->bytes, std::ssize(tests::ReadFile(out_)));
  EXPECT_NE(tests::RunShell("sha256sum " + out_).output.find(exported->sha256), std::string::npos);
  EXPECT_FALSE(tests::Exists(out_ + ".sort"));
  EXPECT_FALSE(tests::Exists(out_ + ".tmp"));
}

TEST_F(ZoneExportTest, IsAgainAZoneThatCanBeExported) {
  ASSERT_TRUE(ExportZone(zone_, out_).ok());
  const std::string first = Exported();
  const std::string again = folder_.Path("again.gz");
  ASSERT_TRUE(ExportZone(out_, again).ok());
  EXPECT_EQ(tests::RunShell("zcat " + again).output, first);
}

TEST_F(ZoneExportTest, SortsManyLines) {
  std::string zone = tests::ReadFile(zone_);
  for (int i = 0; i < 50'000; ++i) zone += Concat("n", i * 7919 % 50'000, " 60 IN NS a.\n");
  tests::WriteFile(zone_, zone);
  const auto exported = ExportZone(zone_, out_);
  ASSERT_TRUE(exported.ok()) << exported.status();
  EXPECT_EQ(exported->records, 50'008);
  EXPECT_EQ(tests::RunShell("zcat " + out_ + " | sed '1d;$d' | LC_ALL=C sort -c").code, 0);
}

TEST_F(ZoneExportTest, LeavesTheLastOneWhereItFails) {
  tests::WriteFile(out_, "the last");
  const std::string zone = tests::ReadFile(zone_);
  for (const std::string& wrong :
       {zone + "b 60 IN\n", std::string("a.org. 60 IN NS b.\n"), std::string(),
        zone + "@ 900 IN SOA ns1.nic.org. h.nic.org. 1800000001 2 3 4 5\n"}) {
    tests::WriteFile(zone_, wrong);
    EXPECT_EQ(ExportZone(zone_, out_).status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(tests::ReadFile(out_), "the last");
    EXPECT_FALSE(tests::Exists(out_ + ".sort"));
  }
  tests::WriteFile(zone_, zone);
  EXPECT_EQ(ExportZone(zone_, folder_.Path("missing/org.gz")).status().code(),
            absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace zonegen
