#include "registry/types/ip_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <span>

#include "registry/base/utf8.h"
#include "registry/types/reasons.h"

namespace registry {
namespace {

constexpr size_t kLongestText = INET6_ADDRSTRLEN - 1;

int SystemFamily(IpAddress::Family family) {
  return family == IpAddress::Family::kV4 ? AF_INET : AF_INET6;
}

// IANA IPv4 special-purpose address registry, as far as nothing can be sent there: "this network",
// loopback, link-local, and from 224.0.0.0 on multicast, reserved and broadcast. Private and
// documentation addresses pass: whether they make sense depends on who asks.
bool IsUnusableV4(const std::array<uint8_t, 16>& octets) {
  return octets[0] == 0 || octets[0] == 127 || (octets[0] == 169 && octets[1] == 254) ||
         octets[0] >= 224;
}

// The same for IPv6: what embeds an IPv4 address (::/96, with unspecified and loopback, and
// ::ffff:0:0/96), link-local and multicast.
bool IsUnusableV6(const std::array<uint8_t, 16>& octets) {
  const std::span<const uint8_t> start(octets.data(), 10);
  const bool zeros = std::all_of(start.begin(), start.end(), [](uint8_t o) { return o == 0; });
  const bool embeds_v4 =
      zeros && octets[10] == octets[11] && (octets[10] == 0 || octets[10] == 255);
  const bool link_local = octets[0] == 0xFE && (octets[1] & 0xC0) == 0x80;
  return embeds_v4 || link_local || octets[0] == 0xFF;
}

}  // namespace

IpAddress::IpAddress(std::string_view literal) {
  Outcome<IpAddress> address = ParseAny(literal);
  POSTEL_CHECK(address.ok());
  *this = *address;
}

bool IpAddress::Read(Family family, std::string_view text) {
  if (text.size() > kLongestText || text.find('\0') != std::string_view::npos) return false;
  family_ = family;
  return inet_pton(SystemFamily(family), std::string(text).c_str(), octets_.data()) == 1;
}

Outcome<IpAddress> IpAddress::Parse(Family family, std::string_view text) {
  IpAddress address;
  if (!address.Read(family, text)) return Reject(kAddressSyntax, Excerpt(text));
  const bool unusable =
      family == Family::kV4 ? IsUnusableV4(address.octets_) : IsUnusableV6(address.octets_);
  if (unusable) return Reject(kAddressUnusable, Excerpt(text));
  return address;
}

Outcome<IpAddress> IpAddress::ParseAny(std::string_view text) {
  IpAddress address;
  if (address.Read(Family::kV4, text) || address.Read(Family::kV6, text)) return address;
  return Reject(kAddressSyntax, Excerpt(text));
}

IpAddress IpAddress::FromOctets(std::string_view octets) {
  POSTEL_CHECK(octets.size() == 4 || octets.size() == 16);
  IpAddress address;
  address.family_ = octets.size() == 4 ? Family::kV4 : Family::kV6;
  std::ranges::copy(octets, address.octets_.begin());
  return address;
}

std::string_view IpAddress::octets() const {
  return {reinterpret_cast<const char*>(octets_.data()), family_ == Family::kV4 ? size_t{4} : 16};
}

std::string IpAddress::ToString() const {
  char text[INET6_ADDRSTRLEN];
  POSTEL_CHECK(inet_ntop(SystemFamily(family_), octets_.data(), text, sizeof text) != nullptr);
  return text;
}

}  // namespace registry
