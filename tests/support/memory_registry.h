#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/access.h"

namespace registry {

// What became of a command: its code, the reason of a refusal, and what it wants changed.
struct Decision {
  ResultCode code = ResultCode::kOk;
  std::string_view reason;  // empty: accepted
  Changes changes;

  bool accepted() const { return reason.empty(); }
};

// A command of any kind, with the one who sends it.
struct AnyCommand {
  RegistrarKey asker = kNoRegistrar;
  std::string_view kind;  // "host-create"
  std::function<Needs()> needs;
  std::function<Decision(const Context&, const WorkingSet&)> decide;
  std::string text{};  // for people; may be empty
};

namespace internal {
template <class Answer>
Decision ToDecision(Outcome<Applied<Answer>> outcome) {
  if (!outcome.ok()) return {outcome.rejection().code(), outcome.rejection().reason.id, {}};
  return {outcome->code, {}, std::move(outcome->changes)};
}
template <class Answer>
Decision ToDecision(Outcome<Answer> outcome) {
  if (!outcome.ok()) return {outcome.rejection().code(), outcome.rejection().reason.id, {}};
  return {};
}
}  // namespace internal

template <class Command>
AnyCommand MakeCommand(RegistrarKey asker, std::string_view kind, Command command) {
  return {asker,
          kind,
          [command] { return NeedsOf(command); },
          [command](const Context& context, const WorkingSet& set) -> Decision {
            if (auto refused = Admit(context)) return {refused->code(), refused->reason.id, {}};
            return internal::ToDecision(Apply(command, context, set));
          },
          {}};
}

// The store's road without a database: rows in maps are loaded into a WorkingSet for a group of
// commands, and the merged changes are written back. A change that does not start from the row as
// it is fails the test.
class MemoryRegistry {
 public:
  Directory directory;
  std::map<DomainKey, Domain> domains;
  std::map<HostKey, Host> hosts;
  std::map<ContactKey, Contact> contacts;
  std::map<OrganizationKey, Organization> organizations;
  std::vector<LedgerEntry> ledger;
  std::map<RegistrarKey, Money> balances;
  std::vector<PollMessage> messages;  // by id
  std::map<RegistrarKey, WorkingSet::FailuresByHour> failed_logins;
  std::map<DomainName, ListedLabel> listed;
  std::map<std::string, AllocationToken> tokens;    // by digest
  std::map<std::string, Maintenance> maintenances;  // by id

  // Decides the commands in order, each seeing what the earlier ones changed, and writes all.
  // `first_number` is the first command's.
  std::vector<Decision> Run(const std::vector<AnyCommand>& group, TransactionNumber first_number,
                            absl::Time now);

  // What the clock did to deleted domains, and to those that were to be transferred, that use what
  // a group asks for with its links: Run decides these commands before the group's own.
  std::vector<AnyCommand> ClockFirst(const std::vector<Needs>& group, absl::Time now) const;
  WorkingSet Load(const std::vector<Needs>& group, absl::Time now) const;
  void Write(const Changes& changes);

  const Domain* FindRow(const DomainName& name) const;  // as written, not as it is now
  const Host* FindHost(const DomainName& name) const;
  const Contact* FindContact(const ContactId& id) const;
  const Organization* FindOrganization(const OrganizationId& id) const;
  // Domains that have been purged by `now` do not count.
  Use UseOf(const Host& host, absl::Time now) const;
  Use UseOf(const Contact& contact, absl::Time now) const;
  Use UseOf(const Organization& organization, OrganizationRole role, absl::Time now) const;

 private:
  // `uses_as_of`: before `now` if purges that count are among the group's own changes.
  WorkingSet Load(const std::vector<Needs>& group, absl::Time now, absl::Time uses_as_of) const;
  void LoadDomains(const Needs& needs, absl::Time now, WorkingSet& set) const;
  void LoadVariants(const DomainName& name, absl::Time now, WorkingSet& set) const;
  void LoadHosts(const Needs& needs, absl::Time now, absl::Time uses_as_of, WorkingSet& set) const;
  void LoadContacts(const Needs& needs, absl::Time now, absl::Time uses_as_of,
                    WorkingSet& set) const;
  void LoadOrganizations(const Needs& needs, absl::Time uses_as_of, WorkingSet& set) const;
  std::vector<std::string> UsedTlds() const;
  void LoadListed(const Needs& needs, WorkingSet& set) const;
  void LoadMaintenances(const Needs& needs, WorkingSet& set) const;
  void LoadPollQueue(const Needs& needs, WorkingSet& set) const;
  void AddProjected(const Domain& row, absl::Time now, WorkingSet& set) const;
  void AddProjected(const Contact& row, absl::Time now, WorkingSet& set) const;
  void AddDetails(const Domain& row, absl::Time now, WorkingSet& set) const;

  int64_t last_message_ = 0;
};

}  // namespace registry
