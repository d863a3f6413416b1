#include "registry/commands/claims_check.h"

#include "registry/rules/launch.h"
#include "registry/rules/registrable_names.h"

namespace registry {

Needs NeedsOf(const ClaimsCheck& /*command*/) { return {}; }

Outcome<ClaimsChecked> Apply(const ClaimsCheck& command, const Context& context,
                             const WorkingSet& /*set*/) {
  ClaimsChecked answer;
  answer.items.reserve(command.names.size());
  for (const ClaimsCheck::Asked& asked : command.names) {
    ClaimsChecked::Item item{asked.text, {}};
    if (asked.name.ok()) {
      const auto policy = PolicyOf(*asked.name, context.directory);
      if (policy.ok()) {
        if (PhaseAt(**policy, context.now) != LaunchPhase::kClaims) {
          return Reject(kPhaseMismatch, asked.text);
        }
        if (!command.listed) return Reject(kClaimsUnknown);
        item.claim_key = asked.claim_key;
      }
    }
    answer.items.push_back(std::move(item));
  }
  return answer;
}

}  // namespace registry
