// What else the operator does to objects: renewals, deletions, decisions about transfers.
#include <iostream>
#include <utility>

#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/commands/contact_delete.h"
#include "registry/commands/contact_transfer_decision.h"
#include "registry/commands/domain_delete.h"
#include "registry/commands/domain_renew.h"
#include "registry/commands/domain_transfer_decision.h"
#include "registry/commands/host_delete.h"
#include "registry/commands/organization_delete.h"
#include "registry/ctl/object_lookup.h"

namespace ctl {
namespace {

using registry::ContactId;
using registry::DomainName;
using registry::ObjectKind;

int Report(Session& session, const ObjectName& object, const std::string& title) {
  Record record;
  record.Add(HasIdentifier(object.kind) ? "id" : "name", title, object.name);
  record.Print(std::cout, session.json);
  return kExitOk;
}

}  // namespace

int Renew(Session& session, const ObjectName& object, int years) {
  const registry::Outcome<registry::Years> period = registry::Years::Of(years);
  if (!period) return ReportRejection(period.rejection(), session.json);
  return WithObject(session, object, [&](const FoundObject& found) {
    registry::DomainRenew command;
    command.name = DomainName::Trusted(object.name);
    command.current_expiry = registry::UtcDay(found.expires);
    command.period = *period;
    return session.Run("domain-renew", std::move(command), [&](const auto& renewed) {
      Record record;
      record.Add("name", "Renewed", object.name);
      record.Add("expires", "Until", registry::FormatUtc((*renewed.outcome)->expires));
      record.Print(std::cout, session.json);
      return int{kExitOk};
    });
  });
}

int Update(Session& session, const ObjectName& object, const DomainUpdateOptions& options) {
  const registry::Outcome<registry::DomainUpdate> update = options.Parse(object.name);
  if (!update) return ReportRejection(update.rejection(), session.json);
  if (IsEmpty(*update)) return ReportUsage("nothing to change", session.json);
  return WithObject(session, object, [&](const FoundObject&) {
    return session.Run("domain-update", registry::DomainUpdate(*update),
                       [&](const auto&) { return Report(session, object, "Updated"); });
  });
}

namespace {

int DeleteFound(Session& session, const ObjectName& object) {
  const auto report = [&](const auto&) { return Report(session, object, "Deleted"); };
  switch (object.kind) {
    case ObjectKind::kDomain:
      return session.Run("domain-delete", registry::DomainDelete{DomainName::Trusted(object.name)},
                         report);
    case ObjectKind::kHost:
      return session.Run("host-delete", registry::HostDelete{DomainName::Trusted(object.name)},
                         report);
    case ObjectKind::kOrganization: {
      registry::OrganizationDelete command{registry::OrganizationId::Trusted(object.name)};
      return session.Run("organization-delete", std::move(command), report);
    }
    case ObjectKind::kContact:
      break;
  }
  return session.Run("contact-delete", registry::ContactDelete{ContactId::Trusted(object.name)},
                     report);
}

int DecideFound(Session& session, const ObjectName& object, registry::TransferDecision decision) {
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

}  // namespace

// The object is looked up first: of a ROID that is gone the name may be another's now.
int Delete(Session& session, const ObjectName& object) {
  return WithObject(session, object,
                    [&](const FoundObject&) { return DeleteFound(session, object); });
}

int DecideTransfer(Session& session, const ObjectName& object,
                   registry::TransferDecision decision) {
  return WithObject(session, object,
                    [&](const FoundObject&) { return DecideFound(session, object, decision); });
}

}  // namespace ctl
