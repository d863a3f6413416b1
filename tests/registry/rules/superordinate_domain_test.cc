#include "registry/rules/superordinate_domain.h"

#include <gtest/gtest.h>

#include "registry/rules/reasons.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

TEST(PossibleSuperordinateTest, IsTheLastTwoLabels) {
  EXPECT_EQ(PossibleSuperordinate(DomainName("a.b.example.org")), DomainName("example.org"));
  EXPECT_EQ(PossibleSuperordinate(DomainName("ns.example.org")), DomainName("example.org"));
  EXPECT_EQ(PossibleSuperordinate(DomainName("example.org")), DomainName("example.org"));
}

class FindSuperordinateTest : public testing::Test {
 protected:
  FindSuperordinateTest() { scene.AddDomain("example.org"); }

  Outcome<const Domain*> Find(std::string_view host) {
    Needs needs;
    needs.Domain(PossibleSuperordinate(DomainName(host)), Lock::kReference);
    set = scene.Load({needs}, scene.now);
    return FindSuperordinate(DomainName(host), scene.context(), set);
  }

  Scene scene;
  WorkingSet set;
};

TEST_F(FindSuperordinateTest, FindsTheRegisteredAncestor) {
  for (std::string_view host : {"example.org", "ns.example.org", "a.b.c.example.org"}) {
    const auto found = Find(host);
    ASSERT_EQ(ReasonOf(found), "accepted");
    ASSERT_NE(*found, nullptr);
    EXPECT_EQ((*found)->name, DomainName("example.org"));
  }
}

TEST_F(FindSuperordinateTest, HasNoneForAnExternalName) {
  const auto found = Find("ns.example.net");
  ASSERT_EQ(ReasonOf(found), "accepted");
  EXPECT_EQ(*found, nullptr);
}

TEST_F(FindSuperordinateTest, SaysWhichDomainIsInTheWay) {
  const auto missing = Find("ns.missing.org");
  ASSERT_EQ(ReasonOf(missing), kSuperordinateNotFound.id);
  EXPECT_EQ(missing.rejection().subject, "missing.org");
  scene.domain("example.org").phase = DomainPhase::kPendingDelete;
  EXPECT_EQ(ReasonOf(Find("ns.example.org")), kSuperordinatePendingDelete.id);
  scene.asker = kSilver;
  EXPECT_EQ(ReasonOf(Find("ns.example.org")), kNotSponsor.id);
}

}  // namespace
}  // namespace registry
