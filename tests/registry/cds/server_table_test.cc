#include "registry/cds/server_table.h"

#include <gtest/gtest.h>

#include <string>

#include "registry/cds/child_scanner.h"

namespace cds {
namespace {

using registry::IpAddress;

const IpAddress kA("192.0.2.1"), kB("192.0.2.2");
const absl::Time kNow = absl::FromUnixSeconds(1'000'000);

ServerTable::Limits Limits() {
  ServerTable::Limits limits;
  limits.per_server = 10;
  limits.total = 100;
  limits.failures = 3;
  limits.shortest_rest = absl::Minutes(1);
  limits.longest_rest = absl::Minutes(3);
  return limits;
}

TEST(ServerTableTest, SpacesTheQueriesToOneServer) {
  ServerTable table(Limits());
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(table.TakeTurn(kA, kNow), kNow + i * absl::Milliseconds(100));
  }
  EXPECT_EQ(table.TakeTurn(kB, kNow), kNow) << "another one has its own turns";
  EXPECT_EQ(table.TakeTurn(kA, kNow + absl::Hours(1)), kNow + absl::Hours(1))
      << "what nobody took is not saved up";
}

TEST(ServerTableTest, SpacesTheQueriesToAll) {
  ServerTable table(Limits());
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(table.TakeTurn(kNow), kNow + i * absl::Milliseconds(10));
  }
}

TEST(ServerTableTest, LeavesTheDeadAloneLongerEachTime) {
  ServerTable table(Limits());
  absl::Time now = kNow;
  table.NoteSilence(kA, now);
  table.NoteSilence(kA, now);
  EXPECT_FALSE(table.Rests(kA, now));
  for (const int minutes : {1, 2, 3, 3}) {
    table.NoteSilence(kA, now);
    table.NoteSilence(kA, now);  // of one that was under way
    EXPECT_TRUE(table.Rests(kA, now));
    EXPECT_EQ(table.Resting(now), 1u);
    EXPECT_TRUE(table.Rests(kA, now + absl::Minutes(minutes) - absl::Milliseconds(1)));
    now += absl::Minutes(minutes);
    EXPECT_FALSE(table.Rests(kA, now));
  }
  EXPECT_FALSE(table.Rests(kB, kNow));
}

TEST(ServerTableTest, ForgivesWithOneAnswer) {
  ServerTable table(Limits());
  for (int i = 0; i < 3; ++i) table.NoteSilence(kA, kNow);
  table.NoteAnswer(kA);
  EXPECT_FALSE(table.Rests(kA, kNow));
  table.NoteSilence(kA, kNow);
  table.NoteSilence(kA, kNow);
  EXPECT_FALSE(table.Rests(kA, kNow));
}

TEST(ServerTableTest, RemembersNoMoreThanItsLimit) {
  ServerTable::Limits limits = Limits();
  limits.most = 10;
  ServerTable table(limits);
  for (int i = 1; i <= 200; ++i) {
    const IpAddress server("192.0.2." + std::to_string(i));
    for (int failure = 0; failure < 3; ++failure) table.NoteSilence(server, kNow);
    EXPECT_LE(table.Resting(kNow), 10u);
  }
}

TEST(PublicAddressTest, IsWhatNameServersOfThePublicCanHave) {
  for (const char* address : {"192.0.2.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1",
                              "2001:db8::1", "2620:fe::fe"}) {
    EXPECT_TRUE(IsPublicAddress(IpAddress(address))) << address;
  }
  for (const char* address :
       {"127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
        "169.254.169.254", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fd00::1",
        "fc00::1", "ff02::1", "::ffff:10.0.0.1"}) {
    EXPECT_FALSE(IsPublicAddress(IpAddress(address))) << address;
  }
}

}  // namespace
}  // namespace cds
