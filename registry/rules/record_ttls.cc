#include "registry/rules/record_ttls.h"

#include <algorithm>
#include <array>

#include "registry/base/text.h"
#include "registry/rules/reasons.h"

namespace registry {
namespace {

// One type of records, and where the choice for it is kept.
struct Slot {
  std::string_view type;
  Ttl* chosen;
  TtlLimits limits;
};
using Slots = std::array<Slot, 2>;

Slots SlotsOf(const TldPolicy* policy, DelegationTtls& ttls) {
  return {{{"NS", &ttls.ns, policy ? NsTtlLimits(*policy) : TtlLimits()},
           {"DS", &ttls.ds, policy ? DsTtlLimits(*policy) : TtlLimits()}}};
}

Slots SlotsOf(const TldPolicy* policy, AddressTtls& ttls) {
  const TtlLimits limits = policy ? GlueTtlLimits(*policy) : TtlLimits();
  return {{{"A", &ttls.a, limits}, {"AAAA", &ttls.aaaa, limits}}};
}

// Null if nobody may choose for this type.
const Slot* Find(const Slots& slots, std::string_view type) {
  const auto slot = std::ranges::find(slots, type, &Slot::type);
  return slot != slots.end() && slot->limits.offered() ? &*slot : nullptr;
}

std::optional<Rejection> Choose(const std::vector<TtlChoice>& choices, const Slots& slots) {
  for (const TtlChoice& choice : choices) {
    if (Find(slots, choice.type) == nullptr) return Reject(kTtlNotOffered, choice.type);
  }
  for (const auto& [type, seconds] : choices) {
    const TtlLimits& limits = Find(slots, type)->limits;
    if (seconds && (*seconds < limits.least || *seconds > limits.most)) {
      return Reject(kTtlRange, Concat(type, " from ", limits.least, " to ", limits.most));
    }
  }
  for (const TtlChoice& choice : choices) *Find(slots, choice.type)->chosen = choice.seconds;
  return std::nullopt;
}

std::vector<TtlShown> Show(TtlQuery query, const Slots& slots) {
  std::vector<TtlShown> shown;
  for (const auto& [type, chosen, limits] : slots) {
    if (!limits.offered() || (query == TtlQuery::kChosen && !*chosen)) continue;
    TtlShown one{type, {}, {}};
    if (*chosen) one.seconds = limits.InForce(*chosen);
    if (query == TtlQuery::kAll) one.limits = limits;
    shown.push_back(one);
  }
  return shown;
}

}  // namespace

TtlLimits NsTtlLimits(const TldPolicy& policy) {
  return {policy.min_ns_ttl, policy.ns_ttl, policy.max_ns_ttl};
}

TtlLimits DsTtlLimits(const TldPolicy& policy) {
  return {policy.min_ds_ttl, policy.ds_ttl, policy.max_ds_ttl};
}

TtlLimits GlueTtlLimits(const TldPolicy& policy) {
  return {policy.min_glue_ttl, policy.glue_ttl, policy.max_glue_ttl};
}

std::optional<Rejection> ChooseTtls(const std::vector<TtlChoice>& choices, const TldPolicy* policy,
                                    DelegationTtls& ttls) {
  if (choices.empty()) return std::nullopt;
  return Choose(choices, SlotsOf(policy, ttls));
}

std::optional<Rejection> ChooseTtls(const std::vector<TtlChoice>& choices, const TldPolicy* policy,
                                    AddressTtls& ttls) {
  if (choices.empty()) return std::nullopt;
  return Choose(choices, SlotsOf(policy, ttls));
}

std::vector<TtlShown> ShowTtls(TtlQuery query, const TldPolicy* policy, DelegationTtls ttls) {
  if (query == TtlQuery::kNone) return {};
  return Show(query, SlotsOf(policy, ttls));
}

std::vector<TtlShown> ShowTtls(TtlQuery query, const TldPolicy* policy, AddressTtls ttls) {
  if (query == TtlQuery::kNone) return {};
  return Show(query, SlotsOf(policy, ttls));
}

}  // namespace registry
