#pragma once

#include "registry/base/outcome.h"
#include "registry/model/context.h"
#include "registry/model/domain.h"
#include "registry/model/tld_policy.h"

// A bundle is one domain with two names (model/bundles.h): all that is decided about it is decided
// once. Only the DS records are a name's own.
namespace registry {

// The DS records of the domain for this one of its names.
std::vector<DsRecord>& DsOf(Domain& domain, const DomainName& name);

// The domain as it is seen under this one of its names: with it, and with its DS records.
Domain ShownAs(const Domain& domain, const DomainName& name);

// What a policy says of bundles must fit the other TLDs: kBundleUnknown, kBundleChain,
// kBundleTaken. And there must be no domain that a change would take its other name from, or give
// one that is another domain's: kBundleInUse; nor long lists that nobody would look into any more:
// kBundleListed. `used`: the TLDs that have domains.
std::optional<Rejection> CheckBundle(const TldPolicy& policy, const Context& context,
                                     const std::vector<std::string>& used);

}  // namespace registry
