#pragma once

#include <array>
#include <optional>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/authorization.h"
#include "registry/rules/reasons.h"

namespace registry {

// <contact:info>, RFC 5733 section 3.1.2. Only for the sponsor, or with the right authInfo.
struct ContactInfo {
  ContactId id;
  std::optional<Credential> credential;
};

struct ContactInfoAnswer {
  Contact contact;
  StatusSet statuses;  // as shown
};

inline constexpr std::array kContactInfoReasons = {kContactNotFound, kWrongAuthInfo, kNotSponsor};

Needs NeedsOf(const ContactInfo& command);
Outcome<ContactInfoAnswer> Apply(const ContactInfo& command, const Context& context,
                                 const WorkingSet& set);

}  // namespace registry
