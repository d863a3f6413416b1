#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "registry/ctl/domain_update_options.h"
#include "registry/ctl/session.h"
#include "registry/rules/transfers.h"
#include "registry/types/roid.h"
#include "registry/types/status.h"

namespace ctl {

// The object that an operator means: the one that has the name or identifier now, or that of a
// ROID, which may be gone.
struct ObjectName {
  registry::ObjectKind kind{};
  std::string name;
  std::optional<int64_t> key;  // of the ROID
};

// Reads "example.org", "D101-LROR" or the identifier of a contact or an organization and goes on
// with `then(name)`.
int WithObjectName(Session& session, registry::ObjectKind kind, const std::string& text,
                   const std::function<int(const ObjectName&)>& then);

// What a look-up of any kind of object gives.
struct FoundObject {
  registry::StatusSet statuses;  // as they are stored
  Record record;
  absl::Time expires = {};  // of domains
};
// A contact or an organization, which has no name.
bool HasIdentifier(registry::ObjectKind kind);
// Looks it up as it is now and goes on with `then(found)`.
int WithObject(Session& session, const ObjectName& object,
               const std::function<int(const FoundObject&)>& then);

// The refusal for an object that is not there.
registry::Rejection NotFound(registry::ObjectKind kind, const std::string& name);

// What the subcommands do; each gives the exit code. The history also of an object that is gone.
int ShowHistory(Session& session, const ObjectName& object);  // object_history.cc
// Adds and removes server statuses by their names; what is so already is left alone, so that it can
// be said twice. object_statuses.cc
int ChangeStatuses(Session& session, const ObjectName& object, const std::vector<std::string>& add,
                   const std::vector<std::string>& remove);

// object_cds.cc. What came of the last look at the domain's CDS and CDNSKEY records; and that they
// be looked at soon.
int ShowCds(Session& session, const ObjectName& object);
int RequestCds(Session& session, const ObjectName& object);

// object_changes.cc. For nothing; within the TLD's limits.
int Renew(Session& session, const ObjectName& object, int years);
int Update(Session& session, const ObjectName& object, const DomainUpdateOptions& options);
int Delete(Session& session, const ObjectName& object);
int DecideTransfer(Session& session, const ObjectName& object, registry::TransferDecision decision);

}  // namespace ctl
