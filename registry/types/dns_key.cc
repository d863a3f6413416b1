#include "registry/types/dns_key.h"

#include <openssl/evp.h>

#include <algorithm>
#include <vector>

#include "absl/strings/escaping.h"
#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/types/reasons.h"

namespace registry {
namespace {

constexpr uint16_t kZoneKey = 256, kSecureEntryPoint = 1;

// RFC 3110: an exponent, its length before it, and a modulus of 512 to 4096 bits.
bool IsRsaKey(std::string_view key) {
  if (key.empty()) return false;
  size_t exponent = static_cast<unsigned char>(key[0]), before = 1;
  if (exponent == 0) {
    if (key.size() < 3) return false;
    exponent = static_cast<size_t>(static_cast<unsigned char>(key[1])) << 8 |
               static_cast<unsigned char>(key[2]);
    before = 3;
  }
  if (exponent == 0 || key.size() <= before + exponent) return false;
  const size_t modulus = key.size() - before - exponent;
  return modulus >= 64 && modulus <= 512;
}

// Octets of a public key; zero: they differ.
size_t KeyOctets(uint8_t algorithm) {
  switch (algorithm) {
    case 14:  // ECDSAP384SHA384, RFC 6605
      return 96;
    case 15:  // ED25519, RFC 8080
      return 32;
    case 16:  // ED448, RFC 8080
      return 57;
    case 12:  // ECC-GOST, RFC 5933
    case 13:  // ECDSAP256SHA256, RFC 6605
    case 17:  // SM2SM3, RFC 9563
    case 23:  // ECC-GOST12, RFC 9558
      return 64;
    default:
      return 0;
  }
}

// Of the owner name and the RDATA, RFC 4034 section 5.1.4. Empty for types that are not computed.
std::string Digest(uint8_t type, const DomainName& owner, std::string_view rdata) {
  const EVP_MD* algorithm = type == 1   ? EVP_sha1()
                            : type == 2 ? EVP_sha256()
                            : type == 4 ? EVP_sha384()
                                        : nullptr;
  if (algorithm == nullptr) return {};
  std::string wire;
  for (std::string_view label : Split(owner.text(), '.')) {
    wire += static_cast<char>(label.size());
    wire += label;
  }
  wire += '\0';
  wire += rdata;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  POSTEL_CHECK(EVP_Digest(wire.data(), wire.size(), digest, &size, algorithm, nullptr) == 1);
  return std::string(reinterpret_cast<const char*>(digest), size);
}

}  // namespace

Outcome<DnsKey> DnsKey::Make(int64_t flags, int64_t protocol, uint8_t algorithm,
                             std::string_view base64) {
  if (flags != kZoneKey && flags != (kZoneKey | kSecureEntryPoint)) {
    return Reject(kKeyFlagsRange, Concat(flags));
  }
  if (protocol != 3) return Reject(kKeyProtocolRange, Concat(protocol));
  if (!DsRecord::IsAlgorithm(algorithm)) return Reject(kDsAlgorithmRange, Concat(algorithm));
  std::string key;
  const bool decoded = absl::Base64Unescape(absl::string_view(base64.data(), base64.size()), &key);
  const size_t octets = KeyOctets(algorithm);
  if (!decoded || (octets == 0 ? !IsRsaKey(key) : key.size() != octets)) {
    return Reject(kKeySyntax, Excerpt(base64));
  }
  return DnsKey{static_cast<uint16_t>(flags), algorithm, std::move(key)};
}

std::string DnsKey::base64() const { return absl::Base64Escape(public_key); }

std::string DnsKey::Rdata() const {
  std::string rdata;
  rdata += static_cast<char>(flags >> 8);
  rdata += static_cast<char>(flags & 0xFF);
  rdata += '\x03';
  rdata += static_cast<char>(algorithm);
  return rdata + public_key;
}

uint16_t DnsKey::Tag() const {
  uint32_t sum = 0;
  const std::string rdata = Rdata();
  for (size_t i = 0; i < rdata.size(); ++i) {
    const auto octet = static_cast<unsigned char>(rdata[i]);
    sum += i % 2 == 0 ? octet << 8 : octet;
  }
  return static_cast<uint16_t>(sum + (sum >> 16));
}

DsRecord DnsKey::DsFor(const DomainName& owner) const {
  constexpr uint8_t kSha256 = 2;
  return {Tag(), algorithm, kSha256, Digest(kSha256, owner, Rdata()), ToString()};
}

bool DnsKey::Fits(const DsRecord& record, const DomainName& owner) const {
  if (record.key_tag != Tag() || record.algorithm != algorithm) return false;
  const std::string digest = Digest(record.digest_type, owner, Rdata());
  return digest.empty() || digest == record.digest;
}

std::string DnsKey::ToString() const {
  return Concat(flags, " 3 ", static_cast<int>(algorithm), " ", base64());
}

Outcome<DnsKey> DnsKey::Parse(std::string_view text) {
  const std::vector<std::string_view> fields = Split(text, ' ');
  uint16_t flags = 0;
  uint8_t protocol = 0, algorithm = 0;
  if (fields.size() != 4 || !ParseNumber(fields[0], &flags)) {
    return Reject(kKeyFlagsRange, Excerpt(text));
  }
  if (!ParseNumber(fields[1], &protocol)) return Reject(kKeyProtocolRange, Excerpt(fields[1]));
  if (!ParseNumber(fields[2], &algorithm)) return Reject(kDsAlgorithmRange, Excerpt(fields[2]));
  return Make(flags, protocol, algorithm, fields[3]);
}

}  // namespace registry
