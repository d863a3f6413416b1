#pragma once

#include <array>
#include <optional>
#include <string>

#include "registry/base/outcome.h"
#include "registry/model/context.h"
#include "registry/model/domain.h"
#include "registry/model/idn_table.h"
#include "registry/model/tld_policy.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

// Which internationalised names a TLD takes, and which names are taken because a variant is.
namespace registry {

inline constexpr std::array kIdnReasons = {kIdnOnly,           kIdnTableNotOffered,
                                           kIdnUnameMismatch,  kIdnLabelNotInTable,
                                           kIdnLabelInNoTable, kIdnTableAmbiguous};

// The table by which the name is registered: the one that is asked for, or the only one of the
// TLD's that allows the label. Empty for a name in ASCII for which none is asked. `request` is null
// without <idn:data>. In the order of kIdnReasons.
Outcome<std::string> CheckIdn(const IdnRequest* request, const DomainName& name,
                              const TldPolicy& policy, const Directory& directory);

// CheckIdn could succeed, given the right request.
bool MayBeIdn(const DomainName& name, const TldPolicy& policy, const Directory& directory);

// Whether the new domain, of which name, sponsor, registrant and `variant_key` are known, follows a
// variant that is there. kVariantBlocked; where variants are for one registrant,
// kVariantOfAnother: all of them have the sponsor of the new one and, in the maximum data model,
// its registrant.
Outcome<bool> CheckVariants(const Domain& domain, const TldPolicy& policy, const WorkingSet& set);

// For a check: no registrant of the asker's could have the name because of its variants. Needs the
// name's `variants`.
bool VariantTaken(const DomainName& name, const TldPolicy& policy, const Context& context,
                  const WorkingSet& set);

// The tables that the policy names are there and do not contradict each other. kIdnTableUnknown,
// kIdnVariantsConflict.
std::optional<Rejection> CheckIdnTables(const TldPolicy& policy, const Directory& directory);

}  // namespace registry
