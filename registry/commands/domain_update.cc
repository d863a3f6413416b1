#include "registry/commands/domain_update.h"

#include <algorithm>
#include <string>
#include <utility>

#include "registry/rules/access.h"
#include "registry/rules/authorization.h"
#include "registry/rules/bundles.h"
#include "registry/rules/data_model.h"
#include "registry/rules/ds_interface.h"
#include "registry/rules/first_refusal.h"
#include "registry/rules/list_change.h"
#include "registry/rules/record_ttls.h"
#include "registry/rules/registrable_names.h"
#include "registry/rules/statuses.h"

namespace registry {
namespace {

// The edge lets no others pass; this is the second lock on the operator's statuses.
bool MaySet(StatusSet statuses, const Context& context) {
  return std::ranges::all_of(statuses.ToVector(), [&](Status status) {
    return ClientMaySetOnDomain(status) ||
           (context.asker == kOperator && IsServerStatus(status) && status < Status::kHold);
  });
}

// Statuses do not bind the operator, who sets them; deletion does.
bool IsProhibited(const Domain& domain, const DomainUpdate& command, const Context& context) {
  if (domain.phase != DomainPhase::kActive) return true;
  return context.asker != kOperator && UpdateProhibited(domain.statuses, command.remove.statuses);
}

// What the command names, as keys.
struct Named {
  std::vector<HostKey> hosts;
  std::vector<DomainContact> contacts;
};

Outcome<Named> Resolve(const DomainUpdate::Part& part, const WorkingSet& set) {
  auto contacts = ResolveContacts(part.contacts, set);
  if (!contacts) return contacts.rejection();
  auto hosts = ResolveHosts(part.name_servers, set);
  if (!hosts) return hosts.rejection();
  return Named{*std::move(hosts), *std::move(contacts)};
}

// Removals first, then additions (RFC 5910 section 5.2.5 for the DS records).
std::optional<Rejection> ChangeLists(const DomainUpdate& command, Named add, Named remove,
                                     const WorkingSet& set, Domain& domain) {
  auto hosts = ChangeList(domain.name_servers, std::move(add.hosts), std::move(remove.hosts),
                          [&](HostKey key) { return set.FindHost(key)->name.text(); });
  auto contacts = ChangeList(domain.contacts, std::move(add.contacts), std::move(remove.contacts),
                             [&](const DomainContact& c) {
                               return DescribeContact(c.role, set.FindContact(c.contact)->id);
                             });
  auto statuses = ChangeStatuses(domain.statuses, command.add.statuses, command.remove.statuses);
  const std::vector<DsRecord> none;
  auto ds = ChangeList(command.remove_all_ds ? none : DsOf(domain, command.name), command.add.ds,
                       command.remove.ds, [](const DsRecord& record) { return record.ToString(); });
  if (auto refused = FirstRefusal(kDomainUpdateReasons, hosts, contacts, statuses, ds))
    return refused;
  domain.name_servers = *std::move(hosts);
  domain.contacts = *std::move(contacts);
  domain.statuses = *statuses;
  DsOf(domain, command.name) = *std::move(ds);
  return std::nullopt;
}

// A list may not grow beyond the limit; one that is beyond it (the limit was lowered) may shrink.
template <class T>
bool Exceeds(const std::vector<T>& after, const std::vector<T>& before, int limit) {
  return std::ssize(after) > limit && after.size() > before.size();
}

std::optional<Rejection> CheckCounts(const Domain& after, const Domain& before,
                                     const TldPolicy& policy) {
  if (Exceeds(after.name_servers, before.name_servers, policy.max_name_servers)) {
    return Reject(kTooManyNameServers);
  }
  if (Exceeds(after.contacts, before.contacts, policy.max_contacts)) {
    return Reject(kTooManyContacts);
  }
  if (Exceeds(after.ds, before.ds, policy.max_ds) ||
      Exceeds(after.partner_ds, before.partner_ds, policy.max_ds)) {
    return Reject(kTooManyDs);
  }
  return std::nullopt;
}

std::optional<Rejection> CheckDataModel(const DomainUpdate& command, bool minimum) {
  if (!minimum) {
    if (command.change_registrant && !command.registrant) return Reject(kRegistrantRequired);
  } else if (command.registrant || !command.add.contacts.empty()) {
    return Reject(kRegistrantRefused);
  }
  return std::nullopt;
}

// Everything from the references on, done to `domain`.
std::optional<Rejection> Edit(const DomainUpdate& command, const TldPolicy& policy,
                              const Context& context, const WorkingSet& set, Domain& domain) {
  const Domain before = domain;
  const bool minimum = IsMinimum(policy, domain.sponsor, context.directory);
  if (command.change_registrant) {
    domain.registrant = ContactKey{};
    if (command.registrant) {
      const auto registrant = ResolveRegistrant(*command.registrant, set);
      if (!registrant) return registrant.rejection();
      domain.registrant = *registrant;
    }
  }
  auto add = Resolve(command.add, set);
  auto remove = Resolve(command.remove, set);
  if (auto refused = FirstRefusal(kDomainUpdateReasons, add, remove)) return refused;
  NamedOrganizations linked = command.organizations.add;
  linked.insert(linked.end(), command.organizations.change.begin(),
                command.organizations.change.end());
  if (auto refused = CheckOrganizations(linked, set)) return refused;
  if (auto refused = CheckAddressed(add->hosts, set)) return refused;
  if (auto refused = CheckLinkable(linked, domain.sponsor, set)) return refused;
  if (auto refused = ChangeOrganizations(command.organizations, set, domain)) return refused;
  if (command.unacceptable) return command.unacceptable;
  if (auto refused = CheckDsInterface(command.add.ds, policy)) return refused;
  auto refused = ChangeLists(command, *std::move(add), *std::move(remove), set, domain);
  if (!refused) refused = CheckCounts(domain, before, policy);
  if (!refused) refused = CheckDataModel(command, minimum);
  if (!refused && command.auth_weak) refused = Reject(kAuthInfoWeak);
  if (command.auth) {
    domain.auth = *command.auth;
    domain.auth_ends = AuthInfoEnds(*command.auth, context.now, policy.auth_info_ttl);
  }
  return refused;
}

}  // namespace

bool IsEmpty(const DomainUpdate& command) {
  return command.add.empty() && command.remove.empty() && !command.remove_all_ds &&
         !command.change_registrant && !command.auth && !command.auth_weak &&
         !command.unacceptable && command.ttls.empty() && command.organizations.empty();
}

Needs NeedsOf(const DomainUpdate& command) {
  Needs needs;
  needs.Domain(command.name, Lock::kUpdate);
  if (command.registrant) needs.Contact(*command.registrant, Lock::kReference);
  for (const ContactLink& link : command.add.contacts) needs.Contact(link.id, Lock::kReference);
  for (const ContactLink& link : command.remove.contacts) needs.Contact(link.id, Lock::kNone);
  for (const DomainName& host : command.add.name_servers) needs.Host(host, Lock::kReference);
  for (const DomainName& host : command.remove.name_servers) needs.Host(host, Lock::kNone);
  AddOrganizations(command.organizations.add, &needs);
  AddOrganizations(command.organizations.change, &needs);
  return needs;
}

Outcome<Applied<DomainUpdated>> Apply(const DomainUpdate& command, const Context& context,
                                      const WorkingSet& set) {
  if (IsEmpty(command)) return Reject(kNothingToDo);
  if (!MaySet(command.add.statuses, context) || !MaySet(command.remove.statuses, context)) {
    return Reject(kStatusRange);
  }
  const Domain* domain = set.Find(command.name);
  if (domain == nullptr) return Reject(kDomainNotFound);
  if (!IsSponsor(context, domain->sponsor)) return Reject(kNotSponsor);
  const auto policy = PolicyOf(command.name, context.directory);
  if (!policy || !HasAccess(context, domain->name.tld())) return Reject(kTldNotAllowed);
  if (IsProhibited(*domain, command, context)) return Reject(kUpdateProhibited);
  if (auto refused = CheckPendingTransfer(domain->transfer, command.add.statuses)) {
    return *std::move(refused);
  }

  Domain updated = *domain;
  if (auto refused = Edit(command, **policy, context, set, updated)) return *std::move(refused);
  const TldPolicy* zone = context.directory.Tld(command.name.tld());
  if (auto refused = ChooseTtls(command.ttls, zone, updated.ttls)) return *std::move(refused);
  updated.updater = context.asker;
  updated.updated = context.now;
  Changes changes;
  changes.Update(*domain, std::move(updated));
  return Applied<DomainUpdated>{{command.name}, std::move(changes)};
}

}  // namespace registry
