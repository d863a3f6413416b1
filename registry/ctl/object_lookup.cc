#include "registry/ctl/object_lookup.h"

#include <utility>

#include "registry/base/text.h"
#include "registry/commands/contact_lookup.h"
#include "registry/commands/domain_lookup.h"
#include "registry/commands/host_lookup.h"
#include "registry/commands/organization_info.h"
#include "registry/ctl/object_records.h"
#include "registry/store/operator_reader.h"

namespace ctl {
namespace {

using registry::ContactId;
using registry::DomainName;
using registry::ObjectKind;
using registry::Outcome;
using registry::Rejection;

Outcome<std::string> ParseName(ObjectKind kind, const std::string& text) {
  if (kind == ObjectKind::kContact) {
    const Outcome<ContactId> id = ContactId::Parse(text);
    if (!id) return id.rejection();
    return id->text();
  }
  if (kind == ObjectKind::kOrganization) {
    const Outcome<registry::OrganizationId> id = registry::OrganizationId::Parse(text);
    if (!id) return id.rejection();
    return id->text();
  }
  const Outcome<DomainName> name = DomainName::FromUnicode(text);
  if (!name) return name.rejection();
  return name->text();
}

bool IsAnother(const ObjectName& object, int64_t key) { return object.key.value_or(key) != key; }

}  // namespace

bool HasIdentifier(ObjectKind kind) {
  return kind == ObjectKind::kContact || kind == ObjectKind::kOrganization;
}

Rejection NotFound(ObjectKind kind, const std::string& name) {
  switch (kind) {
    case ObjectKind::kDomain:
      return registry::Reject(registry::kDomainNotFound, name);
    case ObjectKind::kHost:
      return registry::Reject(registry::kHostNotFound, name);
    case ObjectKind::kOrganization:
      return registry::Reject(registry::kOrganizationNotFound, name);
    case ObjectKind::kContact:
      break;
  }
  return registry::Reject(registry::kContactNotFound, name);
}

int WithObjectName(Session& session, ObjectKind kind, const std::string& text,
                   const std::function<int(const ObjectName&)>& then) {
  const auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  const auto roid = registry::ParseRoid(text, (*directory)->settings.repository_id);
  if (roid.ok() && roid->kind == kind) {
    const auto name = registry::store::ReadName(session.database, kind, roid->number);
    if (!name.ok()) return ReportFailure(name.status(), session.json);
    if (!name->empty()) return then({kind, *name, roid->number});
    // An identifier may look like a ROID.
    if (!HasIdentifier(kind)) return ReportRejection(NotFound(kind, text), session.json);
  }
  const Outcome<std::string> name = ParseName(kind, text);
  if (!name) return ReportRejection(name.rejection(), session.json);
  return then({kind, *name, std::nullopt});
}

int WithObject(Session& session, const ObjectName& object,
               const std::function<int(const FoundObject&)>& then) {
  const auto go_on = [&](int64_t key, FoundObject found) {
    if (!IsAnother(object, key)) return then(found);
    return ReportRejection(NotFound(object.kind, object.name), session.json);
  };
  switch (object.kind) {
    case ObjectKind::kDomain: {
      registry::DomainLookup command{DomainName::Trusted(object.name)};
      return session.Run("domain-lookup", std::move(command), [&](const auto& reply) {
        const auto& answer = **reply.outcome;
        return go_on(Number(answer.info->domain.key),
                     {answer.info->domain.statuses, Describe(answer, *reply.directory, reply.now),
                      answer.info->domain.expires});
      });
    }
    case ObjectKind::kHost: {
      registry::HostLookup command{DomainName::Trusted(object.name), std::nullopt};
      return session.Run("host-lookup", std::move(command), [&](const auto& reply) {
        const auto& answer = (*reply.outcome)->hosts.front();
        return go_on(Number(answer.host.key),
                     {answer.host.statuses, Describe(answer, *reply.directory)});
      });
    }
    case ObjectKind::kOrganization: {
      registry::OrganizationInfo command{registry::OrganizationId::Trusted(object.name)};
      return session.Run("organization-info", std::move(command), [&](const auto& reply) {
        const auto& answer = **reply.outcome;
        return go_on(Number(answer.organization.key),
                     {answer.organization.statuses, Describe(answer, *reply.directory)});
      });
    }
    case ObjectKind::kContact:
      break;
  }
  registry::ContactLookup command{ContactId::Trusted(object.name), {}};
  return session.Run("contact-lookup", std::move(command), [&](const auto& reply) {
    const auto& answer = **reply.outcome;
    return go_on(Number(answer.contact.key),
                 {answer.contact.statuses, Describe(answer, *reply.directory)});
  });
}

}  // namespace ctl
