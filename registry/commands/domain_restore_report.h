#pragma once

#include <array>

#include "registry/base/outcome.h"
#include "registry/commands/domain_update.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/restore_report.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// <rgp:restore op="report">, RFC 3915 section 4.2.5: ends the wait that a restore request began.
// The report is kept.
struct DomainRestoreReport {
  DomainName name;
  RestoreReport report;
};

inline constexpr std::array kDomainRestoreReportReasons = {kDomainNotFound, kNotSponsor,
                                                           kTldNotAllowed, kNotPendingRestore};

Needs NeedsOf(const DomainRestoreReport& command);
Outcome<Applied<DomainUpdated>> Apply(const DomainRestoreReport& command, const Context& context,
                                      const WorkingSet& set);

}  // namespace registry
