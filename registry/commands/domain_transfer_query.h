#pragma once

#include <array>
#include <optional>

#include "registry/base/outcome.h"
#include "registry/commands/domain_transfer_request.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/authorization.h"
#include "registry/rules/reasons.h"

namespace registry {

// <domain:transfer op="query">, RFC 5731 section 3.1.3: the latest transfer of a domain, for the
// registrars concerned and whoever knows the authInfo.
struct DomainTransferQuery {
  DomainName name;
  std::optional<Credential> credential;
};

inline constexpr std::array kDomainTransferQueryReasons = {kDomainNotFound, kWrongAuthInfo,
                                                           kNotParty, kNeverTransferred};

Needs NeedsOf(const DomainTransferQuery& command);
Outcome<DomainTransferAnswer> Apply(const DomainTransferQuery& command, const Context& context,
                                    const WorkingSet& set);

}  // namespace registry
