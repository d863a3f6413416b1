// Server statuses: what the operator forbids, or takes out of the zone.
#include <iostream>
#include <utility>

#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/commands/contact_update.h"
#include "registry/commands/domain_update.h"
#include "registry/commands/host_update.h"
#include "registry/commands/organization_update.h"
#include "registry/ctl/object_lookup.h"
#include "registry/ctl/object_records.h"

namespace ctl {
namespace {

using registry::Concat;
using registry::ObjectKind;
using registry::Status;
using registry::StatusSet;

struct Kind {
  StatusSet allowed;
  std::string_view plural;
  std::string_view title;
};

Kind DetailsOf(ObjectKind kind) {
  using enum Status;
  switch (kind) {
    case ObjectKind::kDomain:
      return {{kServerDeleteProhibited, kServerHold, kServerRenewProhibited,
               kServerTransferProhibited, kServerUpdateProhibited},
              "domains",
              "Domain"};
    case ObjectKind::kHost:
      return {{kServerDeleteProhibited, kServerUpdateProhibited}, "hosts", "Host"};
    case ObjectKind::kOrganization:
      return {{kServerDeleteProhibited, kServerUpdateProhibited, kServerLinkProhibited, kHold,
               kTerminated},
              "organizations",
              "Organization"};
    case ObjectKind::kContact:
      break;
  }
  return {{kServerDeleteProhibited, kServerTransferProhibited, kServerUpdateProhibited},
          "contacts",
          "Contact"};
}

std::string Join(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + text;
  return out;
}

// InvalidArgument for what is none of the kind's server statuses.
absl::StatusOr<StatusSet> Parse(ObjectKind object, const std::vector<std::string>& names) {
  const Kind kind = DetailsOf(object);
  StatusSet statuses;
  for (const std::string& name : names) {
    const std::optional<Status> status = object == ObjectKind::kOrganization
                                             ? registry::ParseOrganizationStatus(name)
                                             : registry::ParseStatus(name);
    if (!status || !kind.allowed.Has(*status)) {
      return absl::InvalidArgumentError(Concat(registry::Excerpt(name),
                                               " is not a server status of ", kind.plural, ": ",
                                               Join(StatusNames(kind.allowed))));
    }
    statuses.Add(*status);
  }
  return statuses;
}

StatusSet Without(StatusSet a, StatusSet b) { return StatusSet::FromBits(a.bits() & ~b.bits()); }

absl::StatusOr<registry::Outcome<registry::Done>> Send(Session& session, const ObjectName& object,
                                                       StatusSet add, StatusSet remove) {
  const auto outcome = [](auto reply) -> absl::StatusOr<registry::Outcome<registry::Done>> {
    if (!reply.ok()) return reply.status();
    if (!reply->outcome->ok()) return reply->outcome->rejection();
    return registry::Outcome<registry::Done>(registry::Done{});
  };
  if (object.kind == ObjectKind::kContact) {
    registry::ContactUpdate update;
    update.id = registry::ContactId::Trusted(object.name);
    update.add = add;
    update.remove = remove;
    return outcome(session.Ask("contact-update", std::move(update)));
  }
  if (object.kind == ObjectKind::kOrganization) {
    registry::OrganizationUpdate update;
    update.id = registry::OrganizationId::Trusted(object.name);
    update.add.statuses = add;
    update.remove.statuses = remove;
    return outcome(session.Ask("organization-update", std::move(update)));
  }
  if (object.kind == ObjectKind::kHost) {
    registry::HostUpdate update;
    update.name = registry::DomainName::Trusted(object.name);
    update.add.statuses = add;
    update.remove.statuses = remove;
    return outcome(session.Ask("host-update", std::move(update)));
  }
  registry::DomainUpdate update;
  update.name = registry::DomainName::Trusted(object.name);
  update.add.statuses = add;
  update.remove.statuses = remove;
  return outcome(session.Ask("domain-update", std::move(update)));
}

// Somebody else has just done what was to be done.
bool WasOvertaken(const registry::Rejection& rejection) {
  return rejection.reason.id == registry::kAlreadyPresent.id ||
         rejection.reason.id == registry::kNotPresent.id;
}

int Print(Session& session, const ObjectName& object, StatusSet statuses) {
  const Kind kind = DetailsOf(object.kind);
  const StatusSet of_operator = StatusSet::FromBits(statuses.bits() & kind.allowed.bits());
  Record record;
  record.Add(HasIdentifier(object.kind) ? "id" : "name", std::string(kind.title), object.name);
  record.AddList("server_statuses", "Server status", StatusNames(of_operator));
  if (of_operator.empty()) record.AddForPeople("Server status", {"none"});
  record.Print(std::cout, session.json);
  return kExitOk;
}

int Change(Session& session, const ObjectName& object, StatusSet add, StatusSet remove,
           int attempts) {
  return WithObject(session, object, [&](const FoundObject& found) -> int {
    const StatusSet missing = Without(add, found.statuses);
    const StatusSet present = StatusSet::FromBits(remove.bits() & found.statuses.bits());
    if (missing.empty() && present.empty()) return Print(session, object, found.statuses);
    const auto sent = Send(session, object, missing, present);
    if (!sent.ok()) return ReportFailure(sent.status(), session.json);
    if (sent->ok()) {
      const StatusSet now = StatusSet::FromBits(found.statuses.bits() | missing.bits());
      return Print(session, object, Without(now, present));
    }
    if (WasOvertaken(sent->rejection()) && attempts > 1) {
      return Change(session, object, add, remove, attempts - 1);
    }
    return ReportRejection(sent->rejection(), session.json);
  });
}

}  // namespace

int ChangeStatuses(Session& session, const ObjectName& object, const std::vector<std::string>& add,
                   const std::vector<std::string>& remove) {
  constexpr int kAttempts = 10;
  const auto added = Parse(object.kind, add);
  if (!added.ok()) return ReportFailure(added.status(), session.json);
  const auto removed = Parse(object.kind, remove);
  if (!removed.ok()) return ReportFailure(removed.status(), session.json);
  if ((added->bits() & removed->bits()) != 0) {
    return ReportUsage("a status cannot be added and removed at once", session.json);
  }
  return Change(session, object, *added, *removed, kAttempts);
}

}  // namespace ctl
