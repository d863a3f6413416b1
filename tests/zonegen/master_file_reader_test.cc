#include "zonegen/master_file_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/temporary_folder.h"
#include "zonegen/dns_record.h"

namespace zonegen {
namespace {

TEST(MasterFileReaderTest, ReadsRecordsInLowerCase) {
  const tests::TemporaryFolder folder;
  const std::string file = folder.Path("org.zone");
  tests::WriteFile(file,
                   "$ORIGIN org.\n$TTL 7\nA\tIN\tNS\tNs.Example.NET.\n@ 60 IN TXT \"Text\"\n");
  auto reader = MasterFileReader::Open(file, "org");
  ASSERT_TRUE(reader.ok()) << reader.status();
  std::string owner;
  DnsRecord record;
  ASSERT_TRUE(*(*reader)->Next(&owner, &record));
  EXPECT_EQ(NameText(owner), "a.org");
  EXPECT_EQ(record, (DnsRecord{kTypeNs, 7, WireName("ns.example.net")}));
  ASSERT_TRUE(*(*reader)->Next(&owner, &record));
  EXPECT_EQ(record, (DnsRecord{kTypeTxt, 60, CharacterString("Text")}));
  EXPECT_FALSE(*(*reader)->Next(&owner, &record));
  tests::WriteFile(file, "a IN NS\n");
  reader = MasterFileReader::Open(file, "org");
  ASSERT_TRUE(reader.ok());
  EXPECT_THAT(std::string((*reader)->Next(&owner, &record).status().message()),
              testing::HasSubstr("org.zone, line 1"));
}

TEST(MasterFileReaderTest, ReadsNoOtherFiles) {
  const tests::TemporaryFolder folder;
  tests::WriteFile(folder.Path("other.zone"), "secret 60 TXT \"not yours\"\n");
  const std::string text = "a 60 A 192.0.2.1\n$INCLUDE " + folder.Path("other.zone") + "\n";
  auto reader = MasterFileReader::OfText(text, "org", 60);
  ASSERT_TRUE(reader.ok()) << reader.status();
  std::string owner;
  DnsRecord record;
  ASSERT_TRUE(*(*reader)->Next(&owner, &record));
  EXPECT_EQ(NameText(owner), "a.org");
  const auto more = (*reader)->Next(&owner, &record);
  EXPECT_TRUE(absl::IsInvalidArgument(more.status())) << more.status();
  EXPECT_THAT(std::string(more.status().message()), testing::HasSubstr("line 2: $INCLUDE"));
}

TEST(MasterFileReaderTest, TakesNoOctetsForANameThatAreNone) {
  std::string owner;
  DnsRecord record;
  auto good = MasterFileReader::OfText("n TYPE2 \\# 4 02 4E 53 00\n", "org", 60);
  ASSERT_TRUE(*(*good)->Next(&owner, &record));
  EXPECT_EQ(TargetOf(record), "ns");
  for (const char* rdata : {"1 01", "3 02 4E 53", "5 02 4E 53 00 00", "0"}) {
    const std::string text = std::string("n TYPE2 \\# ") + rdata + "\n";
    auto reader = MasterFileReader::OfText(text, "org", 60);
    EXPECT_TRUE(absl::IsInvalidArgument((*reader)->Next(&owner, &record).status())) << text;
  }
}

TEST(MasterFileReaderTest, SaysWhichFileIsNotThere) {
  const auto reader = MasterFileReader::Open("/nowhere/org.zone", "org");
  EXPECT_TRUE(absl::IsNotFound(reader.status()));
  EXPECT_THAT(std::string(reader.status().message()), testing::HasSubstr("/nowhere/org.zone"));
}

}  // namespace
}  // namespace zonegen
