#include "registry/types/dns_key.h"

#include <gtest/gtest.h>

#include <string>

#include "registry/types/reasons.h"

namespace registry {
namespace {

std::string_view ReasonOf(const Outcome<DnsKey>& key) {
  return key.ok() ? "accepted" : key.rejection().reason.id;
}

struct Example {
  const char *owner, *key, *ds;
};

TEST(DnsKeyTest, MakesTheRecordsOfTheStandardsExamples) {
  const Example examples[] = {
      // RFC 4509 section 2.3
      {"dskey.example.com",
       "256 3 5 "
       "AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmm"
       "AphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==",
       "60485 5 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A"},
      // RFC 6605 section 6.1
      {"example.net",
       "257 3 13 "
       "GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==",
       "55648 13 2 B4C8C1FE2E7477127B27115656AD6256F424625BF5C1E2770CE6D6E37DF61D17"},
      // RFC 8080 section 6.1
      {"example.com", "257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=",
       "3613 15 2 3AA5AB37EFCE57F737FC1627013FEE07BDF241BD10F3B1964AB55C78E79A304B"},
  };
  for (const Example& example : examples) {
    const Outcome<DnsKey> key = DnsKey::Parse(example.key);
    ASSERT_TRUE(key.ok()) << example.key;
    EXPECT_EQ(key->ToString(), example.key);
    const DsRecord record = key->DsFor(DomainName(example.owner));
    EXPECT_EQ(record.ToString(), example.ds);
    EXPECT_EQ(record.key, example.key);
    EXPECT_TRUE(key->Fits(record, DomainName(example.owner)));
    EXPECT_FALSE(key->Fits(record, DomainName("another.example.com")));
    const Outcome<DsRecord> stored = DsRecord::Parse(record.StoredText());
    ASSERT_TRUE(stored.ok());
    EXPECT_EQ(*stored, record);
  }
}

TEST(DnsKeyTest, FitsRecordsOfOtherDigests) {
  const DnsKey key = *DnsKey::Parse(
      "256 3 5 "
      "AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmm"
      "AphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==");
  const DomainName owner("dskey.example.com");
  // RFC 4034 section 5.4
  DsRecord record = *DsRecord::Parse("60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118");
  EXPECT_TRUE(key.Fits(record, owner));
  record.digest[3] ^= 1;
  EXPECT_FALSE(key.Fits(record, owner));
  // GOST is not computed: tag and algorithm count.
  record = *DsRecord::Parse("60485 5 3 " + std::string(64, '0'));
  EXPECT_TRUE(key.Fits(record, owner));
  record.key_tag = 1;
  EXPECT_FALSE(key.Fits(record, owner));
}

std::string Base64(size_t octets) {  // of zeros
  std::string text(octets / 3 * 4, 'A');
  if (octets % 3 == 1) text += "AA==";
  if (octets % 3 == 2) text += "AAA=";
  return text;
}

TEST(DnsKeyTest, AKeyHasTheFormOfItsAlgorithm) {
  const struct {
    int algorithm;
    size_t octets;
  } fixed[] = {{12, 64}, {13, 64}, {14, 96}, {15, 32}, {16, 57}, {17, 64}, {23, 64}};
  for (const auto& [algorithm, octets] : fixed) {
    const auto number = static_cast<uint8_t>(algorithm);
    EXPECT_EQ(ReasonOf(DnsKey::Make(257, 3, number, Base64(octets))), "accepted") << algorithm;
    EXPECT_EQ(ReasonOf(DnsKey::Make(257, 3, number, Base64(octets - 1))), kKeySyntax.id);
    EXPECT_EQ(ReasonOf(DnsKey::Make(257, 3, number, Base64(octets + 1))), kKeySyntax.id);
  }
  // RSA: an exponent of three octets, a modulus of 512 to 4096 bits.
  const auto rsa = [](size_t modulus) {
    return ReasonOf(DnsKey::Make(257, 3, 8, "AwEA" + Base64(modulus + 1)));
  };
  EXPECT_EQ(rsa(63), kKeySyntax.id);
  EXPECT_EQ(rsa(64), "accepted");
  EXPECT_EQ(rsa(512), "accepted");
  EXPECT_EQ(rsa(513), kKeySyntax.id);
  for (const char* key : {"", "AA==", "AAAA", "%%%%", "AwEAAQ==", "Aw"}) {
    EXPECT_EQ(ReasonOf(DnsKey::Make(257, 3, 8, key)), kKeySyntax.id) << key;
  }
}

TEST(DnsKeyTest, FlagsProtocolAndAlgorithmHaveTheirRanges) {
  const std::string key = Base64(64);
  EXPECT_EQ(ReasonOf(DnsKey::Make(256, 3, 13, key)), "accepted");
  for (int flags : {0, 1, 255, 258, 385, 65535}) {
    EXPECT_EQ(ReasonOf(DnsKey::Make(flags, 3, 13, key)), kKeyFlagsRange.id) << flags;
  }
  EXPECT_EQ(ReasonOf(DnsKey::Make(257, 2, 13, key)), kKeyProtocolRange.id);
  for (int algorithm : {0, 1, 3, 4, 6, 9, 11, 18, 252, 253, 255}) {
    EXPECT_EQ(ReasonOf(DnsKey::Make(257, 3, static_cast<uint8_t>(algorithm), key)),
              kDsAlgorithmRange.id)
        << algorithm;
  }
}

TEST(DnsKeyTest, TextsThatAreNoneAreRefused) {
  for (const char* text : {"", "257", "257 3 13", "x 3 13 AAAA", "257 x 13 AAAA", "257 3 x AAAA"}) {
    EXPECT_FALSE(DnsKey::Parse(text).ok()) << text;
  }
  EXPECT_FALSE(DsRecord::Parse("1 13 2 " + std::string(64, 'A') + " 257 3 13 AAAA").ok());
  EXPECT_FALSE(DsRecord::Parse("1 13 2 " + std::string(64, 'A') + " 257 3 13").ok());
}

}  // namespace
}  // namespace registry
