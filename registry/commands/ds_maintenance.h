#pragma once

#include <array>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// What the child zone itself asked for by CDS and CDNSKEY records, and was found to be entitled to
// (rules/child_ds.h): other DS records, the first ones, or none. The registry's own command; the
// sponsor is told as of all that the operator does.
struct DsMaintenance {
  DomainName name;  // either name of a bundle
  // The delegation that the decision was made by. Another one now: kDelegationChanged.
  DomainKey domain{};
  std::vector<DsRecord> seen;
  std::vector<HostKey> name_servers;
  std::vector<DsRecord> ds;  // what is to stand there; empty: nothing, the domain becomes insecure
};

// Checked in this order; the first that applies is the answer. serverUpdateProhibited, a hold or
// the end of the domain keep it from being changed; clientUpdateProhibited does not: it is there
// against changes by mistake or by thieves, who cannot sign with the zone's key.
inline constexpr std::array kDsMaintenanceReasons = {
    kOperatorOnly, kDomainNotFound,    kDelegationChanged, kUpdateProhibited,
    kNothingToDo,  kKeyDataNotOffered, kDsDataNotOffered,  kTooManyDs};

Needs NeedsOf(const DsMaintenance& command);
Outcome<Applied<Done>> Apply(const DsMaintenance& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
