#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/launch.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/fee_quote.h"
#include "registry/rules/reasons.h"
#include "registry/types/given_token.h"

namespace registry {

// <domain:check>, RFC 5731 section 3.1.1. A name that cannot be registered is not an error: it is
// answered as not available, with the reason.
struct DomainCheck {
  struct Asked {
    std::string text;  // as the client wrote it
    Outcome<DomainName> name;
  };
  std::vector<Asked> names;
  std::optional<FeeQuery> fees;
  // The availability check form of <launch:check>, RFC 8334 section 3.1.2.
  std::optional<LaunchPhase> phase;
  std::optional<GivenToken> token;  // for all of them, RFC 8495 section 3.1.1
};

struct DomainChecked {
  struct Item {
    std::string text;
    bool available = false;
    std::string_view reason;  // at most 32 characters; empty if available
  };
  std::vector<Item> items;     // in the order asked
  std::vector<FeeQuote> fees;  // of each of them, if they were asked for
};

// kPhaseMismatch: of a name in a TLD of ours that is not in the phase asked for.
inline constexpr std::array kDomainCheckReasons = {kCurrencyNotOffered, kPhaseMismatch};

Needs NeedsOf(const DomainCheck& command);
Outcome<DomainChecked> Apply(const DomainCheck& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
