#include "registry/rules/host_addresses.h"

#include <gtest/gtest.h>

#include <string>

#include "registry/rules/reasons.h"
#include "tests/support/reasons.h"

namespace registry {
namespace {

using Addresses = std::vector<IpAddress>;

const IpAddress kA("192.0.2.1");
const IpAddress kB("192.0.2.2");
const IpAddress kC("2001:db8::1");

Addresses Many(int first, int count) {
  Addresses addresses;
  for (int i = 0; i < count; ++i) addresses.emplace_back("192.0.2." + std::to_string(first + i));
  return addresses;
}

TEST(ChangeAddressesTest, RemovesThenAddsAndSorts) {
  const auto changed = ChangeAddresses({kA}, {kC, kB}, {kA});
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(*changed, (Addresses{kB, kC}));
}

TEST(ChangeAddressesTest, LeavesThemAloneWithoutChanges) {
  EXPECT_EQ(*ChangeAddresses({kA, kC}, {}, {}), (Addresses{kA, kC}));
  EXPECT_EQ(*ChangeAddresses({}, {}, {}), Addresses{});
}

TEST(ChangeAddressesTest, RefusesWhatIsNotThereOrThereAlready) {
  const auto absent = ChangeAddresses({kA}, {}, {kC});
  ASSERT_EQ(ReasonOf(absent), kNotPresent.id);
  EXPECT_EQ(absent.rejection().subject, "2001:db8::1");
  const auto present = ChangeAddresses({kA}, {kA}, {});
  ASSERT_EQ(ReasonOf(present), kAlreadyPresent.id);
  EXPECT_EQ(present.rejection().subject, "192.0.2.1");
}

TEST(ChangeAddressesTest, RefusesTheSameTwice) {
  EXPECT_EQ(ReasonOf(ChangeAddresses({kA}, {kB, kC, kB}, {})), kDuplicateValue.id);
  EXPECT_EQ(ReasonOf(ChangeAddresses({kA}, {}, {kA, kA})), kDuplicateValue.id);
  EXPECT_EQ(ReasonOf(ChangeAddresses({kA}, {kA}, {kA})), kDuplicateValue.id);
}

TEST(ChangeAddressesTest, CountsWhatRemains) {
  const Addresses full = Many(1, 13);
  EXPECT_EQ(ReasonOf(ChangeAddresses(full, {kC}, {})), kTooManyAddresses.id);
  EXPECT_EQ(ReasonOf(ChangeAddresses(full, {kC}, {kA})), "accepted");
}

}  // namespace
}  // namespace registry
