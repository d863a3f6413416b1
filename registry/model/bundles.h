#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "registry/types/domain_name.h"

namespace registry {

// Pairs of TLDs whose names are registered together, RFC 9095: the partner's name is a second name
// of one and the same domain, which is kept under its name in the primary TLD.
class Bundles {
 public:
  // What the TLD is the partner of from now on; empty: of none.
  void Set(std::string_view partner, std::string_view primary);

  // Of the pair the primary, or the TLD itself; valid as long as either is.
  std::string_view PrimaryTld(std::string_view tld) const;
  // The TLD that has this one for its primary; empty if there is none.
  std::string_view PartnerTld(std::string_view primary) const;
  // The name that the domain is kept under. Only names of two labels have another one.
  DomainName Primary(const DomainName& name) const;
  // The domain's other name, whichever of the two this is; none outside of pairs.
  std::optional<DomainName> Other(const DomainName& name) const;
  bool empty() const { return pairs_.empty(); }
  friend bool operator==(const Bundles&, const Bundles&) = default;

 private:
  struct Pair {
    std::string partner, primary;
    friend bool operator==(const Pair&, const Pair&) = default;
  };
  std::vector<Pair> pairs_;  // few
};

}  // namespace registry
