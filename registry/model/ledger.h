#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "registry/types/domain_name.h"
#include "registry/types/keys.h"
#include "registry/types/money.h"

namespace registry {

// Append only: the letters are in the database.
enum class LedgerKind : char { kCharge = 'c', kRefund = 'r', kDeposit = 'd' };

// An immutable entry. `amount` is what the balance changes by: charges are negative. A charge of
// zero is written too.
struct LedgerEntry {
  RegistrarKey registrar = kNoRegistrar;
  LedgerKind kind = LedgerKind::kCharge;
  Money amount;
  std::string what;            // "create", "renew", "auto-renew", "deposit: reference 42"
  DomainKey domain{};          // zero for deposits
  int32_t domain_version = 0;  // the version of the domain that this paid for
  std::optional<absl::Time> happened = {};  // as for Change
};

}  // namespace registry
