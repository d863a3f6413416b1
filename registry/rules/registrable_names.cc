#include "registry/rules/registrable_names.h"

#include <string>

#include "registry/rules/reasons.h"

namespace registry {

Outcome<const TldPolicy*> PolicyOf(const DomainName& name, const Directory& directory) {
  const TldPolicy* policy = directory.Tld(directory.bundles().PrimaryTld(name.tld()));
  if (policy == nullptr) return Reject(kTldNotServed, name.text());
  if (name.label_count() != 2) return Reject(kNotOneLabel, name.text());
  return policy;
}

Outcome<const TldPolicy*> CheckRegistrable(const DomainName& name, const Directory& directory) {
  const auto policy = PolicyOf(name, directory);
  if (!policy.ok()) return policy;
  const std::string label(name.label());
  const TldPolicy* partner = directory.Tld(directory.bundles().PartnerTld((*policy)->tld));
  if ((*policy)->reserved.contains(label) ||
      (partner != nullptr && partner->reserved.contains(label))) {
    return Reject(kNameReserved, name.text());
  }
  return policy;
}

DomainName SuperordinateName(const DomainName& host, const Directory& directory) {
  const std::string_view tld = host.tld();
  const std::string_view text = host.text();
  if (tld.size() >= text.size() || directory.Tld(tld) == nullptr) return {};
  const std::string_view above = text.substr(0, text.size() - tld.size() - 1);
  const size_t dot = above.rfind('.');  // none: the host has the domain's own name
  return DomainName::Trusted(std::string(text.substr(dot == std::string_view::npos ? 0 : dot + 1)));
}

}  // namespace registry
