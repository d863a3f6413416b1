#include "registry/commands/domain_check.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "registry/rules/allocation.h"
#include "registry/rules/idn.h"
#include "registry/rules/launch.h"
#include "registry/rules/registrable_names.h"

namespace registry {
namespace {

struct Finding {
  std::string_view obstacle;  // why it cannot be registered, in at most 32 characters
  QuoteBasis basis;
};

// Of a name that nobody has.
std::string_view ObstacleOf(const Listing& listing, bool token_given, bool covered,
                            const TldPolicy& policy, absl::Time now) {
  if (listing.withheld == Listing::Withheld::kBlocked) return "blocked";
  if (token_given && !covered) return "Allocation Token mismatch";
  if (listing.withheld == Listing::Withheld::kReserved && !covered) {
    return "Allocation Token required";
  }
  if (PhaseAt(policy, now) == LaunchPhase::kNone) return "not open for registration";
  return {};
}

Finding Look(const Outcome<DomainName>& name, const Rare<GivenToken>& given, const Context& context,
             const WorkingSet& set) {
  if (!name.ok()) return {"not a valid domain name", {}};
  const auto policy = PolicyOf(*name, context.directory);
  if (!policy.ok()) {
    const bool served = policy.rejection().reason.id != kTldNotServed.id;
    return {served ? "not one label below the TLD" : "not in a TLD of this registry", {}};
  }
  using Purpose = AllocationToken::Purpose;
  const AllocationToken* token = given ? set.FindToken(given->digest()) : nullptr;
  const auto covers = [&](Purpose purpose, const Listing& listing) {
    return token != nullptr && Covers(*token, purpose, *name, listing, context);
  };
  if (const Domain* domain = set.Find(*name)) {
    const Listing listing{Listing::Withheld::kNo, domain->premium_class};
    return {"in use", {domain, {}, covers(Purpose::kTransfer, listing) ? token : nullptr}};
  }
  const Listing listing = ListingOf(**policy, *name, set, context.directory);
  const bool covered = covers(Purpose::kCreate, listing);
  std::string_view obstacle =
      ObstacleOf(listing, given.has_value(), covered, **policy, context.now);
  if (obstacle.empty() && !MayBeIdn(*name, **policy, context.directory)) {
    obstacle = IsALabel(*name) ? "not in an IDN table of the TLD" : "internationalised names only";
  }
  if (obstacle.empty() && VariantTaken(*name, **policy, context, set)) {
    obstacle = "variant of a registered name";
  }
  return {obstacle, {nullptr, listing.premium_class, covered ? token : nullptr}};
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
      needs.Domain(*asked.name, Lock::kNone);
      needs.domains.back().variants = needs.domains.back().listed = true;
    }
  }
  if (command.token) needs.tokens.push_back(command.token->digest());
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
    const Finding found = Look(asked.name, command.token, context, set);
    answer.items.push_back({asked.text, found.obstacle.empty(), found.obstacle});
    if (command.fees) {
      answer.fees.push_back(Quote(asked.name, found.basis, *command.fees, context));
    }
  }
  return answer;
}

}  // namespace registry
