#pragma once

#include <optional>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/record_ttls.h"
#include "registry/model/tld_policy.h"

// What registrars may choose for the TTLs of their records, RFC 9803. NS and DS belong to domains,
// A and AAAA to hosts below a TLD of ours; what else there is, no zone of ours publishes.
namespace registry {

TtlLimits NsTtlLimits(const TldPolicy& policy);
TtlLimits DsTtlLimits(const TldPolicy& policy);
TtlLimits GlueTtlLimits(const TldPolicy& policy);

// Puts the choices into `ttls`, or changes nothing. `policy`: of the TLD that the records are in;
// null: in none of ours, nothing may be chosen. Of all choices first kTtlNotOffered (subject: the
// type), then kTtlRange (subject: the type and its range).
std::optional<Rejection> ChooseTtls(const std::vector<TtlChoice>& choices, const TldPolicy* policy,
                                    DelegationTtls& ttls);
std::optional<Rejection> ChooseTtls(const std::vector<TtlChoice>& choices, const TldPolicy* policy,
                                    AddressTtls& ttls);

// What an info hears, in the order above; of types that are offered. The choices as they are in
// force.
std::vector<TtlShown> ShowTtls(TtlQuery query, const TldPolicy* policy, DelegationTtls ttls);
std::vector<TtlShown> ShowTtls(TtlQuery query, const TldPolicy* policy, AddressTtls ttls);

}  // namespace registry
