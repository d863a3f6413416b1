#include "registry/model/tld_policy.h"

#include <gmock/gmock.h>

#include "registry/base/text.h"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

TldPolicy Parsed(std::string_view text) {
  const absl::StatusOr<TldPolicy> policy = ParseTldPolicy("org.conf", text);
  EXPECT_TRUE(policy.ok()) << policy.status();
  return policy.ok() ? *policy : TldPolicy();
}

std::string ErrorOf(std::string_view text) {
  const absl::StatusOr<TldPolicy> policy = ParseTldPolicy("org.conf", text);
  return std::string(policy.status().message());
}

TEST(TldPolicyTest, NeedsNoMoreThanTheTld) {
  TldPolicy standing;
  standing.tld = "org";
  EXPECT_EQ(Parsed("tld = org"), standing);
}

TEST(TldPolicyTest, ReadsEverySetting) {
  const TldPolicy policy = Parsed(
      "tld = ORG\n"
      "data_model = minimum\n"
      "add_grace = 1d\nrenew_grace = 2d\nauto_renew_grace = 3h\ntransfer_grace = 4m\n"
      "notice_acceptance = 48h\nredemption = 5s\npending_delete = 6ms\nlongest_years = 9\n"
      "agp_percent = 11\nagp_free = 12\n"
      "create_fee = 7.50\nrenew_fee = 8\nrestore_fee = 40.00\ntransfer_fee = 0\n"
      "max_name_servers = 12\nmax_contacts = 0\nmax_ds = 4\n"
      "idn_table = de  zh-Hans\nidn_table = pl\nidn_variants = same_registrant\n"
      "idn_required = yes\nidn_only = on\n"
      "launch_phase = open from 2027-02-01T00:00:00Z\n"
      "launch_phase = sunrise until 2027-01-01T00:00:00Z\n"
      "reserved = www  NIC\nreserved = xn--bcher-kva\n"
      "soa_mname = A0.nic.org\nsoa_rname = hostmaster.nic.org\n"
      "soa_refresh = 1\nsoa_retry = 2\nsoa_expire = 3\nsoa_minimum = 4\nsoa_ttl = 5\n"
      "ns_ttl = 6\nds_ttl = 7\nglue_ttl = 8\napex_ns_ttl = 2147483647\n"
      "min_ns_ttl = 1\nmax_ns_ttl = 6\nmin_ds_ttl = 7\nmax_ds_ttl = 2147483647\n"
      "min_glue_ttl = 0\nmax_glue_ttl = 9\n"
      "name_server = b0.nic.org\nname_server = a0.nic.org\n"
      "static_record = nic IN TXT \"a ; b (\" # c\n");
  EXPECT_EQ(policy.tld, "org");
  EXPECT_EQ(policy.data_model, TldPolicy::DataModel::kMinimum);
  EXPECT_EQ(policy.add_grace, absl::Hours(24));
  EXPECT_EQ(policy.renew_grace, absl::Hours(48));
  EXPECT_EQ(policy.auto_renew_grace, absl::Hours(3));
  EXPECT_EQ(policy.transfer_grace, absl::Minutes(4));
  EXPECT_EQ(policy.redemption, absl::Seconds(5));
  EXPECT_EQ(policy.pending_delete, absl::Milliseconds(6));
  EXPECT_EQ(policy.notice_acceptance, absl::Hours(48));
  EXPECT_THAT(policy.idn_tables, ElementsAre("de", "zh-Hans", "pl"));
  EXPECT_EQ(policy.idn_variants, TldPolicy::Variants::kSameRegistrant);
  EXPECT_TRUE(policy.idn_required);
  EXPECT_TRUE(policy.idn_only);
  EXPECT_THAT(policy.launch_phases,
              ElementsAre(LaunchPeriod{LaunchPhase::kSunrise, absl::InfinitePast(),
                                       absl::FromUnixSeconds(1798761600)},
                          LaunchPeriod{LaunchPhase::kOpen, absl::FromUnixSeconds(1801440000)}));
  EXPECT_EQ(policy.longest_years, 9);
  EXPECT_EQ(policy.agp_percent, 11);
  EXPECT_EQ(policy.agp_free, 12);
  EXPECT_EQ(policy.create_fee, Money{750});
  EXPECT_EQ(policy.renew_fee, Money{800});
  EXPECT_EQ(policy.restore_fee, Money{4000});
  EXPECT_EQ(policy.transfer_fee, Money{0});
  EXPECT_EQ(policy.max_name_servers, 12);
  EXPECT_EQ(policy.max_contacts, 0);
  EXPECT_EQ(policy.max_ds, 4);
  EXPECT_THAT(policy.reserved, UnorderedElementsAre("www", "nic", "xn--bcher-kva"));
  EXPECT_EQ(policy.soa_mname, "a0.nic.org");
  EXPECT_EQ(policy.soa_rname, "hostmaster.nic.org");
  EXPECT_EQ(policy.soa_refresh, 1u);
  EXPECT_EQ(policy.soa_retry, 2u);
  EXPECT_EQ(policy.soa_expire, 3u);
  EXPECT_EQ(policy.soa_minimum, 4u);
  EXPECT_EQ(policy.soa_ttl, 5u);
  EXPECT_EQ(policy.ns_ttl, 6u);
  EXPECT_EQ(policy.ds_ttl, 7u);
  EXPECT_EQ(policy.glue_ttl, 8u);
  EXPECT_EQ(policy.apex_ns_ttl, 2147483647u);
  EXPECT_EQ(policy.min_ns_ttl, 1u);
  EXPECT_EQ(policy.max_ns_ttl, 6u);
  EXPECT_EQ(policy.min_ds_ttl, 7u);
  EXPECT_EQ(policy.max_ds_ttl, 2147483647u);
  EXPECT_EQ(policy.min_glue_ttl, 0u);
  EXPECT_EQ(policy.max_glue_ttl, 9u);
  EXPECT_THAT(policy.name_servers, ElementsAre("b0.nic.org", "a0.nic.org"));
  EXPECT_THAT(policy.static_records, ElementsAre("nic IN TXT \"a ; b (\""));
}

TEST(TldPolicyTest, ReadsBackWhatItFormats) {
  TldPolicy policy;
  policy.tld = "zz--main-1234";
  policy.data_model = TldPolicy::DataModel::kMinimum;
  policy.add_grace = absl::Minutes(90);
  policy.longest_years = 3;
  policy.create_fee = Money{1};
  policy.max_ds = 0;
  policy.idn_tables = {"pl", "de"};
  policy.idn_variants = TldPolicy::Variants::kSameRegistrant;
  policy.idn_only = true;
  policy.max_ns_ttl = 7200;
  policy.min_ns_ttl = 30;
  policy.launch_phases = {{LaunchPhase::kSunrise, absl::InfinitePast(), absl::UnixEpoch()},
                          {LaunchPhase::kClaims, absl::UnixEpoch()}};
  policy.reserved = {"www", "nic", "a", "0"};
  policy.premium_classes = {{"rare", {Money{10000}, Money{5000}, Money{1}, Money{0}}},
                            {"short", {Money{1}, Money{2}, Money{3}, Money{4}}}};
  policy.premium = {{"gem", "rare"}, {"jewel", "rare"}, {"ab", "short"}};
  policy.rdds.roles[0].shown = 0x7FF;
  policy.rdds.roles[1] = {true, static_cast<uint16_t>(RddsPart::kName)};
  policy.rdds.roles[2].published = false;
  policy.soa_mname = "a0.nic.org";
  policy.soa_rname = "hostmaster.nic.org";
  policy.soa_minimum = 0;
  policy.name_servers = {"b.nic.org", "a.nic.org"};
  policy.static_records = {"nic A 192.0.2.1", "@ TXT \"quoted # \\\" and ; (\"",
                           "x.y 300 IN CAA 0 issue \"ca.example\""};
  EXPECT_EQ(Parsed(FormatTldPolicy(policy)), policy);
  EXPECT_EQ(FormatTldPolicy(Parsed(FormatTldPolicy(policy))), FormatTldPolicy(policy));
}

TEST(TldPolicyTest, ReadsWhatIsPublishedOfContacts) {
  const RddsPolicy policy = Parsed(
                                "tld = org\nrdds_roles = billing registrant\nrdds_registrant =\n"
                                "rdds_billing = email  postal_code\n")
                                .rdds;
  EXPECT_TRUE(policy.Of(RddsRole::kRegistrant).published);
  EXPECT_FALSE(policy.Of(RddsRole::kTech).published);
  EXPECT_TRUE(policy.Of(RddsRole::kBilling).published);
  EXPECT_EQ(policy.Of(RddsRole::kRegistrant).shown, kRddsAlwaysOfRegistrant)
      << "these cannot be taken away";
  EXPECT_TRUE(policy.Of(RddsRole::kBilling).Shows(RddsPart::kEmail));
  EXPECT_TRUE(policy.Of(RddsRole::kBilling).Shows(RddsPart::kPostalCode));
  EXPECT_FALSE(policy.Of(RddsRole::kBilling).Shows(RddsPart::kPhone));
  EXPECT_EQ(Parsed("tld = org").rdds, RddsPolicy());
  for (const auto& [text, error] :
       {std::pair("rdds_roles = tech", "org.conf:2: rdds_roles: the registrant has to be among"),
        std::pair("rdds_roles = registrant owner", "org.conf:2: rdds_roles: not known here: owner"),
        std::pair("rdds_tech = name shoe", "org.conf:2: rdds_tech: not known here: shoe")}) {
    const auto wrong = ParseTldPolicy("org.conf", Concat("tld = org\n", text));
    EXPECT_THAT(std::string(wrong.status().message()), HasSubstr(error));
  }
}

TEST(TldPolicyTest, WritesReservedLabelsSorted) {
  TldPolicy policy;
  policy.tld = "org";
  policy.reserved = {"c", "a", "b"};
  EXPECT_THAT(FormatTldPolicy(policy), HasSubstr("reserved = a\nreserved = b\nreserved = c\n"));
}

TEST(TldPolicyTest, NamesFileLineAndSettingOfWhatIsWrong) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"", "org.conf: tld: is missing"},
      {"tld =", "org.conf:1: tld: expected one label such as org"},
      {"tld = a.org", "org.conf:1: tld: expected one label such as org"},
      {"tld = -x", "org.conf:1: tld: expected one label such as org"},
      {"tld = 42", "org.conf:1: tld: expected one label such as org"},
      {"tld = xn--a", "org.conf:1: tld: expected one label such as org"},
      {"tld = org\ndata_model = thin",
       "org.conf:2: data_model: expected minimum, maximum or "
       "per-registrar"},
      {"tld = org\nadd_grace = 5",
       "org.conf:2: add_grace: expected a duration such as 30s, from 0 "
       "to 3660d"},
      {"tld = org\nredemption = -1d",
       "org.conf:2: redemption: expected a duration such as 30s, "
       "from 0 to 3660d"},
      {"tld = org\nlongest_years = 11",
       "org.conf:2: longest_years: expected a number from 1 to 10"},
      {"tld = org\ncreate_fee = -1",
       "org.conf:2: create_fee: expected an amount such as 9.00, at "
       "most 10000000.00"},
      {"tld = org\nrenew_fee = 10000000.01",
       "org.conf:2: renew_fee: expected an amount such as "
       "9.00, at most 10000000.00"},
      {"tld = org\nrestore_fee = free",
       "org.conf:2: restore_fee: expected an amount such as 9.00, "
       "at most 10000000.00"},
      {"tld = org\nmax_name_servers = 0",
       "org.conf:2: max_name_servers: expected a number from 1 "
       "to 64"},
      {"tld = org\nidn_table = de a/b", "org.conf:2: idn_table: not the id of a table: a/b"},
      {"tld = org\nidn_table = de\nidn_table = pl de", "org.conf:3: idn_table: stands twice: de"},
      {"tld = org\nidn_variants = allowed",
       "org.conf:2: idn_variants: expected blocked or same_registrant"},
      {"tld = org\nlaunch_phase = claims\nlaunch_phase = soon",
       "org.conf:3: launch_phase: expected sunrise, claims or open, then maybe from TIME, until "
       "TIME"},
      {"tld = org\nlaunch_phase = claims\nlaunch_phase = open until 2027-01-01T00:00:00Z",
       "org.conf:3: launch_phase: the phases overlap"},
      {"tld = org\nmax_ns_ttl = 300",
       "org.conf:2: max_ns_ttl: with it min_ns_ttl has to be below it, and ns_ttl between the two"},
      {"tld = org\nmin_ds_ttl = 3601\nmax_ds_ttl = 7200",
       "org.conf:3: max_ds_ttl: with it min_ds_ttl has to be below it, and ds_ttl between the two"},
      {"tld = org\nmax_glue_ttl = 3599",
       "org.conf:2: max_glue_ttl: with it min_glue_ttl has to be below it, and glue_ttl between "
       "the "
       "two"},
      {"tld = org\nns_ttl = 2147483648",
       "org.conf:2: ns_ttl: expected a number from 0 to "
       "2147483647"},
      {"tld = org\nsoa_mname = nic.org.",
       "org.conf:2: soa_mname: not a domain name without the "
       "final dot: nic.org."},
      {"tld = org\nsoa_rname = a@nic.org",
       "org.conf:2: soa_rname: not a domain name without the "
       "final dot: a@nic.org"},
      {"tld = org\nname_server = ns",
       "org.conf:2: name_server: not a domain name without the final "
       "dot: ns"},
      {"tld = org\nname_server =", "org.conf:2: name_server: is empty"},
      {"tld = org\nname_server = a.b\nname_server = A.B",
       "org.conf:3: name_server: stands twice: "
       "a.b"},
      {"tld = org\nreserved = a b_c", "org.conf:2: reserved: not a label: b_c"},
      {"tld = org\npremium_class = rare 1 2 3",
       "org.conf:2: premium_class: expected a name and the fees of create, renew, transfer and "
       "restore"},
      {"tld = org\npremium_class = rare 1 2 3 -4",
       "org.conf:2: premium_class: expected a name and the fees of create, renew, transfer and "
       "restore"},
      {"tld = org\npremium_class = rare 1 2 3 4\npremium_class = rare 1 2 3 4",
       "org.conf:3: premium_class: stands twice: rare"},
      {"tld = org\npremium = rare gem", "org.conf:2: premium: the first word is no premium_class"},
      {"tld = org\npremium_class = rare 1 2 3 4\npremium = rare g_m",
       "org.conf:3: premium: not a label: g_m"},
      {"tld = org\npremium_class = rare 1 2 3 4\npremium = rare gem GEM",
       "org.conf:3: premium: stands twice: GEM"},
      {"tld = org\nreserved = a.b", "org.conf:2: reserved: not a label: a.b"},
      {"tld = org\nprice = 1", "org.conf:2: price: unknown setting"},
      {"tld = org\ntld = ngo", "org.conf:2: tld: is set twice"},
  };
  for (const auto& [text, error] : rows) EXPECT_EQ(ErrorOf(text), error);
}

TEST(TldPolicyTest, NamesTheLineOfARecordThatNameServersRefuse) {
  const std::string head = "tld = org\nreserved = www\nstatic_record = nic A 192.0.2.1\n";
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"foo", "the type is missing: OWNER [TTL] [IN] TYPE DATA: foo"},
      {"$INCLUDE /etc/passwd",
       "not one master-file record, with blanks and in one line: $INCLUDE /etc/passwd"},
      {"nic CNAME www",
       "reserve the label, or somebody registers the name of this CNAME: nic "
       "CNAME www"},
      {"www CNAME nic\nstatic_record = www TXT x",
       "a CNAME stands alone at its name: www CNAME nic"},
  };
  for (const auto& [record, error] : rows) {
    EXPECT_EQ(ErrorOf(head + "static_record = " + std::string(record) +
                      "\nstatic_record = last A 192.0.2.2\n"),
              "org.conf:4: static_record: " + std::string(error));
  }
}

TEST(TldPolicyTest, ReadsFromTheDatabaseWhatEarlierChecksLetPass) {
  const absl::StatusOr<TldPolicy> policy =
      ParseTldPolicy("database", "tld = org\nstatic_record = foo\n", PolicyOrigin::kDatabase);
  ASSERT_TRUE(policy.ok()) << policy.status();
  EXPECT_THAT(policy->static_records, ElementsAre("foo"));
}

TEST(TldPolicyTest, RefusesTooManyNameServers) {
  std::string text = "tld = org\n";
  for (int i = 0; i < 33; ++i) text += "name_server = ns" + std::to_string(i) + ".example\n";
  EXPECT_EQ(ErrorOf(text), "org.conf:34: name_server: more than 32 name servers");
}

}  // namespace
}  // namespace registry
