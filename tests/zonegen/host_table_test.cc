#include "zonegen/host_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zonegen {
namespace {

using registry::HostKey;
using registry::IpAddress;
using registry::store::ZoneHostRow;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(HostTableTest, NumbersHostsByNameAndKeepsTheAddressesOfGlue) {
  HostTable table("org", 2);
  const IpAddress four("192.0.2.1"), six("2001:db8::1");
  const std::vector<std::string_view> both = {four.octets(), six.octets()};
  table.Add(0, ZoneHostRow{HostKey{7}, "ns.b.org", both, {600, {}}});
  table.Add(1, ZoneHostRow{HostKey{5}, "ns.b.example", both, {}});
  table.Add(0, ZoneHostRow{HostKey{9}, "ns.a.org", {}, {}});
  table.Seal();
  ASSERT_EQ(table.size(), 3u);
  EXPECT_EQ(table.Find(HostKey{9}), 0u);
  EXPECT_EQ(table.Find(HostKey{5}), 1u);
  EXPECT_EQ(table.Find(HostKey{7}), 2u);
  EXPECT_EQ(table.Find(HostKey{8}), std::nullopt);
  EXPECT_EQ(table.name(2), "ns.b.org");
  EXPECT_EQ(table.key(2), HostKey{7});
  EXPECT_TRUE(table.is_glue(2));
  EXPECT_FALSE(table.is_glue(0)) << "no address";
  EXPECT_FALSE(table.is_glue(1)) << "in another TLD";

  const registry::Host glue = table.ToHost(2);
  EXPECT_EQ(glue.name.text(), "ns.b.org");
  EXPECT_THAT(glue.addresses, ElementsAre(four, six));
  EXPECT_EQ(glue.ttls, (registry::AddressTtls{600, {}}));
  EXPECT_THAT(table.ToHost(1).addresses, IsEmpty());
}

}  // namespace
}  // namespace zonegen
