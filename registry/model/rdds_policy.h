#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace registry {

// A part of a contact as WHOIS and RDAP (RDDS) show it. Each is a bit of RddsRolePolicy::shown.
enum class RddsPart : uint16_t {
  kHandle = 1 << 0,  // the ROID
  kName = 1 << 1,
  kOrganization = 1 << 2,
  kStreet = 1 << 3,
  kCity = 1 << 4,
  kState = 1 << 5,
  kPostalCode = 1 << 6,
  kCountry = 1 << 7,
  kPhone = 1 << 8,  // its extension too, likewise fax
  kFax = 1 << 9,
  kEmail = 1 << 10,
};

// By their words in policies.
inline constexpr std::array<std::string_view, 11> kRddsPartNames = {
    "handle",      "name",    "organization", "street", "city", "state",
    "postal_code", "country", "phone",        "fax",    "email"};

// In the order of RddsPolicy::roles.
enum class RddsRole : uint8_t { kRegistrant, kAdmin, kTech, kBilling };
inline constexpr std::array<std::string_view, 4> kRddsRoleNames = {"registrant", "admin", "tech",
                                                                   "billing"};

// What a TLD publishes of the contacts in one role.
struct RddsRolePolicy {
  bool published = false;
  uint16_t shown = 0;  // bits of RddsPart

  bool Shows(RddsPart part) const { return (shown & static_cast<uint16_t>(part)) != 0; }
  friend bool operator==(const RddsRolePolicy&, const RddsRolePolicy&) = default;
};

// A registrant's state and country are never withheld (RDAP response profile 2.7.7).
inline constexpr uint16_t kRddsAlwaysOfRegistrant =
    static_cast<uint16_t>(RddsPart::kState) | static_cast<uint16_t>(RddsPart::kCountry);

// What a TLD publishes of contacts that say nothing themselves (whois/redaction.h).
struct RddsPolicy {
  std::array<RddsRolePolicy, 4> roles = {
      RddsRolePolicy{true,
                     kRddsAlwaysOfRegistrant | static_cast<uint16_t>(RddsPart::kOrganization)},
      RddsRolePolicy{}, RddsRolePolicy{true, 0}, RddsRolePolicy{}};

  const RddsRolePolicy& Of(RddsRole role) const { return roles[static_cast<size_t>(role)]; }
  friend bool operator==(const RddsPolicy&, const RddsPolicy&) = default;
};

}  // namespace registry
