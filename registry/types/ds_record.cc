#include "registry/types/ds_record.h"

#include <algorithm>
#include <array>
#include <vector>

#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/types/dns_key.h"
#include "registry/types/reasons.h"

namespace registry {
namespace {

// IANA "DNS Security Algorithm Numbers", those for zone signing: RSASHA1, RSASHA1-NSEC3-SHA1,
// RSASHA256, RSASHA512, ECC-GOST, ECDSAP256SHA256, ECDSAP384SHA384, ED25519, ED448, SM2SM3,
// ECC-GOST12. Without DSA (3, 6), which RFC 8624 forbids, and private ones (253, 254).
constexpr std::array<uint8_t, 11> kAlgorithms = {5, 7, 8, 10, 12, 13, 14, 15, 16, 17, 23};

// IANA "DNSSEC Delegation Signer (DS) Resource Record (RR) Type Digest Algorithms": octets by type.
// SHA-1, SHA-256, GOST R 34.11-94, SHA-384, GOST R 34.11-2012, SM3. Zero: not assigned.
constexpr std::array<size_t, 7> kDigestOctets = {0, 20, 32, 32, 48, 32, 32};

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

// 16 for what is no hexadecimal digit.
unsigned HexValue(char c) {
  if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
  return static_cast<unsigned>(std::min<size_t>(kHexDigits.find(c), 16));
}

// Empty if it is malformed.
std::string FromHex(std::string_view hex) {
  std::string octets;
  if (hex.size() % 2 != 0) return octets;
  octets.reserve(hex.size() / 2);
  for (size_t i = 0; i < hex.size(); i += 2) {
    const unsigned high = HexValue(hex[i]), low = HexValue(hex[i + 1]);
    if (high > 15 || low > 15) return {};
    octets += static_cast<char>(high << 4 | low);
  }
  return octets;
}

}  // namespace

bool DsRecord::IsAlgorithm(uint8_t number) {
  return std::find(kAlgorithms.begin(), kAlgorithms.end(), number) != kAlgorithms.end();
}

Outcome<DsRecord> DsRecord::Make(uint16_t key_tag, uint8_t algorithm, uint8_t digest_type,
                                 std::string_view digest_hex) {
  if (!IsAlgorithm(algorithm)) {
    return Reject(kDsAlgorithmRange, Concat(algorithm));
  }
  const size_t octets = digest_type < kDigestOctets.size() ? kDigestOctets[digest_type] : 0;
  if (octets == 0) return Reject(kDsDigestTypeRange, Concat(digest_type));
  if (digest_hex.size() != 2 * octets) return Reject(kDsDigestSyntax, Excerpt(digest_hex));
  std::string digest = FromHex(digest_hex);
  if (digest.empty()) return Reject(kDsDigestSyntax, Excerpt(digest_hex));
  return DsRecord{key_tag, algorithm, digest_type, std::move(digest), {}};
}

std::string DsRecord::digest_hex() const {
  std::string hex;
  hex.reserve(2 * digest.size());
  for (char c : digest) {
    const auto octet = static_cast<unsigned char>(c);
    hex += kHexDigits[octet >> 4];
    hex += kHexDigits[octet & 0xF];
  }
  return hex;
}

std::string DsRecord::ToString() const {
  return Concat(key_tag, " ", algorithm, " ", digest_type, " ", digest_hex());
}

std::string DsRecord::StoredText() const {
  return key.empty() ? ToString() : Concat(ToString(), " ", key);
}

Outcome<DsRecord> DsRecord::Parse(std::string_view text) {
  const std::vector<std::string_view> fields = Split(text, ' ');
  uint16_t tag = 0;
  uint8_t number = 0, type = 0;
  const bool with_key = fields.size() == 8;
  if ((fields.size() != 4 && !with_key) || !ParseNumber(fields[0], &tag)) {
    return Reject(kDsDigestSyntax, Excerpt(text));
  }
  if (!ParseNumber(fields[1], &number)) return Reject(kDsAlgorithmRange, Excerpt(fields[1]));
  if (!ParseNumber(fields[2], &type)) return Reject(kDsDigestTypeRange, Excerpt(fields[2]));
  Outcome<DsRecord> record = Make(tag, number, type, fields[3]);
  if (!record || !with_key) return record;
  const size_t key_begins = static_cast<size_t>(fields[4].data() - text.data());
  const Outcome<DnsKey> key = DnsKey::Parse(text.substr(key_begins));
  if (!key) return key.rejection();
  record->key = key->ToString();
  return record;
}

}  // namespace registry
