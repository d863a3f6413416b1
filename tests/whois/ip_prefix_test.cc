#include "whois/ip_prefix.h"

#include <gtest/gtest.h>

namespace whois {
namespace {

ClientAddress Address(std::string_view text) { return ParseClientAddress(text).value(); }
IpPrefix Prefix(std::string_view text) { return IpPrefix::Parse(text).value(); }

TEST(IpPrefixTest, HoldsTheAddressesThatBeginWithItsBits) {
  EXPECT_TRUE(Prefix("192.0.2.0/24").Contains(Address("192.0.2.255")));
  EXPECT_FALSE(Prefix("192.0.2.0/24").Contains(Address("192.0.3.0")));
  EXPECT_TRUE(Prefix("192.0.2.128/25").Contains(Address("192.0.2.129")));
  EXPECT_FALSE(Prefix("192.0.2.128/25").Contains(Address("192.0.2.127")));
  EXPECT_TRUE(Prefix("192.0.2.1").Contains(Address("::ffff:192.0.2.1")));
  EXPECT_FALSE(Prefix("192.0.2.1").Contains(Address("192.0.2.2")));
  EXPECT_TRUE(Prefix("2001:db8::/33").Contains(Address("2001:db8:7fff::1")));
  EXPECT_FALSE(Prefix("2001:db8::/33").Contains(Address("2001:db8:8000::1")));
  EXPECT_TRUE(Prefix("0.0.0.0/0").Contains(Address("203.0.113.7")));
  EXPECT_FALSE(Prefix("0.0.0.0/0").Contains(Address("2001:db8::1")));
  EXPECT_TRUE(Prefix("::/0").Contains(Address("203.0.113.7"))) << "everything";
}

TEST(IpPrefixTest, IsNotReadFromAnythingElse) {
  for (std::string_view text : {"", "/", "192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1",
                                "192.0.2.0/2x", "192.0.2.1/24", "2001:db8::/129", "2001:db8::1/64",
                                "example", "192.0.2.0/24/8", "fe80::%eth0/64", "1.2.3"}) {
    EXPECT_FALSE(IpPrefix::Parse(text)) << text;
  }
}

TEST(IpPrefixTest, WritesAddressesAsPeopleDo) {
  EXPECT_EQ(FormatClientAddress(Address("192.0.2.1")), "192.0.2.1");
  EXPECT_EQ(FormatClientAddress(Address("::ffff:192.0.2.1")), "192.0.2.1");
  EXPECT_EQ(FormatClientAddress(Address("2001:0DB8:0:0::1")), "2001:db8::1");
  EXPECT_EQ(Address("fe80::1%eth0"), Address("fe80::1"));
}

class ClientOfTest : public testing::Test {
 protected:
  std::string Client(std::string_view source, std::string_view forwarded) {
    return FormatClientAddress(ClientOf(source, forwarded, proxies_));
  }
  std::vector<IpPrefix> proxies_ = {Prefix("10.0.0.0/8"), Prefix("2001:db8:1::/48")};
};

TEST_F(ClientOfTest, IsTheOtherEndOfTheConnectionIfThatIsNoProxy) {
  EXPECT_EQ(Client("192.0.2.1", ""), "192.0.2.1");
  EXPECT_EQ(Client("192.0.2.1", "203.0.113.7"), "192.0.2.1") << "anybody can write that";
}

TEST_F(ClientOfTest, IsTheLastAddressThatNoProxyHas) {
  EXPECT_EQ(Client("10.0.0.1", "203.0.113.7"), "203.0.113.7");
  EXPECT_EQ(Client("10.0.0.1", "127.0.0.1, 203.0.113.7"), "203.0.113.7");
  EXPECT_EQ(Client("10.0.0.1", "203.0.113.7, 10.2.3.4"), "203.0.113.7");
  EXPECT_EQ(Client("10.0.0.1", "198.51.100.1,203.0.113.7 ,2001:db8:1::9"), "203.0.113.7");
  EXPECT_EQ(Client("2001:db8:1::9", "2001:db8:2::1"), "2001:db8:2::1");
  EXPECT_EQ(Client("10.0.0.1", "10.0.0.2, 10.0.0.3"), "10.0.0.2") << "proxies ask too";
}

TEST_F(ClientOfTest, TakesPortsAndBrackets) {
  EXPECT_EQ(Client("10.0.0.1", "203.0.113.7:4711"), "203.0.113.7");
  EXPECT_EQ(Client("10.0.0.1", "[2001:db8:2::1]:4711"), "2001:db8:2::1");
  EXPECT_EQ(Client("10.0.0.1", "[2001:db8:2::1]"), "2001:db8:2::1");
}

TEST_F(ClientOfTest, GoesNoFurtherThanWhatItCanRead) {
  for (std::string_view garbage : {"unknown", "_hidden", "", ",", "[", "[]", "203.0.113.7, x"}) {
    EXPECT_EQ(Client("10.0.0.1", garbage), "10.0.0.1") << garbage;
  }
  EXPECT_EQ(Client("10.0.0.1", "203.0.113.7, x, 10.0.0.2"), "10.0.0.2");
}

}  // namespace
}  // namespace whois
