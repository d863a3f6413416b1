#pragma once

#include <array>
#include <optional>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/commands/domain_create.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"
#include "registry/types/reasons.h"

namespace registry {

// <domain:update>, RFC 5731 section 3.2.5, with secDNS:update, RFC 5910 section 5.2.5. Also the
// operator's lock: the operator passes as sponsor and may set server statuses.
struct DomainUpdate {
  struct Part {
    std::vector<DomainName> name_servers;
    std::vector<DomainCreate::ContactLink> contacts;
    StatusSet statuses;
    std::vector<DsRecord> ds;
    bool empty() const {
      return name_servers.empty() && contacts.empty() && statuses.empty() && ds.empty();
    }
  };
  DomainName name;
  Part add;
  Part remove;
  bool remove_all_ds = false;  // secDNS:rem with secDNS:all, instead of `remove.ds`
  bool change_registrant = false;
  std::optional<ContactId> registrant;  // with change_registrant; nothing: removed
  std::optional<SealedAuthInfo> auth;   // the new one; unset: cleared
  bool auth_weak = false;               // the edge saw a value below 128 bits (RFC 9154); refused
  std::vector<TtlChoice> ttls;          // <ttl:update>, RFC 9803
  OrganizationChange organizations;     // <orgext:update>, RFC 8544
  // What the edge saw and nobody may do, the first in the frame: kHostAttributesNotOffered,
  // kKeyMismatch, kDuplicateValue (a status, a role), kRoleNotOffered.
  std::optional<Rejection> unacceptable;
};

struct DomainUpdated {
  DomainName name;
};

// Checked in this order; the first that applies is the answer. The operator passes
// kUpdateProhibited where a status prohibits, but not once the domain is deleted.
inline constexpr std::array kDomainUpdateReasons = {
    kNothingToDo, kStatusRange, kDomainNotFound, kNotSponsor, kTldNotAllowed, kUpdateProhibited,
    kTransferPending,
    // Of what it refers to:
    kRegistrantNotFound, kContactNotFound, kHostNotFound, kOrganizationNotFound,
    kHostWithoutAddress, kOrganizationOfAnother, kLinkProhibited, kRoleMissing, kRoleVacant,
    kRoleTaken,
    // Policy:
    kHostAttributesNotOffered, kKeyMismatch, kRoleNotOffered, kDuplicateValue, kKeyDataNotOffered,
    kDsDataNotOffered, kNotPresent, kAlreadyPresent, kTooManyNameServers, kTooManyContacts,
    kTooManyDs, kRegistrantRequired, kRegistrantRefused, kAuthInfoWeak, kTtlNotOffered, kTtlRange};

// It changes nothing: kNothingToDo.
bool IsEmpty(const DomainUpdate& command);

Needs NeedsOf(const DomainUpdate& command);
Outcome<Applied<DomainUpdated>> Apply(const DomainUpdate& command, const Context& context,
                                      const WorkingSet& set);

}  // namespace registry
