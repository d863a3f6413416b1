#pragma once

#include <array>
#include <optional>

#include "registry/base/outcome.h"
#include "registry/commands/contact_transfer_request.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/authorization.h"
#include "registry/rules/reasons.h"

namespace registry {

// <contact:transfer op="query">, RFC 5733 section 3.1.3: the latest transfer of a contact, for the
// registrars concerned and whoever knows the authInfo.
struct ContactTransferQuery {
  ContactId id;
  std::optional<Credential> credential;
};

inline constexpr std::array kContactTransferQueryReasons = {kContactNotFound, kWrongAuthInfo,
                                                            kNotParty, kNeverTransferred};

Needs NeedsOf(const ContactTransferQuery& command);
Outcome<ContactTransferAnswer> Apply(const ContactTransferQuery& command, const Context& context,
                                     const WorkingSet& set);

}  // namespace registry
