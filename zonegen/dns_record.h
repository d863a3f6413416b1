#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// Resource records in wire form (RFC 1035 section 3.2), uncompressed.
namespace zonegen {

inline constexpr uint16_t kTypeA = 1;
inline constexpr uint16_t kTypeNs = 2;
inline constexpr uint16_t kTypeSoa = 6;
inline constexpr uint16_t kTypeMx = 15;
inline constexpr uint16_t kTypeTxt = 16;
inline constexpr uint16_t kTypeAaaa = 28;
inline constexpr uint16_t kTypeSrv = 33;
inline constexpr uint16_t kTypeDs = 43;
inline constexpr uint16_t kTypeCaa = 257;
inline constexpr uint16_t kTypeAny = 255;  // of what is deleted: whatever there is

struct DnsRecord {
  uint16_t type = 0;
  uint32_t ttl = 0;  // seconds
  std::string rdata;
  friend auto operator<=>(const DnsRecord&, const DnsRecord&) = default;
};

// A name in text, absolute without the final dot, in lower case; empty for the root.
std::string WireName(std::string_view name);
// Back again. `wire` is a whole name.
std::string NameText(std::string_view wire);

// The name at the start of rdata that is a name (NS, CNAME), as text.
inline std::string TargetOf(const DnsRecord& record) { return NameText(record.rdata); }

// The bytes of one character string (RFC 1035 section 3.3), and the first one of a TXT record.
std::string CharacterString(std::string_view text);
std::string_view FirstString(std::string_view rdata);

// Keys, signatures and denial: what the signer makes of a zone.
bool IsMadeBySigner(uint16_t type);

}  // namespace zonegen
