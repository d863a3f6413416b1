#include "registry/commands/registrar_deposit.h"

#include <string>
#include <utility>

#include "registry/base/utf8.h"

namespace registry {
namespace {

bool IsReference(std::string_view text) {
  constexpr size_t kLongest = 255;  // characters
  const std::optional<size_t> length = PrintableLength(text);
  return length && *length <= kLongest;
}

}  // namespace

Needs NeedsOf(const RegistrarDeposit& /*command*/) { return {}; }

// Taking money back may overdraw the account: it books what has happened at the bank.
Outcome<Applied<Done>> Apply(const RegistrarDeposit& command, const Context& context,
                             const WorkingSet& /*set*/) {
  if (context.asker != kOperator) return Reject(kOperatorOnly);
  if (command.amount == Money{}) return Reject(kAmountZero);
  if (!IsReference(command.reference)) return Reject(kDepositReference);
  const Registrar* registrar = context.directory.Registrar(command.id);
  if (registrar == nullptr) return Reject(kRegistrarNotFound, command.id.text());

  std::string what = "deposit";
  if (!command.reference.empty()) what += ": " + command.reference;
  Changes changes;
  changes.Deposit(registrar->key, command.amount, std::move(what));
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
