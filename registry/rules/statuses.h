#pragma once

#include <optional>

#include "absl/time/time.h"
#include "registry/base/outcome.h"
#include "registry/base/rare.h"
#include "registry/model/contact.h"
#include "registry/model/domain.h"
#include "registry/model/host.h"
#include "registry/model/organization.h"
#include "registry/types/status.h"

namespace registry {

enum class Operation { kUpdate, kDelete, kRenew, kTransfer };

// True if a client or server status, or the phase, forbids the operation (RFC 5731 section 2.3).
bool Prohibits(StatusSet statuses, Operation operation);
// pendingDelete forbids all, pendingTransfer renewal and deletion.
bool Prohibits(const Domain& domain, Operation operation);

// An update may pass clientUpdateProhibited if it takes that status away (RFC 5731 section 3.2.5).
bool UpdateProhibited(StatusSet statuses, StatusSet removed);

// The statuses as <info> shows them: never empty; `ok` only alone (beside `linked`); `inactive` for
// a domain without name servers, `pendingDelete` from its deletion on, `pendingTransfer`.
StatusSet ShownStatuses(const Domain& domain);
StatusSet ShownStatuses(const Contact& contact, bool linked);
StatusSet ShownStatuses(const Host& host, bool linked);
StatusSet ShownStatuses(const Organization& organization, bool linked);
StatusSet ShownStatuses(const HeldRole& role, bool linked);

// The set after an update. kDuplicateValue (in both), kNotPresent, kAlreadyPresent; the subject is
// the status.
Outcome<StatusSet> ChangeStatuses(StatusSet current, StatusSet add, StatusSet remove);

// RFC 5731 and 5733 section 2.3: pendingTransfer goes with no status that prohibits transfers.
// kTransferPending if one of them is to be added.
std::optional<Rejection> CheckPendingTransfer(const Rare<Transfer>& transfer, StatusSet added);

// The statuses that a registrar may set on each kind of object; ones outside are kStatusRange at
// the edge.
bool ClientMaySetOnDomain(Status status);
bool ClientMaySetOnHostOrContact(Status status);  // clientDeleteProhibited, clientUpdateProhibited
bool ClientMaySetOnContact(Status status);        // and clientTransferProhibited
// Prohibitions, and hold and terminated where there is a parent (rules/organizations.h).
bool ClientMaySetOnOrganization(Status status);
bool ServerMaySetOnOrganization(Status status);  // what the operator may set besides

}  // namespace registry
