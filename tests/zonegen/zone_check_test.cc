#include "zonegen/zone_check.h"

#include <gmock/gmock.h>

#include "registry/base/text.h"
#include "tests/support/temporary_folder.h"

namespace zonegen {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kOwn[] =
    "@\t86400\tIN\tNS\tns1.nic.org.\n"
    "ns1.nic 86400 IN A 127.0.0.1\n"
    "_443._tcp.www 60 IN TXT \"a text\"\n"
    "@ 3600 IN TXT apex\n";
const std::string kHash(64, 'A');
const std::string kZone =
    "$ORIGIN org.\n"
    "$TTL 3600\n"
    "@\t900\tIN\tSOA\tns1.nic.org. hostmaster.nic.org. 1800000000 1800 900 1209600 3600\n" +
    std::string(kOwn) +
    "a\t3600\tIN\tNS\tns1.a.org.\n"
    "a\t3600\tIN\tNS\tns1.example.net.\n"
    "a\t300\tIN\tDS\t12345 13 2 " +
    kHash +
    "\n"
    "a\t300\tIN\tDS\t12346 13 2 " +
    kHash +
    "\n"
    "ns1.a\t3600\tIN\tA\t192.0.2.1\n"
    "ns1.a\t3600\tIN\tAAAA\t2001:db8::1\n"
    "a-b\t3600\tIN\tNS\tns1.example.net.\n"
    "ns1.gone\t3600\tIN\tA\t192.0.2.2\n"
    "z\t3600\tIN\tNS\tns1.gone.org.\n";

class ZoneCheckTest : public testing::Test {
 protected:
  ZoneFindings Check(const std::string& zone, std::optional<uint32_t> serial = 1800000000) const {
    const std::string file = folder_.Path("org.zone");
    tests::WriteFile(file, zone);
    const auto findings = CheckZoneFile(file, {"org", serial, kOwn});
    EXPECT_TRUE(findings.ok()) << findings.status();
    return findings.ok() ? *findings : ZoneFindings();
  }
  // With the first `from`, which is there, replaced.
  static std::string Spoil(const std::string& from, const std::string& to) {
    std::string zone = kZone;
    const size_t at = zone.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? zone : zone.replace(at, from.size(), to);
  }
  const tests::TemporaryFolder folder_;
};

TEST_F(ZoneCheckTest, FindsNothingInAGoodZoneAndCountsIt) {
  const ZoneFindings findings = Check(kZone);
  EXPECT_EQ(findings.problems, 0) << findings.Describe();
  EXPECT_EQ(findings.serial, 1800000000u);
  ZoneCounts counts;
  counts.numbers = {3, 4, 2, 2, 1, 5};
  EXPECT_EQ(findings.counts, counts);
}

TEST_F(ZoneCheckTest, LetsTheOwnLinesStandAnywhereBehindTheSoa) {
  std::string zone = kZone;
  const std::string own = "ns1.nic 86400 IN A 127.0.0.1\n";
  zone.erase(zone.find(own), own.size());
  zone.insert(zone.find("z\t"), own);
  EXPECT_EQ(Check(zone).problems, 0) << Check(zone).Describe();
}

TEST_F(ZoneCheckTest, FindsEachDefect) {
  const std::string ns = "a-b\t3600\tIN\tNS\tns1.example.net.\n";
  const std::string soa = "hostmaster.nic.org. 1800000000";
  const std::string long_label(64, 'x');
  struct {
    std::string from, to, found;
  } const cases[] = {
      // The apex.
      {"$ORIGIN org.", "$ORIGIN ngo.", "line 1: not the $ORIGIN of org"},
      {"$TTL 3600\n", "$TTL 1h\n", "line 2: not a $TTL"},
      {"SOA", "TXT", "line 3: not the SOA"},
      {soa, soa + "0", "line 3: not the SOA"},
      {soa, "hostmaster.nic.org. 1800000001", "line 3: the serial is 1800000001, not 1800000000"},
      {soa, "hostmaster.nic.org", "line 3: not the SOA"},
      {"@\t86400\tIN\tNS\tns1.nic.org.\n", "", "the apex has no NS records"},
      {"@\t86400\tIN\tNS\tns1.nic.org.\n", "", "the whole file lacks @"},
      {"@ 3600 IN TXT apex\n", "", "the whole file lacks @ 3600 IN TXT apex"},
      {"@ 3600 IN TXT apex\n", "@ 3600 IN TXT other\n", "line 7: not a record"},
      {"a\t3600", "@\t3600\tIN\tNS\tns9.nic.org.\na\t3600", "line 8: a record of the apex that"},
      {"a\t3600", "@\t900\tIN\tSOA\tns1.nic.org. h.nic.org. 1800000000 1 1 1 1\na\t3600",
       "line 8: "},
      // Order and uniqueness.
      {ns, ns + ns, "line 15: a record that stands twice"},
      {ns, ns + "a\t3600\tIN\tNS\tns9.example.net.\n", "line 15: a comes after a-b"},
      {"a-b\t", "0\t", "line 14: 0 comes after ns1.a"},
      {"ns1.gone\t", "ns1.zz\t", "line 16: z comes after ns1.zz"},
      // Delegations.
      {"a-b\t3600\tIN\tNS\tns1.example.net.", "a-b\t3600\tIN\tDS\t1 13 2 " + kHash,
       "line 14: a-b has DS records but no name server"},
      {"z\t3600\tIN\tNS\tns1.gone.org.\n", "z\t3600\tIN\tDS\t1 13 2 " + kHash + "\n",
       "line 16: z has DS records but no name server"},
      {ns, "b.a-b\t3600\tIN\tNS\tns1.example.net.\n", "line 14: b.a-b is a delegation but not"},
      {"NS\tns1.example.net.", "NS\tns1.example.net", "ns1.example.net is not a host name"},
      {"NS\tns1.example.net.", "NS\tns1..net.", "is not a host name"},
      {"NS\tns1.example.net.", "NS\t-ns1.net.", "is not a host name"},
      {"NS\tns1.example.net.", "NS\tns1-.net.", "is not a host name"},
      {"NS\tns1.example.net.", "NS\tns_1.net.", "is not a host name"},
      {"NS\tns1.example.net.", "NS\tNS1.net.", "is not a host name"},
      {"NS\tns1.example.net.", "NS\t192.0.2.1.", "is not a host name"},
      {"NS\tns1.example.net.", "NS\t.", "is not a host name"},
      {"NS\tns1.example.net.", "NS\tns1.example.net. x", "is not a host name"},
      {"NS\tns1.example.net.", "NS\t" + long_label + ".net.", "is not a host name"},
      {"12345 13 2 ", "12345 13 4 ", "line 10: not the data of a DS"},
      {"12345 13 2 ", "65536 13 2 ", "line 10: not the data of a DS"},
      {"12345 13 2 A", "12345 13 2 G", "line 10: not the data of a DS"},
      {"12345 13 2 ", "12345 13 ", "line 10: not the data of a DS"},
      // Glue.
      {"A\t192.0.2.1", "A\t192.0.2.256", "line 12: not an IPv4 address"},
      {"AAAA\t2001:db8::1", "AAAA\t192.0.2.1", "line 13: not an IPv6 address"},
      {"z\t3600\tIN\tNS\tns1.gone.org.", "z\t3600\tIN\tNS\tns2.gone.org.",
       "line 15: addresses of what is the name server of no delegation"},
      // Names and records.
      {"a-b\t", "A-b\t", "line 14: A-b is not a host name"},
      {"a-b\t", "a_b\t", "line 14: a_b is not a host name"},
      {"a-b\t", "a-\t", "line 14: a- is not a host name"},
      {"a-b\t", "a..b\t", "line 14: a..b is not a host name"},
      {"a-b\t", "a" + long_label + "\t", "is not a host name"},
      {"a-b\t", "\t", "line 14:  is not a host name"},
      {"a-b\t3600", "a-b\t-1", "line 14: not a TTL"},
      {"a-b\t3600", "a-b\t2147483648", "line 14: not a TTL"},
      {"a-b\t3600", "a-b\t1h", "line 14: not a TTL"},
      {"a\t300\tIN\tDS\t12346", "a\t301\tIN\tDS\t12346", "line 11: another TTL than its record"},
      {"IN\tNS\tns1.example.net.", "CH\tNS\tns1.example.net.", "line 9: not a record"},
      {"a-b\t3600\tIN\tNS\t", "a-b\t3600\tIN\tMX\t10 ",
       "line 14: a record of a type that has no place"},
      {ns, ns + "\n", "line 15: not a record"},
      {ns, ns + "; comment\n", "line 15: not a record"},
      {ns, "a-b 3600 IN NS ns1.example.net.\n", "line 14: not a record"},
      {"NS\tns1.gone.org.\n", "NS\tns1.gone.org.", "the last line has no end"},
      {"NS\tns1.gone.org.\n", "NS\tns1.go", "the last line has no end"},
  };
  for (const auto& [from, to, found] : cases) {
    const ZoneFindings findings = Check(Spoil(from, to));
    EXPECT_GT(findings.problems, 0) << "for " << to;
    EXPECT_THAT(findings.Describe(), HasSubstr(found)) << "for " << to;
  }
}

TEST_F(ZoneCheckTest, FindsNamesThatAreTooLongWithTheTld) {
  const std::string label(62, 'x');
  const std::string parent = registry::Concat(label, ".", label, ".", label, ".");
  for (const size_t last : {59u, 60u, 61u}) {  // with ".org": 252, 253, 254 octets
    const std::string host = parent + std::string(last, 'x');
    std::string zone = kZone + "zz\t3600\tIN\tNS\t" + host + ".org.\n";
    const ZoneFindings findings = Check(zone);
    EXPECT_EQ(findings.problems, last == 61 ? 1 : 0) << findings.Describe();
  }
}

TEST_F(ZoneCheckTest, FindsAnEmptyFileAndOneThatIsCutOff) {
  EXPECT_THAT(Check("").Describe(), HasSubstr("the zone has no SOA"));
  size_t whole = 0;
  for (size_t size = 0; size < kZone.size(); size += 7) {
    if (Check(kZone.substr(0, size)).problems == 0) ++whole;
  }
  // Only where it ends with a record after which a smaller zone might end.
  EXPECT_LE(whole, 3u);
}

TEST_F(ZoneCheckTest, ShowsTheFirstProblemsAndCountsTheOthers) {
  std::string zone = kZone;
  for (int i = 0; i < 25; ++i) zone += "zz\t3600\tIN\tMX\t10 a.\n";
  const ZoneFindings findings = Check(zone);
  EXPECT_EQ(findings.problems, 25);
  EXPECT_EQ(findings.first.size(), 10u);
  EXPECT_THAT(findings.Describe(), HasSubstr("; and 15 more"));
}

TEST_F(ZoneCheckTest, TakesAnySerialWhereNoneIsExpected) {
  EXPECT_EQ(Check(kZone, std::nullopt).problems, 0);
  EXPECT_EQ(Check(kZone, 1).problems, 1);
}

}  // namespace
}  // namespace zonegen
