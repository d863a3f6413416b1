#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "registry/base/outcome.h"

namespace registry {

// A delegation signer record, RFC 4034 section 5, RFC 5910 section 4.1.
struct DsRecord {
  uint16_t key_tag = 0;
  uint8_t algorithm = 0;
  uint8_t digest_type = 0;
  std::string digest;  // octets
  // The DNSKEY that it was made from (DnsKey::ToString), where keys are what registrars provide;
  // else empty.
  std::string key = {};

  // Numbers assigned by IANA for DS use, digest of its type's length. `digest_hex` in any case.
  // kDsAlgorithmRange, kDsDigestTypeRange, kDsDigestSyntax.
  static Outcome<DsRecord> Make(uint16_t key_tag, uint8_t algorithm, uint8_t digest_type,
                                std::string_view digest_hex);
  std::string digest_hex() const;           // upper case
  static bool IsAlgorithm(uint8_t number);  // that may sign a zone
  std::string ToString() const;             // "12345 13 2 49FD..."
  // The form in the database, with the key behind the digest; Parse reads both.
  std::string StoredText() const;
  static Outcome<DsRecord> Parse(std::string_view text);

  friend auto operator<=>(const DsRecord&, const DsRecord&) = default;
};

}  // namespace registry
