#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registry/model/allocation_token.h"
#include "registry/model/contact.h"
#include "registry/model/domain.h"
#include "registry/model/failed_login.h"
#include "registry/model/host.h"
#include "registry/model/idn_table.h"
#include "registry/model/ledger.h"
#include "registry/model/organization.h"
#include "registry/model/poll_message.h"
#include "registry/model/registrar.h"
#include "registry/model/restore_report.h"
#include "registry/model/tld_policy.h"

namespace registry {

// One object before and after a change. Insert: no `before`; delete: no `after`.
template <class T>
struct Change {
  std::optional<T> before;
  std::optional<T> after;
  std::optional<absl::Time> happened;  // by the clock, at this instant; else: when it is written
};

// What a command wants to become true: all of it, or nothing. The order is the order of
// application. Update and Delete take the object as the working set showed it; Update bumps the
// version itself. History rows and change-feed rows follow from the object changes
// (rules/history.h) and are not listed.
class Changes {
 public:
  Changes& Insert(Domain domain);
  Changes& Insert(Host host);
  Changes& Insert(Contact contact);
  Changes& Insert(Organization organization);
  Changes& Update(const Domain& before, Domain after);
  Changes& Update(const Host& before, Host after);
  Changes& Update(const Contact& before, Contact after);
  Changes& Update(const Organization& before, Organization after);
  Changes& Delete(const Domain& before);
  Changes& Delete(const Host& before);
  Changes& Delete(const Contact& before);
  Changes& Delete(const Organization& before);

  // `fee` is not negative; the entry's amount is minus it.
  Changes& Charge(RegistrarKey registrar, Money fee, std::string what, const Domain& paid_for);
  Changes& Refund(RegistrarKey registrar, Money fee, std::string what, const Domain& paid_for);
  Changes& Deposit(RegistrarKey registrar, Money amount, std::string what);

  Changes& Queue(PollMessage message);
  Changes& RemovePollMessage(RegistrarKey registrar, int64_t id);

  Changes& Keep(RestoreReport report);
  Changes& CountFailedLogin(RegistrarKey registrar, absl::Time at);
  Changes& ForgetFailedLogins(RegistrarKey registrar);

  Changes& Put(Registrar registrar);  // insert if its key is zero, else replace
  Changes& Put(TldPolicy policy);     // insert or replace
  Changes& Put(IdnTable table);       // likewise

  Changes& Use(const AllocationToken& token);  // once more

  void Append(Changes later);
  bool empty() const;

  std::vector<Change<Domain>> domains;
  std::vector<Change<Host>> hosts;
  std::vector<Change<Contact>> contacts;
  std::vector<LedgerEntry> ledger;
  std::vector<PollMessage> messages;
  std::vector<std::pair<RegistrarKey, int64_t>> removed_messages;
  std::vector<RestoreReport> reports;
  std::vector<FailedLoginStep> failed_logins;
  std::vector<Registrar> registrars;
  std::vector<TldPolicy> tlds;
  std::vector<IdnTable> idn_tables;
  std::vector<AllocationToken> used_tokens;  // as they were before
  std::vector<Change<Organization>> organizations;
};

}  // namespace registry
