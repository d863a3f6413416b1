#include "registry/model/organization.h"

#include <algorithm>
#include <utility>

namespace registry {
namespace {

constexpr std::pair<OrganizationRole, std::string_view> kRoleNames[] = {
    {OrganizationRole::kDnsOperator, "dns-operator"},
    {OrganizationRole::kPrivacyProxy, "privacyproxy"},
    {OrganizationRole::kReseller, "reseller"}};

constexpr std::pair<OrganizationContactType, std::string_view> kTypeNames[] = {
    {OrganizationContactType::kAbuse, "abuse"},
    {OrganizationContactType::kAdmin, "admin"},
    {OrganizationContactType::kBilling, "billing"},
    {OrganizationContactType::kCustom, "custom"},
    {OrganizationContactType::kTech, "tech"}};

template <class T, size_t N>
std::string_view NameIn(const std::pair<T, std::string_view> (&names)[N], T value) {
  for (const auto& [known, name] : names) {
    if (known == value) return name;
  }
  return {};
}

template <class T, size_t N>
std::optional<T> ValueIn(const std::pair<T, std::string_view> (&names)[N], std::string_view text) {
  for (const auto& [value, name] : names) {
    if (name == text) return value;
  }
  return std::nullopt;
}

// Of the targets of one organization; the last is the parent's.
constexpr int64_t kTargets = 4;
static_assert(kOrganizationRoles.size() + 1 == kTargets);

}  // namespace

std::string_view OrganizationRoleName(OrganizationRole role) { return NameIn(kRoleNames, role); }

std::optional<OrganizationRole> ParseOrganizationRole(std::string_view name) {
  return ValueIn(kRoleNames, name);
}

std::string_view OrganizationContactTypeName(OrganizationContactType type) {
  return NameIn(kTypeNames, type);
}

std::optional<OrganizationContactType> ParseOrganizationContactType(std::string_view name) {
  return ValueIn(kTypeNames, name);
}

int64_t LinkTarget(OrganizationKey key, OrganizationRole role) {
  const auto place = std::ranges::find(kOrganizationRoles, role) - kOrganizationRoles.begin();
  return -(Number(key) * kTargets + place);
}

int64_t ParentTarget(OrganizationKey key) { return -(Number(key) * kTargets + kTargets - 1); }

const HeldRole* Organization::Role(OrganizationRole role) const {
  const auto held = std::ranges::find(roles, role, &HeldRole::role);
  return held == roles.end() ? nullptr : &*held;
}

}  // namespace registry
