#include "zonegen/delegation_store.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace zonegen {
namespace {

struct Kept {
  std::vector<uint32_t> servers;
  std::vector<std::string> ds;
  registry::DelegationTtls ttls;
  friend bool operator==(const Kept&, const Kept&) = default;
};

UnpackedDelegation View(std::string_view label, const Kept& kept) {
  return {label, kept.servers, {kept.ds.begin(), kept.ds.end()}, kept.ttls};
}

TEST(DelegationStoreTest, GivesBackWhatWasAddedInCanonicalOrder) {
  std::mt19937 dice(11);
  const auto next = [&dice](unsigned below) { return static_cast<uint32_t>(dice() % below); };
  std::map<std::string, Kept> kept;  // by octets: that is the order of labels
  DelegationStore store(3);
  for (int round = 0; round < 20'000; ++round) {
    std::string label = "a";
    for (uint32_t i = next(62); i > 0; --i) label += "ab-0"[next(4)];
    Kept one;
    for (uint32_t i = next(20) == 0 ? 255 : 1 + next(4); i > 0; --i)
      one.servers.push_back(next(99));
    for (uint32_t i = next(4); i > 1; --i) one.ds.push_back(std::string(next(200), 'D'));
    if (next(3) == 0) one.ttls = {next(9), {}};
    if (next(3) == 0) one.ttls.ds = next(9);
    if (!kept.emplace(label, one).second) continue;
    ASSERT_TRUE(store.Add(round % 3, View(label, one)).ok());
  }
  EXPECT_EQ(store.size(), std::ssize(kept));

  auto expected = kept.begin();
  UnpackedDelegation unpacked;
  for (int part = 0; part < kLabelParts; ++part) {
    for (const PackedDelegation& packed : store.Sorted(part)) {
      ASSERT_NE(expected, kept.end());
      Unpack(packed, unpacked);
      ASSERT_EQ(unpacked.label, expected->first);
      ASSERT_EQ((Kept{unpacked.servers, {unpacked.ds.begin(), unpacked.ds.end()}, unpacked.ttls}),
                expected->second);
      ++expected;
    }
    store.Clear(part);
    EXPECT_TRUE(store.Sorted(part).empty());
  }
  EXPECT_EQ(expected, kept.end());
}

TEST(DelegationStoreTest, RefusesWhatNoZoneHas) {
  DelegationStore store(1);
  EXPECT_EQ(store.Add(0, View("a.b", {{1}, {}, {}})).code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(store.Add(0, View(std::string(64, 'a'), {{1}, {}, {}})).code(),
            absl::StatusCode::kDataLoss);
  const Kept crowded{std::vector<uint32_t>(256, 1), {}, {}};
  EXPECT_EQ(store.Add(0, View("a", crowded)).code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(store.size(), 0);
}

}  // namespace
}  // namespace zonegen
