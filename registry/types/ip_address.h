#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "registry/base/outcome.h"

namespace registry {

// An address of a name server.
class IpAddress {
 public:
  enum class Family : uint8_t { kV4, kV6 };

  // kAddressSyntax if it is not of that family (IPv4: four decimal numbers); kAddressUnusable for
  // unspecified, loopback, link-local, multicast, reserved and broadcast addresses and for IPv6
  // that embeds IPv4. Private and documentation addresses pass.
  static Outcome<IpAddress> Parse(Family family, std::string_view text);
  // Either family, for look-ups and rows of ours; any address.
  static Outcome<IpAddress> ParseAny(std::string_view text);
  explicit IpAddress(std::string_view literal);          // aborts if malformed
  static IpAddress FromOctets(std::string_view octets);  // aborts if neither 4 nor 16

  Family family() const { return family_; }
  std::string_view octets() const;                                        // 4 or 16
  std::string ToString() const;                                           // RFC 5952
  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;  // IPv4 first

 private:
  IpAddress() = default;
  bool Read(Family family, std::string_view text);

  Family family_ = Family::kV4;
  std::array<uint8_t, 16> octets_{};  // the first four for IPv4
};

}  // namespace registry
