// What else the operator does to objects: renewals, deletions, decisions about transfers.
#include <iostream>

#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/commands/contact_delete.h"
#include "registry/commands/contact_transfer_decision.h"
#include "registry/commands/domain_delete.h"
#include "registry/commands/domain_lookup.h"
#include "registry/commands/domain_renew.h"
#include "registry/commands/domain_transfer_decision.h"
#include "registry/commands/host_delete.h"
#include "registry/ctl/object_lookup.h"

namespace ctl {
namespace {

using registry::ContactId;
using registry::DomainName;
using registry::ObjectKind;

int Report(Session& session, const ObjectName& object, const std::string& title) {
  Record record;
  record.Add(object.kind == ObjectKind::kContact ? "id" : "name", title, object.name);
  record.Print(std::cout, session.json);
  return kExitOk;
}

}  // namespace

int Renew(Session& session, const ObjectName& object, int years) {
  const registry::Outcome<registry::Years> period = registry::Years::Of(years);
  if (!period) return ReportRejection(period.rejection(), session.json);
  const DomainName name = DomainName::Trusted(object.name);
  return session.Run("domain-info", registry::DomainLookup{name}, [&](const auto& found) {
    registry::DomainRenew command;
    command.name = name;
    command.current_expiry = registry::UtcDay((*found.outcome)->info.domain.expires);
    command.period = *period;
    return session.Run("domain-renew", std::move(command), [&](const auto& renewed) {
      Record record;
      record.Add("name", "Renewed", object.name);
      record.Add("expires", "Until", registry::FormatUtc((*renewed.outcome)->expires));
      record.Print(std::cout, session.json);
      return kExitOk;
    });
  });
}

int Delete(Session& session, const ObjectName& object) {
  const auto report = [&](const auto&) { return Report(session, object, "Deleted"); };
  switch (object.kind) {
    case ObjectKind::kDomain:
      return session.Run("domain-delete", registry::DomainDelete{DomainName::Trusted(object.name)},
                         report);
    case ObjectKind::kHost:
      return session.Run("host-delete", registry::HostDelete{DomainName::Trusted(object.name)},
                         report);
    case ObjectKind::kContact:
      break;
  }
  return session.Run("contact-delete", registry::ContactDelete{ContactId::Trusted(object.name)},
                     report);
}

int DecideTransfer(Session& session, const ObjectName& object,
                   registry::TransferDecision decision) {
  const bool approved = decision == registry::TransferDecision::kApprove;
  const bool rejected = decision == registry::TransferDecision::kReject;
  const std::string title = approved ? "Approved" : rejected ? "Rejected" : "Cancelled";
  const auto report = [&](const auto&) {
    return Report(session, object, registry::Concat(title, " the transfer of"));
  };
  if (object.kind == ObjectKind::kContact) {
    registry::ContactTransferDecision command{ContactId::Trusted(object.name), decision, {}};
    return session.Run(approved   ? "contact-transfer-approve"
                       : rejected ? "contact-transfer-reject"
                                  : "contact-transfer-cancel",
                       std::move(command), report);
  }
  registry::DomainTransferDecision command{DomainName::Trusted(object.name), decision, {}};
  return session.Run(approved   ? "domain-transfer-approve"
                     : rejected ? "domain-transfer-reject"
                                : "domain-transfer-cancel",
                     std::move(command), report);
}

}  // namespace ctl
