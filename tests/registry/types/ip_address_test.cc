#include "registry/types/ip_address.h"

#include <gtest/gtest.h>

#include "registry/types/reasons.h"

namespace registry {
namespace {

constexpr auto kV4 = IpAddress::Family::kV4;
constexpr auto kV6 = IpAddress::Family::kV6;

std::string_view ReasonOf(IpAddress::Family family, std::string_view text) {
  const Outcome<IpAddress> address = IpAddress::Parse(family, text);
  return address.ok() ? "" : address.rejection().reason.id;
}

TEST(IpAddressTest, TakesAddressesOfNameServers) {
  for (std::string_view good : {"208.77.190.193", "1.0.0.0", "9.9.9.9", "223.255.255.255",
                                "10.0.0.1", "192.0.2.1", "169.253.1.1"}) {
    EXPECT_EQ(ReasonOf(kV4, good), "") << good;
  }
  for (std::string_view good : {"2602:800:900e:1257::1", "2001:db8::1", "fd00::1", "64:ff9b::1",
                                "2001:DB8:0:0:0:0:0:1", "::1:0:0:1", "fec0::1"}) {
    EXPECT_EQ(ReasonOf(kV6, good), "") << good;
  }
}

TEST(IpAddressTest, RefusesOtherForms) {
  for (std::string_view bad :
       {std::string_view(""), std::string_view("208.77.190"), std::string_view("a.b.c.d"),
        std::string_view("256.1.1.1"), std::string_view("1.2.3.4.5"), std::string_view("1"),
        std::string_view("0x1.2.3.4"), std::string_view("01.2.3.4"), std::string_view("1.2.3.4 "),
        std::string_view(" 1.2.3.4"), std::string_view("1.2.3.4\n"), std::string_view("1.2.3.-4"),
        std::string_view("2001:db8::1"), std::string_view("1.2.3.4\0x", 9),
        std::string_view("1.2.3.4/32")}) {
    EXPECT_EQ(ReasonOf(kV4, bad), kAddressSyntax.id) << bad;
  }
  const std::string very_long(100'000, ':');
  for (std::string_view bad :
       {std::string_view(""), std::string_view("208.77.190.193"), std::string_view("::X"),
        std::string_view("NOT::HEX::"), std::string_view("1:2:3:4:5:6:7"),
        std::string_view("1:2:3:4:5:6:7:8:9"), std::string_view("fe80::1%eth0"),
        std::string_view("[2001:db8::1]"), std::string_view("2001:db8::1::2"),
        std::string_view("2001:db8::12345"), std::string_view("2001:db8::1/64"),
        std::string_view(very_long)}) {
    EXPECT_EQ(ReasonOf(kV6, bad), kAddressSyntax.id) << bad;
  }
}

TEST(IpAddressTest, RefusesAddressesThatNoNameServerCanHave) {
  for (std::string_view bad : {"0.0.0.0", "0.1.2.3", "127.0.0.1", "127.255.255.255", "169.254.0.1",
                               "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"}) {
    EXPECT_EQ(ReasonOf(kV4, bad), kAddressUnusable.id) << bad;
  }
  for (std::string_view bad :
       {"::", "::1", "::1.2.3.4", "::ffff:1.2.3.4", "fe80::1", "febf::1", "ff02::1"}) {
    EXPECT_EQ(ReasonOf(kV6, bad), kAddressUnusable.id) << bad;
  }
}

TEST(IpAddressTest, IsShownInItsShortForm) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"192.0.2.1", "192.0.2.1"},
      {"2001:0DB8:0000:0000:0000:0000:0000:0001", "2001:db8::1"},
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
      {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
  };
  for (const auto& [text, shown] : rows) EXPECT_EQ(IpAddress(text).ToString(), shown);
}

TEST(IpAddressTest, ReadsEitherFamilyForLookUps) {
  EXPECT_EQ(IpAddress::ParseAny("127.0.0.1")->family(), kV4);
  EXPECT_EQ(IpAddress::ParseAny("::1")->family(), kV6);
  EXPECT_EQ(IpAddress::ParseAny("x").rejection().reason.id, kAddressSyntax.id);
}

TEST(IpAddressTest, OrdersIpv4First) {
  EXPECT_LT(IpAddress("223.0.0.1"), IpAddress("2001:db8::1"));
  EXPECT_LT(IpAddress("9.0.0.1"), IpAddress("10.0.0.1"));
  EXPECT_EQ(IpAddress("2001:db8::1"), IpAddress("2001:DB8:0::1"));
}

TEST(IpAddressDeathTest, AbortsOnAMalformedLiteral) {
  EXPECT_DEATH(IpAddress("1.2.3"), "check failed");
}

}  // namespace
}  // namespace registry
