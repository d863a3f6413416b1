#include "registry/rules/listing.h"

#include <algorithm>
#include <string>

namespace registry {

std::string_view PolicyClassOf(const TldPolicy& policy, const DomainName& name) {
  if (policy.premium.empty()) return {};
  const auto premium = policy.premium.find(std::string(name.label()));
  return premium == policy.premium.end() ? std::string_view() : premium->second;
}

Listing ListingOf(const TldPolicy& policy, const DomainName& name, const WorkingSet& set,
                  const Directory& directory) {
  using Withheld = Listing::Withheld;
  Listing listing;
  const std::string label(name.label());
  const TldPolicy* partner = directory.Tld(directory.bundles().PartnerTld(policy.tld));
  if (policy.reserved.contains(label) ||
      (partner != nullptr && partner->reserved.contains(label))) {
    listing.withheld = Withheld::kReserved;
  }
  listing.premium_class = PolicyClassOf(policy, name);
  const ListedLabel* listed = set.Listed(name);
  if (listed == nullptr) return listing;
  if (listed->kind == ListedLabel::Kind::kBlocked) listing.withheld = Withheld::kBlocked;
  if (listed->kind == ListedLabel::Kind::kReserved) {
    listing.withheld = std::max(listing.withheld, Withheld::kReserved);
  }
  if (listed->premium_class.empty()) return listing;
  const auto of_class = policy.premium_classes.find(listed->premium_class);
  if (of_class == policy.premium_classes.end()) {
    listing.withheld = Withheld::kBlocked;
  } else {
    listing.premium_class = of_class->first;
  }
  return listing;
}

}  // namespace registry
