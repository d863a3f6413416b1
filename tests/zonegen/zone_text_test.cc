#include "zonegen/zone_text.h"

#include <gtest/gtest.h>

namespace zonegen {
namespace {

registry::TldPolicy Policy() {
  registry::TldPolicy policy;
  policy.tld = "org";
  policy.soa_mname = "ns1.nic.org";
  policy.soa_rname = "hostmaster.nic.org";
  policy.name_servers = {"ns1.nic.org", "ns.example.net"};
  policy.static_records = {"ns1.nic 86400 IN A 192.0.2.1", "@ 60 IN TXT \"one zone\"",
                           "WWW.Nic.ORG. IN CNAME ns1.nic"};
  policy.ds_ttl = 1800;
  policy.glue_ttl = 7200;
  return policy;
}

TEST(ZoneTextTest, BeginsWithTheSoaRecord) {
  EXPECT_EQ(ZoneText(Policy()).Head(1800000000),
            "$ORIGIN org.\n"
            "$TTL 3600\n"
            "@\t900\tIN\tSOA\tns1.nic.org. hostmaster.nic.org. 1800000000 1800 900 1209600 3600\n");
}

TEST(ZoneTextTest, HasTheApexNameServersAndThePolicysRecords) {
  EXPECT_EQ(ZoneText(Policy()).Apex(),
            "@\t86400\tIN\tNS\tns1.nic.org.\n"
            "@\t86400\tIN\tNS\tns.example.net.\n"
            "ns1.nic 86400 IN A 192.0.2.1\n"
            "@ 60 IN TXT \"one zone\"\n"
            "WWW.Nic.ORG. IN CNAME ns1.nic\n");
}

TEST(ZoneTextTest, WritesDelegationsAndGlueWithTheirOwnTtls) {
  registry::Delegation delegation;
  delegation.name = registry::DomainName("example.org");
  delegation.name_servers = {registry::DomainName("ns.example.net"),
                             registry::DomainName("ns1.example.org")};
  const std::string digest(64, 'a');
  auto ds = registry::DsRecord::Make(12345, 13, 2, digest);
  ASSERT_TRUE(ds.ok());
  delegation.ds = {*ds};
  const registry::Delegation::Glue glue{
      registry::DomainName("ns1.example.org"),
      {registry::IpAddress("192.0.2.7"), registry::IpAddress("2001:db8::7")}};

  const ZoneText text(Policy());
  std::string out;
  text.AppendDelegation(delegation, out);
  text.AppendGlue(glue, out);
  EXPECT_EQ(out,
            "example\t3600\tIN\tNS\tns.example.net.\n"
            "example\t3600\tIN\tNS\tns1.example.org.\n"
            "example\t1800\tIN\tDS\t12345 13 2 " +
                std::string(64, 'A') +
                "\n"
                "ns1.example\t7200\tIN\tA\t192.0.2.7\n"
                "ns1.example\t7200\tIN\tAAAA\t2001:db8::7\n");
}

TEST(ZoneTextTest, WritesTheTtlsThatRegistrarsChoseWithinTodaysLimits) {
  registry::Delegation delegation;
  delegation.name = registry::DomainName("example.org");
  delegation.name_servers = {registry::DomainName("ns1.example.org")};
  delegation.ds = {*registry::DsRecord::Parse("1 13 2 " + std::string(64, 'A'))};
  delegation.ttls = {600, 600};
  const registry::Delegation::Glue glue{
      registry::DomainName("ns1.example.org"),
      {registry::IpAddress("192.0.2.7"), registry::IpAddress("2001:db8::7")},
      {{}, 99999}};
  registry::TldPolicy policy = Policy();
  policy.max_ns_ttl = policy.max_glue_ttl = 86400;
  const ZoneText text(policy);
  std::string out;
  text.AppendDelegation(delegation, out);
  text.AppendGlue(glue, out);
  EXPECT_EQ(out,
            "example\t600\tIN\tNS\tns1.example.org.\n"
            "example\t1800\tIN\tDS\t1 13 2 " +
                std::string(64, 'A') +
                "\n"
                "ns1.example\t7200\tIN\tA\t192.0.2.7\n"
                "ns1.example\t86400\tIN\tAAAA\t2001:db8::7\n");
}

TEST(ZoneTextTest, KnowsWhereThePolicysOwnRecordsStand) {
  const absl::flat_hash_set<std::string> expected = {"ns1.nic.org", "org", "www.nic.org"};
  EXPECT_EQ(StaticOwners(Policy()), expected);
}

TEST(ZoneTextTest, RefusesAPolicyWithoutAnApexAndSaysWhatIsMissing) {
  EXPECT_TRUE(CheckApex(Policy()).ok());
  registry::TldPolicy policy = Policy();
  policy.soa_rname.clear();
  policy.name_servers.clear();
  const absl::Status status = CheckApex(policy);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  const std::string message(status.message());
  EXPECT_NE(message.find("soa_rname name_server"), std::string::npos) << message;
  EXPECT_EQ(message.find("soa_mname"), std::string::npos) << message;
}

}  // namespace
}  // namespace zonegen
