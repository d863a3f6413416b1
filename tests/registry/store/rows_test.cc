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
      {GraceKind::kAutoRenew, absl::FromUnixMillis(5), Money{0}, RegistrarKey{70000}, 1}};
  EXPECT_EQ(GraceText(grace), "1 1700000000123 900 3 2 3 5 0 70000 1");
  EXPECT_EQ(ReadGrace(GraceText(grace)), grace);
  EXPECT_THAT(ReadGrace(""), IsEmpty());
}

TEST(NeedsUnionTest, TakesEachThingOnceWithTheStrongestLock) {
  NeedsUnion needs;
  needs.Add(Needs()
                .Domain(DomainName("b.org"), Lock::kUpdate)
                .Host(DomainName("ns.b.org"), Lock::kReference));
  Needs more =
      Needs().Domain(DomainName("a.org"), Lock::kDelete).Domain(DomainName("b.org"), Lock::kNone);
  more.domains[0].details = true;
  needs.Add(std::move(more));
  needs.Sort({});
  EXPECT_THAT(needs.domains, ElementsAre(DomainName("a.org"), DomainName("b.org")));
  EXPECT_THAT(needs.detailed_domains, ElementsAre(DomainName("a.org")));
  EXPECT_EQ(needs.domain_lock, Lock::kDelete);
  EXPECT_EQ(needs.host_lock, Lock::kReference);
  EXPECT_EQ(needs.contact_lock, Lock::kNone);
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
