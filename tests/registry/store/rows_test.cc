#include <gtest/gtest.h>

#include "registry/store/needs_union.h"
#include "registry/store/net_changes.h"
#include "registry/store/object_rows.h"

namespace registry::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(ObjectRowsTest, GracePeriodsAreReadBack) {
  const std::vector<GracePeriod> grace = {
      {GraceKind::kAdd, absl::FromUnixMillis(1'700'000'000'123), Money{900}, RegistrarKey{3}, 2},
      {GraceKind::kAutoRenew, absl::FromUnixMillis(5), Money{0}, RegistrarKey{70000}, 1},
      {GraceKind::kRenew, absl::FromUnixMillis(6), Money{1}, RegistrarKey{2}, 10, true}};
  EXPECT_EQ(GraceText(grace), "1 1700000000123 900 3 2 3 5 0 70000 1 2 6 1 2 10+");
  EXPECT_EQ(ReadGrace(GraceText(grace)), grace);
  EXPECT_THAT(ReadGrace(""), IsEmpty());
}

TEST(ObjectRowsTest, TokensAreReadBack) {
  const UsedToken token{17, "a token"};
  EXPECT_EQ(TokenText(token), "17 a token");
  EXPECT_EQ(ReadToken(TokenText(token)), token);
  EXPECT_EQ(ReadToken(""), std::nullopt);
}

TEST(ObjectRowsTest, OrganizationsOfADomainAreReadBack) {
  Domain domain;
  EXPECT_EQ(OrganizationsText(domain), "");
  EXPECT_FALSE(ReadOrganizations("").has_value());
  domain.organizations = std::vector<OrganizationLink>{
      {OrganizationRole::kDnsOperator, OrganizationKey{7}, OrganizationId("dns 1")},
      {OrganizationRole::kReseller, OrganizationKey{123}, OrganizationId("res1")}};
  EXPECT_EQ(OrganizationsText(domain), "d 7 dns 1\nr 123 res1");
  EXPECT_EQ(ReadOrganizations(OrganizationsText(domain)), domain.organizations);
}

TEST(NeedsUnionTest, TakesEachThingOnceWithTheStrongestLock) {
  NeedsUnion needs;
  const Directory directory;
  needs.Add(Needs()
                .Domain(DomainName("b.org"), Lock::kUpdate)
                .Host(DomainName("ns.b.org"), Lock::kReference),
            directory);
  Needs more =
      Needs().Domain(DomainName("a.org"), Lock::kDelete).Domain(DomainName("b.org"), Lock::kNone);
  more.domains[0].details = true;
  needs.Add(std::move(more), directory);
  needs.Sort();
  EXPECT_THAT(needs.domains, ElementsAre(DomainName("a.org"), DomainName("b.org")));
  EXPECT_THAT(needs.detailed_domains, ElementsAre(DomainName("a.org")));
  EXPECT_EQ(needs.domain_lock, Lock::kDelete);
  EXPECT_EQ(needs.host_lock, Lock::kReference);
  EXPECT_EQ(needs.contact_lock, Lock::kNone);
  EXPECT_FALSE(needs.variants) << "nobody asked for variants";
}

TEST(NeedsUnionTest, AsksForVariantsByTheDirectorysTables) {
  Directory directory;
  directory.Add(*ParseIdnTable("t", "table = t\nallow = 00DF\nvariant = 00DF : 0073 0073\n"));
  TldPolicy policy;
  policy.tld = "org";
  policy.idn_tables = {"t"};
  directory.Add(policy);
  NeedsUnion needs;
  for (std::string_view name : {"strasse.org", "xn--strae-oqa.org", "plain.org", "strasse.ngo"}) {
    Needs some;
    some.domains.push_back({DomainName(name), Lock::kNone, false, false, /*variants=*/true});
    needs.Add(std::move(some), directory);
  }
  needs.Sort();
  EXPECT_THAT(needs.variant_keys, ElementsAre("strasse.org"));
  EXPECT_TRUE(needs.variants);
}

Domain Version(int64_t key, int32_t version) {
  Domain domain;
  domain.key = DomainKey{key};
  domain.version = version;
  return domain;
}

TEST(NetChangesTest, ComeToOneChangeForEachObject) {
  NetChanges<Domain> net;
  net.Add({std::nullopt, Version(1, 1)});
  net.Add({Version(1, 1), Version(1, 2)});
  net.Add({Version(2, 4), Version(2, 5)});
  net.Add({Version(2, 5), std::nullopt});
  net.Add({std::nullopt, Version(3, 1)});
  net.Add({Version(3, 1), std::nullopt});
  net.Add({Version(4, 7), Version(4, 8)});
  net.Add({Version(4, 8), Version(4, 9)});
  const auto by_key = [](const Domain& a, const Domain& b) { return a.key < b.key; };
  ASSERT_THAT(net.Inserted(by_key), SizeIs(1));
  EXPECT_EQ(net.Inserted(by_key)[0]->after->version, 2);
  ASSERT_THAT(net.Deleted(by_key), SizeIs(1));
  EXPECT_EQ(net.Deleted(by_key)[0]->before->version, 4);
  ASSERT_THAT(net.Updated(by_key), SizeIs(1));
  EXPECT_EQ(net.Updated(by_key)[0]->before->version, 7);
  EXPECT_EQ(net.Updated(by_key)[0]->after->version, 9);
}

}  // namespace
}  // namespace registry::store
