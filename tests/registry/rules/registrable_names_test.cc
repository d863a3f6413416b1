#include "registry/rules/registrable_names.h"

#include <gtest/gtest.h>

#include "registry/rules/reasons.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

TEST(PolicyOfTest, IsThatOfTheTldForExactlyOneLabelBelowIt) {
  Scene scene;
  const auto policy = PolicyOf(DomainName("example.org"), scene.directory);
  ASSERT_TRUE(policy.ok());
  EXPECT_EQ(*policy, scene.directory.Tld("org"));
  EXPECT_EQ(ReasonOf(PolicyOf(DomainName("www.example.org"), scene.directory)), kNotOneLabel.id);
  EXPECT_EQ(ReasonOf(PolicyOf(DomainName("example.net"), scene.directory)), kTldNotServed.id);
  EXPECT_EQ(ReasonOf(PolicyOf(DomainName("www.example.net"), scene.directory)), kTldNotServed.id);
  EXPECT_EQ(ReasonOf(PolicyOf(DomainName("org.net"), scene.directory)), kTldNotServed.id);
}

TEST(SuperordinateNameTest, IsTheNameOneLabelBelowTheTld) {
  Scene scene;
  const auto above = [&](std::string_view host) {
    return SuperordinateName(DomainName(host), scene.directory).text();
  };
  EXPECT_EQ(above("ns1.example.org"), "example.org");
  EXPECT_EQ(above("a.b.c.example.org"), "example.org");
  EXPECT_EQ(above("example.org"), "example.org");
  EXPECT_EQ(above("ns1.example.net"), "");
  EXPECT_EQ(above("ns1.org.net"), "");
}

}  // namespace
}  // namespace registry
