#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"
#include "registry/types/domain_name.h"

namespace registry {

// <domain:check> with the claims check form of <launch:check>, RFC 8334 section 3.1.1: whether a
// label has trademark claims, not whether the name is available. A name of a TLD that is not in its
// claims phase is refused; names that are not ours, or malformed, have no claims.
struct ClaimsCheck {
  struct Asked {
    std::string text;  // as the client wrote it
    Outcome<DomainName> name;
    std::string claim_key;  // of its label on the list of claims; empty: it is not there
  };
  std::vector<Asked> names;
  bool listed = false;  // the edge has a list of claims
};

struct ClaimsChecked {
  struct Item {
    std::string text;
    std::string claim_key;  // empty: no claims
  };
  std::vector<Item> items;  // in the order asked
};

inline constexpr std::array kClaimsCheckReasons = {kPhaseMismatch, kClaimsUnknown};

Needs NeedsOf(const ClaimsCheck& command);
Outcome<ClaimsChecked> Apply(const ClaimsCheck& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
