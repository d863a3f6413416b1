#include "zonegen/zone_reader.h"

#include <gmock/gmock.h>

#include "registry/base/text.h"
#include "tests/support/temporary_folder.h"

namespace zonegen {
namespace {

using registry::Concat;
using testing::ElementsAre;
using testing::HasSubstr;

class ZoneReaderTest : public testing::Test {
 protected:
  // "name: TTL TYPE DATA", a line for each record.
  absl::StatusOr<std::vector<std::string>> Read(std::string_view text) const {
    tests::WriteFile(file_, text);
    auto reader = ZoneReader::Open(file_);
    if (!reader.ok()) return reader.status();
    std::vector<std::string> all;
    ZoneName name;
    while (true) {
      const auto more = reader->Next(name);
      if (!more.ok()) return more.status();
      if (!*more) return all;
      for (const ZoneRecord& record : name.records) {
        all.push_back(Concat(name.name, ": ", record.ttl, " ", record.type, " ", record.data));
      }
    }
  }
  std::string ErrorOf(std::string_view text) const {
    return std::string(Read(text).status().message());
  }
  const tests::TemporaryFolder folder_;
  const std::string file_ = folder_.Path("org.zone");
};

TEST_F(ZoneReaderTest, GivesRecordsInOneFormHoweverTheyAreWritten) {
  EXPECT_THAT(
      *Read("; a comment\n"
            "$ORIGIN org.\n"
            "$TTL 3600\n"
            "@ IN SOA ns1.nic hostmaster.nic.org. 1 2 3 4 5 ; the serial\n"
            "\n"
            "@\t86400\tIN\tNS\tns1.nic\n"
            "A.org. in 60 ds 1 13 2 abcd EF01\n"
            "a.ORG.  Ns  NS1.Example.NET.\r\n"
            "b MX 10 mail\n"
            "b TXT \"two words\"  \"; (no comment)\"\n"
            "c AAAA 2001:DB8:0:0::1\n"
            "c A 192.0.2.1\n"
            "_443._tcp.d SRV 0 0 443 .\n"
            "e RRSIG NS 13 2 3600 20260101000000 20250101000000 1 ORG. abcd EFgh ==\n"
            "f NSEC3 1 1 0 - 2vptu5timamqttgl4luu9kg21e0aor3s NS\n"
            "g CAA 0 issue \"ca.example.net\"\n"),
      ElementsAre("org: 86400 NS ns1.nic.org.",
                  "org: 3600 SOA ns1.nic.org. hostmaster.nic.org. 1 2 3 4 5",
                  "a.org: 60 DS 1 13 2 ABCDEF01", "a.org: 3600 NS ns1.example.net.",
                  "b.org: 3600 MX 10 mail.org.", "b.org: 3600 TXT \"two words\" \"; (no comment)\"",
                  "c.org: 3600 A 192.0.2.1", "c.org: 3600 AAAA 2001:db8::1",
                  "_443._tcp.d.org: 3600 SRV 0 0 443 .",
                  "e.org: 3600 RRSIG NS 13 2 3600 20260101000000 20250101000000 1 org. abcdEFgh==",
                  "f.org: 3600 NSEC3 1 1 0 - 2VPTU5TIMAMQTTGL4LUU9KG21E0AOR3S NS",
                  "g.org: 3600 CAA 0 issue \"ca.example.net\""));
}

TEST_F(ZoneReaderTest, PutsThePolicysRecordsInTheirPlace) {
  EXPECT_THAT(*Read("$ORIGIN org.\n"
                    "@ 1 IN SOA a. b. 1 1 1 1 1\n"
                    "www.nic 60 IN A 192.0.2.1\n"
                    "nic 60 IN A 192.0.2.2\n"
                    "a 60 IN NS ns.example.\n"
                    "a-b 60 IN NS ns.example.\n"
                    "z 60 IN NS ns.example.\n"
                    "org. 1 IN SOA a. b. 1 1 1 1 1\n"),
              ElementsAre("org: 1 SOA a. b. 1 1 1 1 1", "a.org: 60 NS ns.example.",
                          "a-b.org: 60 NS ns.example.", "nic.org: 60 A 192.0.2.2",
                          "www.nic.org: 60 A 192.0.2.1", "z.org: 60 NS ns.example."));
}

std::string LargeZone(int names) {
  std::string zone = "$ORIGIN org.\n@ 1 IN SOA a. b. 1 1 1 1 1\nzz.nic 60 IN A 192.0.2.1\n";
  for (int i = 0; i < names; ++i) zone += Concat("n", 100'000 + i, " 60 IN NS ns.example.\n");
  return zone;
}

TEST_F(ZoneReaderTest, ReadsBeyondWhatItHoldsInMemory) {
  const int names = 3 * static_cast<int>(ZoneReader::kUnordered);
  // The SOA again at the end, as AXFR has it.
  const auto all = Read(LargeZone(names) + "@ 1 IN SOA a. b. 1 1 1 1 1\n");
  ASSERT_TRUE(all.ok()) << all.status();
  ASSERT_EQ(std::ssize(*all), names + 2);
  EXPECT_EQ((*all)[0], "org: 1 SOA a. b. 1 1 1 1 1");
  for (int i = 0; i < names; ++i) {
    EXPECT_EQ((*all)[static_cast<size_t>(i + 1)],
              Concat("n", 100'000 + i, ".org: 60 NS ns.example."));
  }
  EXPECT_EQ(all->back(), "zz.nic.org: 60 A 192.0.2.1") << "a record of the policy, kept back";
  EXPECT_THAT(ErrorOf(LargeZone(names) + "n100000 60 IN NS ns.example.\n"),
              HasSubstr(Concat("org.zone:", names + 4, ": n100000.org comes after n")));
}

TEST_F(ZoneReaderTest, SaysWhereWhatIsNoRecordStands) {
  const std::string head = "$ORIGIN org.\n";
  for (const std::string wrong :
       {"a 60 IN", "a 60 IN NS", "a", "a 60 IN TXT \"open", "a 60 IN SOA a. b. (", " 60 IN NS b.",
        "a IN NS b.", "a 2147483648 IN NS b.", "a 60 CH NS b.", "a 1h NS b.", "a..b 60 IN NS b.",
        "a 60 IN NS b..c.", "a 60 IN A 192.0.2", "a 60 IN AAAA 192.0.2.1", "$INCLUDE /etc/passwd",
        "$TTL 1h", "$ORIGIN", "a 60 IN TXT x\\"}) {
    EXPECT_THAT(ErrorOf(head + wrong + "\n"), HasSubstr("org.zone:2: ")) << wrong;
    EXPECT_EQ(Read(head + wrong + "\n").status().code(), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_THAT(ErrorOf("a 60 IN NS b.\n"), HasSubstr("org.zone:1: ")) << "relative to nothing";
}

}  // namespace
}  // namespace zonegen
