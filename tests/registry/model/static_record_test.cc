#include "registry/model/static_record.h"

#include <gmock/gmock.h>

namespace registry {
namespace {

std::string ErrorOf(std::string_view line) {
  const absl::StatusOr<StaticRecord> record = ParseStaticRecord(line, "org");
  return record.ok() ? "right" : std::string(record.status().message());
}

std::string ConflictOf(const std::vector<std::string>& lines) {
  std::vector<StaticRecord> records;
  for (const std::string& line : lines) {
    const absl::StatusOr<StaticRecord> record = ParseStaticRecord(line, "org");
    EXPECT_TRUE(record.ok()) << line << ": " << record.status();
    if (record.ok()) records.push_back(*record);
  }
  const auto conflict = FindConflict(records, "org");
  return conflict ? std::to_string(conflict->record) + ": " + conflict->what : "none";
}

const std::string kDigest(64, 'A');

TEST(StaticRecordTest, ReadsOwnerTypeAndTarget) {
  const absl::StatusOr<StaticRecord> record =
      ParseStaticRecord("_sip._tcp.NIC 300 in srv 0 5 5060 Sip.NIC", "org");
  ASSERT_TRUE(record.ok()) << record.status();
  EXPECT_EQ(record->owner, "_sip._tcp.nic.org");
  EXPECT_EQ(record->type, "SRV");
  EXPECT_EQ(record->target, "sip.nic.org");
}

TEST(StaticRecordTest, TakesWhatNameServersLoad) {
  for (const std::string& line :
       {std::string("ns1.nic 86400 IN A 127.0.0.1"), std::string("ns1.nic AAAA ::1"),
        std::string("@ 60 IN TXT \"one zone\""),
        std::string("@ IN 60 TXT a b \"c ; (\" \\\"d\\009"), std::string("org. TXT \"\""),
        std::string("NIC.ORG. A 192.0.2.1"), std::string("nic CAA 0 issue \"ca.example; x=y\""),
        std::string("nic CAA 128 iodef a@b"), std::string("www.nic CNAME @"),
        std::string("www.nic CNAME _x.example.net."), std::string("nic NS ns.example.net."),
        std::string("nic DS 12345 13 2 ") + kDigest,
        std::string("nic DS 12345 13 2 ") + kDigest.substr(8) + " AAAA AAAA",
        std::string("@ MX 0 ."), std::string("@ MX 10 mail.example.net."),
        std::string("0 2147483647 IN A 192.0.2.1"), std::string("in TXT \"h\xC3\xA9llo\"")}) {
    EXPECT_EQ(ErrorOf(line), "right") << line;
  }
}

TEST(StaticRecordTest, SaysWhatIsWrong) {
  const std::string line = "not one master-file record, with blanks and in one line";
  const std::string ttl = "the TTL is a number of seconds, at most 2147483647";
  const std::string type = "the type is none of A, AAAA, CAA, CNAME, DS, MX, NS, SRV and TXT";
  const std::string a = "A needs an IPv4 address such as 192.0.2.1";
  const std::pair<std::string, std::string> rows[] = {
      {"", line},
      {"foo", "the type is missing: OWNER [TTL] [IN] TYPE DATA"},
      {"foo 300 IN", "the type is missing: OWNER [TTL] [IN] TYPE DATA"},
      {"foo IN A 999.1.1.1", a},
      {"foo A", a},
      {"foo A ::1", a},
      {"foo A 192.0.2.1 192.0.2.2", a},
      {"foo AAAA 192.0.2.1", "AAAA needs an IPv6 address such as 2001:db8::1"},
      {"a_b A 192.0.2.1", "the owner of an address is a host name"},
      {"foo IN BOGUS x", type},
      {"foo IN IN A 192.0.2.1", type},
      {"foo 1 2 A 192.0.2.1", type},
      {"@ SOA a b 1 2 3 4 5", type},
      {"@ DNSKEY 257 3 13 AAAA", type},
      {"foo TYPE1 \\# 4 C0000201", type},
      {"foo CH TXT x", "the class is IN"},
      {"foo CLASS3 TXT x", "the class is IN"},
      {"foo 99999999999999 IN A 192.0.2.1", ttl},
      {"foo 2147483648 IN A 192.0.2.1", ttl},
      {"foo 1h IN A 192.0.2.1", ttl},
      {"foo.net. A 192.0.2.1", "the owner is outside the zone of org"},
      {"xorg. A 192.0.2.1", "the owner is outside the zone of org"},
      {". A 192.0.2.1", "the owner is not a domain name"},
      {"a..b A 192.0.2.1", "the owner is not a domain name"},
      {"*.nic A 192.0.2.1", "the owner is not a domain name"},
      {"\\065 A 192.0.2.1", "the owner is not a domain name"},
      {"-a A 192.0.2.1", "the owner is not a domain name"},
      {std::string(64, 'a') + " A 192.0.2.1", "the owner is not a domain name"},
      {"@ IN CNAME", "there can be no CNAME at the apex"},
      {"foo IN CNAME", "CNAME needs one domain name"},
      {"foo CNAME a b", "CNAME needs one domain name"},
      {"foo CNAME .", "CNAME needs one domain name"},
      {"@ NS ns.example.net.", "the zone's own name servers are settings `name_server`"},
      {"foo NS 192.0.2.1.", "NS needs one host name"},
      {"foo NS a_b", "NS needs one host name"},
      {"@ DS 12345 13 2 " + kDigest, "the apex has no DS: it stands in the root zone"},
      {"foo DS 12345 13 2 AA", "DS looks like 12345 13 2 and 64 hexadecimal digits"},
      {"foo DS", "DS looks like 12345 13 2 and 64 hexadecimal digits"},
      {"foo MX mail.example.net.", "MX looks like 10 mail.example.net."},
      {"foo MX 65536 mail.example.net.", "MX looks like 10 mail.example.net."},
      {"foo MX 10 192.0.2.1.", "MX looks like 10 mail.example.net."},
      {"_x MX 10 mail.example.net.", "the owner of an MX is a host name"},
      {"_x SRV 0 0 host.example.net.", "SRV looks like 0 0 443 host.example.net."},
      {"foo CAA 256 issue x", "CAA looks like 0 issue \"ca.example.net\""},
      {"foo CAA 0 is-sue x", "CAA looks like 0 issue \"ca.example.net\""},
      {"foo CAA 0 issue", "CAA looks like 0 issue \"ca.example.net\""},
      {"foo TXT", "TXT needs strings, each of at most 255 octets, such as \"text\""},
      {"foo TXT \\999", "TXT needs strings, each of at most 255 octets, such as \"text\""},
      {"foo TXT " + std::string(256, 'a'),
       "TXT needs strings, each of at most 255 octets, such as \"text\""},
  };
  for (const auto& [text, error] : rows) EXPECT_EQ(ErrorOf(text), error) << text;
  for (const char* more :
       {"$INCLUDE /etc/passwd", "; comment", "a TXT \"open", "a TXT b(", "a TXT )", "a A 1 ; why",
        "a TXT end\\", "a TXT \"b\"c", "a TXT b\"c\"", "a\tA 192.0.2.1", " A 192.0.2.1"}) {
    EXPECT_EQ(ErrorOf(more), line) << more;
  }
}

TEST(StaticRecordTest, RecordsThatRefuseOneAnotherAreFound) {
  EXPECT_EQ(ConflictOf({"a CNAME b", "c TXT x"}), "none");
  EXPECT_EQ(ConflictOf({"a TXT x", "A.org. CNAME b"}), "1: a CNAME stands alone at its name");
  EXPECT_EQ(ConflictOf({"a CNAME b", "a CNAME c"}), "0: a CNAME stands alone at its name");
  EXPECT_EQ(ConflictOf({"a DS 1 13 2 " + kDigest}), "0: a DS needs NS records at the same name");
  EXPECT_EQ(ConflictOf({"a DS 1 13 2 " + kDigest, "a NS b"}), "none");
  EXPECT_EQ(ConflictOf({"@ MX 10 mail.nic"}),
            "0: mail.nic.org needs an A or AAAA record of its own here");
  EXPECT_EQ(ConflictOf({"@ MX 10 mail.nic", "mail.nic AAAA ::1"}), "none");
  EXPECT_EQ(ConflictOf({"_x SRV 0 0 1 mail.nic", "nic NS ns.example.net."}), "none");
  EXPECT_EQ(ConflictOf({"@ MX 10 mail.example.net."}), "none");
}

}  // namespace
}  // namespace registry
