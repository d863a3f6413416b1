#include "registry/commands/domain_check.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "registry/rules/idn.h"
#include "registry/rules/launch.h"
#include "registry/rules/registrable_names.h"

namespace registry {
namespace {

// Why the name cannot be registered, in at most 32 characters; empty if it can.
std::string_view Obstacle(const Outcome<DomainName>& name, const Context& context,
                          const WorkingSet& set) {
  if (!name.ok()) return "not a valid domain name";
  const auto policy = PolicyOf(*name, context.directory);
  if (!policy.ok()) {
    const bool served = policy.rejection().reason.id != kTldNotServed.id;
    return served ? "not one label below the TLD" : "not in a TLD of this registry";
  }
  if (set.Find(*name) != nullptr) return "in use";
  if (!CheckRegistrable(*name, context.directory).ok()) return "reserved";
  if (PhaseAt(**policy, context.now) == LaunchPhase::kNone) return "not open for registration";
  if (!MayBeIdn(*name, **policy, context.directory)) return "not in an IDN table of the TLD";
  if (VariantTaken(*name, **policy, context, set)) return "variant of a registered name";
  return {};
}

bool InOtherPhase(const Outcome<DomainName>& name, LaunchPhase phase, const Context& context) {
  if (!name.ok()) return false;
  const auto policy = PolicyOf(*name, context.directory);
  return policy.ok() && PhaseAt(**policy, context.now) != phase;
}

}  // namespace

Needs NeedsOf(const DomainCheck& command) {
  Needs needs;
  absl::flat_hash_set<DomainName> seen;
  for (const DomainCheck::Asked& asked : command.names) {
    if (asked.name.ok() && seen.insert(*asked.name).second) {
      needs.domains.push_back({*asked.name, Lock::kNone, false, false, /*variants=*/true});
    }
  }
  return needs;
}

Outcome<DomainChecked> Apply(const DomainCheck& command, const Context& context,
                             const WorkingSet& set) {
  const std::string& currency = context.directory.settings.currency;
  if (command.fees && !command.fees->currency.empty() && command.fees->currency != currency) {
    return Reject(kCurrencyNotOffered, currency);
  }
  DomainChecked answer;
  answer.items.reserve(command.names.size());
  for (const DomainCheck::Asked& asked : command.names) {
    if (command.phase && InOtherPhase(asked.name, *command.phase, context)) {
      return Reject(kPhaseMismatch, asked.text);
    }
    const std::string_view obstacle = Obstacle(asked.name, context, set);
    answer.items.push_back({asked.text, obstacle.empty(), obstacle});
    if (!command.fees) continue;
    const Domain* domain = asked.name.ok() ? set.Find(*asked.name) : nullptr;
    answer.fees.push_back(Quote(asked.name, domain, *command.fees, context));
  }
  return answer;
}

}  // namespace registry
