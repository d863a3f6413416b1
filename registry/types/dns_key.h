#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "registry/base/outcome.h"
#include "registry/types/domain_name.h"
#include "registry/types/ds_record.h"

namespace registry {

// A key that signs a zone, RFC 4034 section 2, RFC 5910 section 4.2.
struct DnsKey {
  uint16_t flags = 257;  // 256, or 257 with the secure entry point; never revoked
  uint8_t algorithm = 0;
  std::string public_key;  // octets

  // Of the algorithms that DsRecord knows, in the form that the algorithm has (RFC 3110, 6605, 8080
  // and others). `base64` without spaces. kKeyFlagsRange, kKeyProtocolRange, kDsAlgorithmRange,
  // kKeySyntax.
  static Outcome<DnsKey> Make(int64_t flags, int64_t protocol, uint8_t algorithm,
                              std::string_view base64);
  std::string base64() const;
  std::string Rdata() const;  // RFC 4034 section 2.1
  uint16_t Tag() const;       // RFC 4034 appendix B

  // The record that a parent publishes for this key of the zone `owner`: SHA-256, with the key.
  DsRecord DsFor(const DomainName& owner) const;
  // Whether the record is one for this key; of digests that are not computed here (other types
  // than SHA-1, SHA-256, SHA-384) only tag and algorithm count.
  bool Fits(const DsRecord& record, const DomainName& owner) const;

  // "257 3 13 BASE64"; also the form in the database.
  std::string ToString() const;
  static Outcome<DnsKey> Parse(std::string_view text);

  friend bool operator==(const DnsKey&, const DnsKey&) = default;
};

}  // namespace registry
