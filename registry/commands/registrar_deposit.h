#pragma once

#include <array>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// The operator books money that a registrar paid (or took back: negative).
struct RegistrarDeposit {
  RegistrarId id;
  Money amount;           // not zero
  std::string reference;  // at most 255 characters; may be empty
};

inline constexpr std::array kRegistrarDepositReasons = {kOperatorOnly, kAmountZero,
                                                        kDepositReference, kRegistrarNotFound};

Needs NeedsOf(const RegistrarDeposit& command);
Outcome<Applied<Done>> Apply(const RegistrarDeposit& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
