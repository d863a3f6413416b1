#include "registry/types/ds_record.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "registry/types/reasons.h"

namespace registry {
namespace {

std::string Hex(size_t octets) { return std::string(2 * octets, 'A'); }

std::string_view ReasonOf(uint8_t algorithm, uint8_t type, std::string_view digest) {
  const Outcome<DsRecord> record = DsRecord::Make(12345, algorithm, type, digest);
  return record.ok() ? "" : record.rejection().reason.id;
}

TEST(DsRecordTest, TakesAlgorithmsForZoneSigning) {
  for (int algorithm = 0; algorithm < 256; ++algorithm) {
    const std::set<int> assigned = {5, 7, 8, 10, 12, 13, 14, 15, 16, 17, 23};
    EXPECT_EQ(ReasonOf(static_cast<uint8_t>(algorithm), 2, Hex(32)),
              assigned.count(algorithm) ? "" : kDsAlgorithmRange.id)
        << algorithm;
  }
}

TEST(DsRecordTest, TakesDigestsOfTheLengthOfTheirType) {
  const std::map<int, size_t> lengths = {{1, 20}, {2, 32}, {3, 32}, {4, 48}, {5, 32}, {6, 32}};
  for (int type = 0; type < 256; ++type) {
    for (size_t octets : {size_t{0}, size_t{16}, size_t{20}, size_t{32}, size_t{48}, size_t{64}}) {
      const auto length = lengths.find(type);
      const std::string_view expected = length == lengths.end()    ? kDsDigestTypeRange.id
                                        : length->second != octets ? kDsDigestSyntax.id
                                                                   : "";
      EXPECT_EQ(ReasonOf(13, static_cast<uint8_t>(type), Hex(octets)), expected)
          << type << ' ' << octets;
    }
  }
}

TEST(DsRecordTest, RefusesDigestsThatAreNotHexadecimal) {
  for (const std::string& bad : {Hex(31) + "A", Hex(31) + "AG", Hex(31) + " A", Hex(31) + "-1",
                                 Hex(31) + "A@", Hex(31) + "\xC3\xBC", "0x" + Hex(31)}) {
    EXPECT_EQ(ReasonOf(8, 2, bad), kDsDigestSyntax.id) << bad;
  }
}

TEST(DsRecordTest, ReadsHexadecimalInAnyCase) {
  const Outcome<DsRecord> lower =
      DsRecord::Make(1, 8, 1, "0123456789abcdefABCDEF0123456789abcdef00");
  ASSERT_TRUE(lower.ok());
  EXPECT_EQ(lower->digest.size(), 20u);
  EXPECT_EQ(lower->digest[0], '\x01');
  EXPECT_EQ(lower->digest_hex(), "0123456789ABCDEFABCDEF0123456789ABCDEF00");
}

TEST(DsRecordTest, ReadsBackWhatItWrites) {
  const DsRecord record = *DsRecord::Make(65535, 16, 2, Hex(32));
  EXPECT_EQ(record.ToString(), "65535 16 2 " + Hex(32));
  ASSERT_TRUE(DsRecord::Parse(record.ToString()).ok());
  EXPECT_EQ(*DsRecord::Parse(record.ToString()), record);
}

TEST(DsRecordTest, ParsesNothingElse) {
  for (const std::string& bad :
       {std::string(), std::string("1 8 2"), "1 8 2 " + Hex(32) + " x", " 1 8 2 " + Hex(32),
        "1  8 2 " + Hex(32), "65536 8 2 " + Hex(32), "-1 8 2 " + Hex(32), "1 264 2 " + Hex(32),
        "1 8 258 " + Hex(32), "1 A 2 " + Hex(32), "1 8 2 " + Hex(31)}) {
    EXPECT_FALSE(DsRecord::Parse(bad).ok()) << bad;
  }
}

TEST(DsRecordTest, IsOrderedByTagThenAlgorithmThenTypeThenDigest) {
  EXPECT_LT(*DsRecord::Make(9, 14, 2, Hex(32)), *DsRecord::Make(10, 8, 1, Hex(20)));
  EXPECT_LT(*DsRecord::Make(9, 8, 2, Hex(32)), *DsRecord::Make(9, 13, 1, Hex(20)));
}

}  // namespace
}  // namespace registry
