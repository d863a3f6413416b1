#include "registry/rules/statuses.h"

#include <string>

#include "registry/rules/reasons.h"

namespace registry {
namespace {

// The statuses by which the registrar and the operator forbid an operation.
StatusSet ProhibitingStatuses(Operation operation) {
  switch (operation) {
    case Operation::kUpdate:
      return {Status::kClientUpdateProhibited, Status::kServerUpdateProhibited};
    case Operation::kDelete:
      return {Status::kClientDeleteProhibited, Status::kServerDeleteProhibited};
    case Operation::kRenew:
      return {Status::kClientRenewProhibited, Status::kServerRenewProhibited};
    case Operation::kTransfer:
      return {Status::kClientTransferProhibited, Status::kServerTransferProhibited};
  }
  return {};
}

StatusSet Both(StatusSet a, StatusSet b) { return StatusSet::FromBits(a.bits() & b.bits()); }

StatusSet Without(StatusSet a, StatusSet b) { return StatusSet::FromBits(a.bits() & ~b.bits()); }

// Of hosts and contacts.
StatusSet OrOk(StatusSet statuses, bool linked) {
  if (statuses.empty()) statuses.Add(Status::kOk);
  if (linked) statuses.Add(Status::kLinked);
  return statuses;
}

std::string FirstName(StatusSet statuses) {
  return std::string(StatusName(statuses.ToVector().front()));
}

}  // namespace

bool Prohibits(StatusSet statuses, Operation operation) {
  return !Both(statuses, ProhibitingStatuses(operation)).empty();
}

bool Prohibits(const Domain& domain, Operation operation) {
  if (domain.phase != DomainPhase::kActive || Prohibits(domain.statuses, operation)) return true;
  const bool ends_or_grows = operation == Operation::kDelete || operation == Operation::kRenew;
  return ends_or_grows && IsPending(domain.transfer);
}

bool UpdateProhibited(StatusSet statuses, StatusSet removed) {
  if (removed.Has(Status::kClientUpdateProhibited)) {
    statuses.Remove(Status::kClientUpdateProhibited);
  }
  return Prohibits(statuses, Operation::kUpdate);
}

StatusSet ShownStatuses(const Domain& domain) {
  StatusSet shown = domain.statuses;
  if (domain.phase != DomainPhase::kActive) shown.Add(Status::kPendingDelete);
  if (IsPending(domain.transfer)) shown.Add(Status::kPendingTransfer);
  if (domain.name_servers.empty()) shown.Add(Status::kInactive);
  if (shown.empty()) shown.Add(Status::kOk);
  return shown;
}

StatusSet ShownStatuses(const Contact& contact, bool linked) {
  StatusSet shown = contact.statuses;
  if (IsPending(contact.transfer)) shown.Add(Status::kPendingTransfer);
  return OrOk(shown, linked);
}

StatusSet ShownStatuses(const Host& host, bool linked) { return OrOk(host.statuses, linked); }

StatusSet ShownStatuses(const Organization& organization, bool linked) {
  return OrOk(organization.statuses, linked);
}

StatusSet ShownStatuses(const HeldRole& role, bool linked) { return OrOk(role.statuses, linked); }

std::optional<Rejection> CheckPendingTransfer(const Rare<Transfer>& transfer, StatusSet added) {
  if (!IsPending(transfer) || !Prohibits(added, Operation::kTransfer)) return std::nullopt;
  return Reject(kTransferPending);
}

Outcome<StatusSet> ChangeStatuses(StatusSet current, StatusSet add, StatusSet remove) {
  if (const StatusSet twice = Both(add, remove); !twice.empty()) {
    return Reject(kDuplicateValue, FirstName(twice));
  }
  if (const StatusSet absent = Without(remove, current); !absent.empty()) {
    return Reject(kNotPresent, FirstName(absent));
  }
  if (const StatusSet present = Both(add, current); !present.empty()) {
    return Reject(kAlreadyPresent, FirstName(present));
  }
  return StatusSet::FromBits(Without(current, remove).bits() | add.bits());
}

bool ClientMaySetOnDomain(Status status) {
  return IsClientStatus(status) && status < Status::kHold;
}

bool ClientMaySetOnHostOrContact(Status status) {
  return status == Status::kClientDeleteProhibited || status == Status::kClientUpdateProhibited;
}

bool ClientMaySetOnContact(Status status) {
  return ClientMaySetOnHostOrContact(status) || status == Status::kClientTransferProhibited;
}

bool ClientMaySetOnOrganization(Status status) {
  return ClientMaySetOnHostOrContact(status) || status == Status::kClientLinkProhibited ||
         status == Status::kHold || status == Status::kTerminated;
}

bool ServerMaySetOnOrganization(Status status) {
  return status == Status::kServerDeleteProhibited || status == Status::kServerUpdateProhibited ||
         status == Status::kServerLinkProhibited;
}

}  // namespace registry
