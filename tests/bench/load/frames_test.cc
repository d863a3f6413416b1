#include "bench/load/frames.h"

#include <gtest/gtest.h>

namespace bench {
namespace {

Frames SampleFrames() {
  Options options;
  options.registrant = "c1";
  options.name_servers = {"ns1.a.org", "ns2.a.org"};
  return Frames(options);
}

size_t LengthOf(const std::string& frame) {
  return size_t{static_cast<unsigned char>(frame[2])} << 8 | static_cast<unsigned char>(frame[3]);
}

TEST(FramesTest, BeginWithTheirLength) {
  const Frames frames = SampleFrames();
  for (const std::string_view name : {"a.org", "a-longer-name.org"}) {
    std::string create, renew;
    frames.Create(name, create);
    frames.Renew(name, "2027-11-23", renew);
    EXPECT_EQ(LengthOf(create), create.size());
    EXPECT_EQ(LengthOf(renew), renew.size());
  }
}

TEST(FramesTest, AreAppended) {
  std::string out;
  SampleFrames().Check("a.org", out);
  const size_t first = out.size();
  SampleFrames().Check("a.org", out);
  EXPECT_EQ(out.size(), 2 * first);
  EXPECT_EQ(out.substr(0, first), out.substr(first));
}

TEST(FramesTest, HoldNameAndDay) {
  std::string frame;
  SampleFrames().Renew("a.org", "2027-11-23", frame);
  EXPECT_NE(frame.find("<domain:name>a.org</domain:name>"
                       "<domain:curExpDate>2027-11-23</domain:curExpDate>"),
            std::string::npos);
}

TEST(FramesTest, ChangeDelegations) {
  const Frames frames = SampleFrames();
  std::string create, servers, secure, unsecure;
  frames.Delegate("a.org", "ns1.b.example", "ns2.b.example", create);
  EXPECT_NE(create.find("<domain:ns><domain:hostObj>ns1.b.example</domain:hostObj><domain:hostObj>"
                        "ns2.b.example</domain:hostObj></domain:ns><domain:registrant>c1<"),
            std::string::npos);
  frames.Redelegate("a.org", "new.example", "old.example", servers);
  EXPECT_NE(servers.find("<domain:add><domain:ns><domain:hostObj>new.example<"), std::string::npos);
  EXPECT_NE(servers.find("<domain:rem><domain:ns><domain:hostObj>old.example<"), std::string::npos);
  frames.Secure("a.org", "7", "AB", secure);
  EXPECT_NE(secure.find("<secDNS:keyTag>7</secDNS:keyTag>"), std::string::npos);
  EXPECT_NE(secure.find("<secDNS:digest>AB</secDNS:digest></secDNS:dsData></secDNS:add>"),
            std::string::npos);
  frames.Unsecure("a.org", unsecure);
  EXPECT_NE(unsecure.find("<secDNS:rem><secDNS:all>true</secDNS:all></secDNS:rem>"),
            std::string::npos);
}

TEST(FramesTest, AnnounceDsRecordsOnlyIfTheyAreToBeSent) {
  std::string plain, secure;
  AppendLogin("gold", "x", false, plain);
  AppendLogin("gold", "x", true, secure);
  EXPECT_EQ(plain.find("secDNS-1.1"), std::string::npos);
  EXPECT_NE(secure.find("secDNS-1.1</extURI></svcExtension></svcs>"), std::string::npos);
}

TEST(FramesTest, EscapeThePassword) {
  std::string frame;
  AppendLogin("gold", "a<b&c", false, frame);
  EXPECT_NE(frame.find("<pw>a&lt;b&amp;c</pw>"), std::string::npos);
}

}  // namespace
}  // namespace bench
