#include "zonegen/zone_update.h"

#include <gmock/gmock.h>

#include "registry/base/text.h"
#include "zonegen/knot.h"
#include "zonegen/zone_version.h"

namespace zonegen {
namespace {

using registry::Concat;
using testing::ElementsAre;
using testing::HasSubstr;

ZoneRecords Zone() {
  registry::TldPolicy policy;
  policy.tld = "org";
  policy.soa_mname = "ns1.nic.org";
  policy.soa_rname = "hostmaster.nic.org";
  policy.name_servers = {"ns1.nic.org"};
  policy.static_records = {"ns1.nic 86400 IN A 127.0.0.1", "@ 300 IN TXT \"ours\""};
  auto zone = ZoneRecords::Make(policy);
  EXPECT_TRUE(zone.ok()) << zone.status();
  return *zone;
}

TsigKey Key() {
  auto key = TsigKey::Parse(
      "key \"follow\" { algorithm hmac-sha256; secret \"c2VjcmV0LXNlY3JldC1zZWNyZXQ=\"; };\n");
  EXPECT_TRUE(key.ok()) << key.status();
  return *key;
}

struct Section {
  std::vector<std::string> prerequisites, updates;
};

// The records as "CLASS TTL owner type rdata-length", as another reader of the wire sees them.
Section Read(const DnsMessage& message) {
  auto sent = message.Sign(Key());
  EXPECT_TRUE(sent.ok());
  knot_pkt_t* packet =
      knot_pkt_new(sent->wire.data(), static_cast<uint16_t>(sent->wire.size()), nullptr);
  EXPECT_EQ(knot_pkt_parse(packet, 0), KNOT_EOK);
  EXPECT_EQ(knot_wire_get_opcode(packet->wire), KNOT_OPCODE_UPDATE);
  EXPECT_NE(packet->tsig_rr, nullptr);
  Section section;
  const auto lines = [&](knot_section_t which, std::vector<std::string>& out) {
    const knot_pktsection_t* part = knot_pkt_section(packet, which);
    for (uint16_t i = 0; i < part->count; ++i) {
      const knot_rrset_t* record = knot_pkt_rr(part, i);
      const char* owner_end = reinterpret_cast<const char*>(record->owner);
      const std::string owner =
          NameText({owner_end, static_cast<size_t>(knot_dname_size(record->owner))});
      out.push_back(Concat(record->rclass, " ", record->ttl, " ", owner, " ", record->type, " ",
                           record->rrs.count == 0 ? 0 : record->rrs.rdata->len));
    }
  };
  lines(KNOT_ANSWER, section.prerequisites);
  lines(KNOT_AUTHORITY, section.updates);
  knot_pkt_free(packet);
  return section;
}

UpdateFrame Frame(const ZoneRecords& zone) {
  UpdateFrame frame;
  frame.required = ApexTxt(zone, VersionRecord({7, 1}, zone.apex_txt_ttl()));
  frame.txt = ApexTxt(zone, VersionRecord({7, 2}, zone.apex_txt_ttl()));
  frame.serial = 42;
  return frame;
}

// Classes: 1 IN, 254 NONE, 255 ANY. Types: 1 A, 2 NS, 6 SOA, 16 TXT, 43 DS.
TEST(ZoneUpdateTest, RequiresTheLastVersionAndSaysTheNext) {
  const ZoneRecords zone = Zone();
  const std::vector<OwnerUpdate> updates = {
      {"a.org", {kTypeNs, kTypeDs}, {{kTypeNs, 3600, WireName("ns.example.net")}}}};
  size_t taken = 0;
  const auto message = MakeUpdate(zone, Frame(zone), updates, 30'000, &taken);
  ASSERT_TRUE(message.ok()) << message.status();
  EXPECT_EQ(taken, 1u);
  const Section section = Read(*message);
  EXPECT_THAT(section.prerequisites, ElementsAre("1 0 org 16 5", "1 0 org 16 18"));
  EXPECT_THAT(section.updates,
              ElementsAre("254 0 org 16 18", "1 300 org 16 18", "1 900 org 6 53", "255 0 a.org 2 0",
                          "255 0 a.org 43 0", "1 3600 a.org 2 16"));
}

TEST(ZoneUpdateTest, TakesAsManyNamesAsThereIsRoomFor) {
  const ZoneRecords zone = Zone();
  std::vector<OwnerUpdate> updates;
  for (int i = 0; i < 1000; ++i) {
    updates.push_back({Concat("domain-", i, ".org"),
                       {kTypeNs, kTypeDs},
                       {{kTypeNs, 3600, WireName(Concat("ns.domain-", i, ".example"))}}});
  }
  std::span<const OwnerUpdate> left = updates;
  int messages = 0;
  while (!left.empty()) {
    size_t taken = 0;
    const auto message = MakeUpdate(zone, Frame(zone), left, 4096, &taken);
    ASSERT_TRUE(message.ok()) << message.status();
    ASSERT_GT(taken, 0u);
    EXPECT_LE(message->size(), 4096u);
    left = left.subspan(taken);
    ++messages;
  }
  EXPECT_GT(messages, 10);
}

TEST(ZoneUpdateTest, OneNameMayBeLongerThanTheRestOfAMessage) {
  const ZoneRecords zone = Zone();
  OwnerUpdate update{"a.org", {kTypeNs}, {}};
  for (int i = 0; i < 200; ++i) {
    update.added.push_back({kTypeNs, 3600, WireName(Concat("ns", i, ".example.net"))});
  }
  size_t taken = 0;
  EXPECT_TRUE(MakeUpdate(zone, Frame(zone), std::vector{update, update}, 1024, &taken).ok());
  EXPECT_EQ(taken, 1u);
  for (int i = 0; i < 5000; ++i) update.added.push_back(update.added[0]);
  const auto message = MakeUpdate(zone, Frame(zone), std::vector{update}, 1024, &taken);
  EXPECT_TRUE(absl::IsResourceExhausted(message.status())) << message.status();
}

TEST(ZoneUpdateTest, TheApexBecomesWhatThePolicySays) {
  const ZoneRecords zone = Zone();
  ApexState served;
  served.records = {{kTypeNs, 1, WireName("old.example.net")}, {kTypeA, 60, "abcd"}};
  UpdateFrame frame = Frame(zone);
  frame.required.clear();
  const auto message = MakeApexUpdate(zone, frame, served);
  ASSERT_TRUE(message.ok()) << message.status();
  const Section section = Read(*message);
  EXPECT_THAT(section.prerequisites, ElementsAre("254 0 org 16 0"));
  EXPECT_THAT(section.updates,
              ElementsAre("1 300 org 16 5", "1 300 org 16 18", "1 900 org 6 53", "1 86400 org 2 13",
                          "254 0 org 2 17", "254 0 org 1 4", "1 86400 ns1.nic.org 1 4"));
}

TEST(ZoneVersionTest, IsReadBack) {
  const ZoneVersion version{0xdeadbeefcafe, 12};
  EXPECT_EQ(ZoneVersion::Parse(version.ToString()), version);
  EXPECT_EQ(VersionOf(VersionRecord(version, 300)), version);
  for (const char* text : {"", "1", ".1", "1.", "g.1", "1.-1", "1.2.3", "12345678123456781.1"}) {
    EXPECT_EQ(ZoneVersion::Parse(text), std::nullopt) << text;
  }
  EXPECT_EQ(VersionOf({kTypeTxt, 1, CharacterString("v=spf1")}), std::nullopt);
  EXPECT_EQ(VersionOf({kTypeTxt, 1, ""}), std::nullopt);
}

TEST(ZoneVersionTest, InStepIsWhatWasKeptOrCameAfterIt) {
  EXPECT_TRUE(IsInStep(ZoneVersion{0xa, 5}, "a.5"));
  EXPECT_TRUE(IsInStep(ZoneVersion{0xa, 6}, "a.5"));
  EXPECT_TRUE(IsInStep(ZoneVersion{0xb, 0}, "a.5 b.0"));
  EXPECT_FALSE(IsInStep(ZoneVersion{0xa, 4}, "a.5"));  // an older zone
  EXPECT_FALSE(IsInStep(ZoneVersion{0xc, 9}, "a.5"));
  EXPECT_FALSE(IsInStep(std::nullopt, "a.5"));
  EXPECT_FALSE(IsInStep(ZoneVersion{0xa, 5}, ""));
}

TEST(TsigKeyTest, ReadsWhatTsigKeygenWrites) {
  EXPECT_EQ(Key().name(), "follow");
  EXPECT_TRUE(
      TsigKey::Parse("key \"a.b\" {\n\talgorithm hmac-sha512;\n\tsecret \"YWJjZGVmZ2g=\";\n};")
          .ok());
  for (const char* text :
       {"", "secret", "key \"a\" { algorithm hmac-md5; secret \"YWJjZGVmZ2g=\"; };",
        "key \"a\" { algorithm hmac-sha256; secret \"YWJj=ZGVmZ2g\"; };"}) {
    const auto key = TsigKey::Parse(text);
    EXPECT_FALSE(key.ok()) << text;
    EXPECT_THAT(std::string(key.status().message()), testing::Not(HasSubstr("YWJj")));
  }
  EXPECT_FALSE(TsigKey::ReadFile("/nonexistent/key").ok());
}

}  // namespace
}  // namespace zonegen
