#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

#include "registry/types/identifiers.h"
#include "registry/types/keys.h"

namespace registry {

// What an organization is to other objects: of the values that IANA registers (RFC 8543 section
// 7.3) those that this registry takes. "registrar" is none of them: registrars have accounts. The
// letters are in the database, sorted.
enum class OrganizationRole : char { kDnsOperator = 'd', kPrivacyProxy = 'p', kReseller = 'r' };

inline constexpr std::array kOrganizationRoles = {
    OrganizationRole::kDnsOperator, OrganizationRole::kPrivacyProxy, OrganizationRole::kReseller};

std::string_view OrganizationRoleName(OrganizationRole role);  // "reseller"
std::optional<OrganizationRole> ParseOrganizationRole(std::string_view name);

// An organization of a domain, RFC 8544: one for each role at most. Identifiers never change, so
// that nobody has to look them up.
struct OrganizationLink {
  OrganizationRole role = OrganizationRole::kReseller;
  OrganizationKey key{};
  OrganizationId id;
  friend auto operator<=>(const OrganizationLink&, const OrganizationLink&) = default;
};

// What refers to an organization refers to one of these: it in a role, or it as a parent. Negative
// numbers, so that they differ from the keys of hosts and contacts (the table `links`).
int64_t LinkTarget(OrganizationKey key, OrganizationRole role);
int64_t ParentTarget(OrganizationKey key);

}  // namespace registry
