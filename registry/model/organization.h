#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "registry/model/organization_link.h"
#include "registry/types/contact_details.h"
#include "registry/types/identifiers.h"
#include "registry/types/keys.h"
#include "registry/types/status.h"

namespace registry {

// A role that an organization has, RFC 8543 section 3.2.
struct HeldRole {
  OrganizationRole role = OrganizationRole::kReseller;
  std::string id;      // that somebody gave it in this role, at most 64 characters; may be empty
  StatusSet statuses;  // clientLinkProhibited, serverLinkProhibited; the others are computed
  friend bool operator==(const HeldRole&, const HeldRole&) = default;
};

// The letters are in the database.
enum class OrganizationContactType : char {
  kAbuse = 'u',
  kAdmin = 'a',
  kBilling = 'b',
  kCustom = 'c',
  kTech = 't',
};

std::string_view OrganizationContactTypeName(OrganizationContactType type);  // "abuse"
std::optional<OrganizationContactType> ParseOrganizationContactType(std::string_view name);

struct OrganizationContact {
  OrganizationContactType type = OrganizationContactType::kAdmin;
  std::string type_name;  // at most 64 characters, may be empty
  ContactKey contact{};
  ContactId id;  // the contact's, which never changes
  friend auto operator<=>(const OrganizationContact&, const OrganizationContact&) = default;
};

// RFC 8543 section 3. Nobody but its sponsor and the operator sees it.
struct Organization {
  OrganizationKey key{};
  OrganizationId id;
  RegistrarKey sponsor = kNoRegistrar;
  RegistrarKey creator = kNoRegistrar;
  RegistrarKey updater = kNoRegistrar;
  absl::Time created;
  std::optional<absl::Time> updated;
  std::optional<absl::Time> transferred;  // never
  StatusSet statuses;                     // as set; `ok` and `linked` are computed
  std::vector<HeldRole> roles;            // sorted by role, each once, one at least
  OrganizationKey parent{};               // which has none itself; zero: none
  OrganizationId parent_id;               // with `parent`
  // Of these the name alone has to be there: without a country there is no address.
  std::optional<PostalInfo> international;
  std::optional<PostalInfo> localized;
  std::optional<Phone> voice;
  std::optional<Phone> fax;
  std::string email;  // these may be empty
  std::string url;
  std::vector<OrganizationContact> contacts;  // sorted, unique
  int32_t version = 1;

  // Null if it does not have the role.
  const HeldRole* Role(OrganizationRole role) const;

  friend bool operator==(const Organization&, const Organization&) = default;
};

}  // namespace registry
