#include "registry/rules/bundles.h"

#include <algorithm>

#include "registry/rules/reasons.h"

namespace registry {

std::vector<DsRecord>& DsOf(Domain& domain, const DomainName& name) {
  return name == domain.name ? domain.ds : domain.partner_ds;
}

Domain ShownAs(const Domain& domain, const DomainName& name) {
  Domain shown = domain;
  if (name == domain.name) return shown;
  shown.name = name;
  std::swap(shown.ds, shown.partner_ds);
  return shown;
}

std::optional<Rejection> CheckBundle(const TldPolicy& policy, const Context& context,
                                     const std::vector<std::string>& used) {
  const TldPolicy* before = context.directory.Tld(policy.tld);
  const std::string old_primary = before == nullptr ? "" : before->bundle_of;
  const std::string& primary = policy.bundle_of;
  const Bundles& bundles = context.directory.bundles();
  if (!primary.empty()) {
    const TldPolicy* known = context.directory.Tld(primary);
    if (known == nullptr || primary == policy.tld) return Reject(kBundleUnknown, primary);
    if (!known->bundle_of.empty() || !bundles.PartnerTld(policy.tld).empty()) {
      return Reject(kBundleChain, primary);
    }
    const std::string_view partner = bundles.PartnerTld(primary);
    if (!partner.empty() && partner != policy.tld)
      return Reject(kBundleTaken, std::string(partner));
  }
  if (primary == old_primary) return std::nullopt;
  if (!primary.empty() && context.directory.Lists(policy.tld)) {
    return Reject(kBundleListed, policy.tld);
  }
  // A domain of the old primary would lose its second name, one of the TLD itself collide with it.
  for (const std::string& tld : {policy.tld, old_primary}) {
    if (std::ranges::find(used, tld) != used.end()) return Reject(kBundleInUse, tld);
  }
  return std::nullopt;
}

}  // namespace registry
