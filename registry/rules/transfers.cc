#include "registry/rules/transfers.h"

#include <string>
#include <string_view>
#include <utility>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/rules/access.h"
#include "registry/rules/grace_periods.h"
#include "registry/rules/reasons.h"
#include "registry/types/years.h"

namespace registry {
namespace {

bool IsApproval(TransferState state) {
  return state == TransferState::kClientApproved || state == TransferState::kServerApproved;
}

std::string_view Verb(TransferState state) {
  switch (state) {
    case TransferState::kPending:
      return "was requested";
    case TransferState::kClientApproved:
      return "was approved";
    case TransferState::kClientRejected:
      return "was rejected";
    case TransferState::kClientCancelled:
      return "was cancelled";
    case TransferState::kServerApproved:
      return "was approved by the registry";
    case TransferState::kServerCancelled:
      return "was cancelled by the registry";
  }
  return "";
}

PollMessage Notice(const Domain& domain) {
  PollMessage message;
  message.notice = PollMessage::Notice::kDomainTransfer;
  message.domain = domain.key;
  message.object_name = domain.name.text();
  message.text = Concat("The transfer of the domain ", message.object_name, " ");
  return message;
}

PollMessage Notice(const Contact& contact) {
  PollMessage message;
  message.notice = PollMessage::Notice::kContactTransfer;
  message.object_name = contact.id.text();
  message.text = Concat("The transfer of the contact ", message.object_name, " ");
  return message;
}

template <class Object>
PollMessage NoticeTo(RegistrarKey registrar, const Object& object, absl::Time at) {
  PollMessage message = Notice(object);
  message.registrar = registrar;
  message.queued = at;
  message.transfer = object.transfer;
  message.text += Verb(object.transfer->state);
  return message;
}

// Whoever did not decide it himself is told; of an approval both, since it is what they bill by.
template <class Object>
void Tell(const Object& after, absl::Time at, Changes& changes) {
  const Transfer& transfer = *after.transfer;
  if (transfer.state != TransferState::kClientCancelled) {
    changes.Queue(NoticeTo(transfer.gaining, after, at));
  }
  if (transfer.state != TransferState::kClientRejected) {
    changes.Queue(NoticeTo(transfer.losing, after, at));
  }
}

// What domains and contacts have in common.
template <class Object>
void End(Object& object, TransferState state, absl::Time at, RegistrarKey actor) {
  POSTEL_CHECK(IsPending(object.transfer));
  object.transfer->state = state;
  object.transfer->acted = at;
  object.updater = actor;
  object.updated = at;
  if (!IsApproval(state)) return;
  object.sponsor = object.transfer->gaining;
  object.transferred = at;
  object.auth = SealedAuthInfo();
  object.auth_ends.reset();
}

bool IsAutoRenewal(const GracePeriod& grace, absl::Time at) {
  return grace.kind == GraceKind::kAutoRenew && at < grace.ends;
}

}  // namespace

TransferState StateAfter(TransferDecision decision, const Context& context) {
  const bool server = context.asker == kOperator || context.asker == kLifecycle;
  switch (decision) {
    case TransferDecision::kApprove:
      return server ? TransferState::kServerApproved : TransferState::kClientApproved;
    case TransferDecision::kReject:
      return server ? TransferState::kServerCancelled : TransferState::kClientRejected;
    case TransferDecision::kCancel:
      return server ? TransferState::kServerCancelled : TransferState::kClientCancelled;
  }
  return TransferState::kServerCancelled;
}

std::optional<Rejection> MayDecide(const Transfer& transfer, TransferDecision decision,
                                   const Context& context) {
  if (decision == TransferDecision::kCancel) {
    if (!IsSponsor(context, transfer.gaining)) return Reject(kNotGaining);
  } else if (!IsSponsor(context, transfer.losing)) {
    return Reject(kNotSponsor);
  }
  return std::nullopt;
}

bool IsParty(const Rare<Transfer>& transfer, const Context& context) {
  return transfer && (context.asker == transfer->gaining || context.asker == transfer->losing);
}

absl::Time ExpiryAfterTransfer(const Domain& domain, int years, absl::Time at) {
  return AddYears(ExpiryWithoutAutoRenewal(domain, at), years);
}

Changes EndTransfer(const Domain& domain, TransferState state, absl::Time at, RegistrarKey actor,
                    const TldPolicy& policy) {
  Domain after = domain;
  End(after, state, at, actor);
  Transfer& transfer = *after.transfer;
  Changes changes;
  if (IsApproval(state)) {
    after.expires = ExpiryAfterTransfer(domain, transfer.years, at);
    after.token.reset();  // it was the losing registrar's
    after.organizations.reset();
    after.grace.clear();
    BeginGrace(after,
               {GraceKind::kTransfer, at + policy.transfer_grace, transfer.fee, transfer.gaining,
                transfer.years, IsLeapDay(ExpiryWithoutAutoRenewal(domain, at))},
               at);
    transfer.expires = after.expires;
    for (const GracePeriod& grace : domain.grace) {
      if (!IsAutoRenewal(grace, at) || grace.fee == Money{}) continue;
      changes.Refund(grace.payer, grace.fee, std::string(WhatWasPaid(grace.kind)), domain);
    }
  } else {
    transfer.expires.reset();
    if (transfer.fee != Money{}) {
      changes.Refund(transfer.gaining, transfer.fee, std::string(WhatWasPaid(GraceKind::kTransfer)),
                     domain);
    }
  }
  Tell(after, at, changes);
  changes.Update(domain, std::move(after));
  return changes;
}

Changes EndTransfer(const Contact& contact, TransferState state, absl::Time at,
                    RegistrarKey actor) {
  Contact after = contact;
  End(after, state, at, actor);
  Changes changes;
  Tell(after, at, changes);
  changes.Update(contact, std::move(after));
  return changes;
}

PollMessage TransferRequested(const Domain& domain) {
  return NoticeTo(domain.transfer->losing, domain, domain.transfer->requested);
}

PollMessage TransferRequested(const Contact& contact) {
  return NoticeTo(contact.transfer->losing, contact, contact.transfer->requested);
}

}  // namespace registry
