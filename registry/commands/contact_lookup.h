#pragma once

#include <array>
#include <optional>

#include "registry/base/outcome.h"
#include "registry/commands/contact_info.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// What RDAP and the operator see of a contact, by identifier or by key (from its ROID).
struct ContactLookup {
  std::optional<ContactId> id;  // one of the two
  ContactKey key{};
};

inline constexpr std::array kContactLookupReasons = {kContactNotFound};

Needs NeedsOf(const ContactLookup& command);
Outcome<ContactInfoAnswer> Apply(const ContactLookup& command, const Context& context,
                                 const WorkingSet& set);

}  // namespace registry
