#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "registry/model/contact.h"
#include "registry/model/context.h"
#include "registry/model/domain.h"
#include "registry/model/working_set.h"
#include "registry/types/auth_info.h"

namespace registry {

// An authInfo as a command presents it.
struct Credential {
  AuthInfo auth;
  // The ROID of the object that it belongs to: of a domain, the domain's own or that of its
  // registrant or another contact of it (RFC 5731 sections 3.1.2 and 3.2.4). Empty: the object's.
  std::string owner;
};

// Whether it is the right one, and in time. For a domain with an owner the domain's details have to
// be in the set.
bool Opens(const Credential& credential, const Domain& domain, const Context& context,
           const WorkingSet& set);
bool Opens(const Credential& credential, const Contact& contact, const Context& context);

// When an authInfo that is set at `now` ends (RFC 9154 section 4.2); nothing: never.
std::optional<absl::Time> AuthInfoEnds(const SealedAuthInfo& auth, absl::Time now,
                                       absl::Duration ttl);

}  // namespace registry
