#include "registry/model/bundles.h"

#include <algorithm>

#include "registry/base/text.h"

namespace registry {
namespace {

DomainName In(std::string_view tld, const DomainName& name) {
  return DomainName::Trusted(Concat(name.label(), ".", tld));
}

}  // namespace

void Bundles::Set(std::string_view partner, std::string_view primary) {
  std::erase_if(pairs_, [&](const Pair& pair) { return pair.partner == partner; });
  if (!primary.empty()) pairs_.push_back({std::string(partner), std::string(primary)});
}

std::string_view Bundles::PrimaryTld(std::string_view tld) const {
  for (const Pair& pair : pairs_) {
    if (pair.partner == tld) return pair.primary;
  }
  return tld;
}

std::string_view Bundles::PartnerTld(std::string_view primary) const {
  for (const Pair& pair : pairs_) {
    if (pair.primary == primary) return pair.partner;
  }
  return {};
}

DomainName Bundles::Primary(const DomainName& name) const {
  if (pairs_.empty() || name.label_count() != 2) return name;
  const std::string_view primary = PrimaryTld(name.tld());
  return primary == name.tld() ? name : In(primary, name);
}

std::optional<DomainName> Bundles::Other(const DomainName& name) const {
  if (pairs_.empty() || name.label_count() != 2) return std::nullopt;
  const std::string_view primary = PrimaryTld(name.tld());
  if (primary != name.tld()) return In(primary, name);
  const std::string_view partner = PartnerTld(primary);
  if (partner.empty()) return std::nullopt;
  return In(partner, name);
}

}  // namespace registry
