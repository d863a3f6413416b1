#include "registry/model/changes.h"

#include <iterator>
#include <utility>

#include "registry/base/check.h"

namespace registry {
namespace {

template <class T>
void AddUpdate(std::vector<Change<T>>& list, const T& before, T after) {
  POSTEL_CHECK(before.key == after.key);
  after.version = before.version + 1;
  list.push_back({before, std::move(after)});
}

template <class T>
void MoveTo(std::vector<T>& list, std::vector<T>& later) {
  if (list.empty()) {
    list = std::move(later);
    return;
  }
  list.insert(list.end(), std::make_move_iterator(later.begin()),
              std::make_move_iterator(later.end()));
}

}  // namespace

Changes& Changes::Insert(Domain domain) {
  domains.push_back({std::nullopt, std::move(domain)});
  return *this;
}

Changes& Changes::Insert(Host host) {
  hosts.push_back({std::nullopt, std::move(host)});
  return *this;
}

Changes& Changes::Insert(Contact contact) {
  contacts.push_back({std::nullopt, std::move(contact)});
  return *this;
}

Changes& Changes::Insert(Organization organization) {
  organizations.push_back({std::nullopt, std::move(organization)});
  return *this;
}

Changes& Changes::Update(const Domain& before, Domain after) {
  AddUpdate(domains, before, std::move(after));
  return *this;
}

Changes& Changes::Update(const Host& before, Host after) {
  AddUpdate(hosts, before, std::move(after));
  return *this;
}

Changes& Changes::Update(const Contact& before, Contact after) {
  AddUpdate(contacts, before, std::move(after));
  return *this;
}

Changes& Changes::Update(const Organization& before, Organization after) {
  AddUpdate(organizations, before, std::move(after));
  return *this;
}

Changes& Changes::Delete(const Domain& before) {
  domains.push_back({before, std::nullopt});
  return *this;
}

Changes& Changes::Delete(const Host& before) {
  hosts.push_back({before, std::nullopt});
  return *this;
}

Changes& Changes::Delete(const Contact& before) {
  contacts.push_back({before, std::nullopt});
  return *this;
}

Changes& Changes::Delete(const Organization& before) {
  organizations.push_back({before, std::nullopt});
  return *this;
}

Changes& Changes::Charge(RegistrarKey registrar, Money fee, std::string what,
                         const Domain& paid_for) {
  POSTEL_CHECK(fee >= Money{});
  ledger.push_back(
      {registrar, LedgerKind::kCharge, -fee, std::move(what), paid_for.key, paid_for.version});
  return *this;
}

Changes& Changes::Refund(RegistrarKey registrar, Money fee, std::string what,
                         const Domain& paid_for) {
  POSTEL_CHECK(fee >= Money{});
  ledger.push_back(
      {registrar, LedgerKind::kRefund, fee, std::move(what), paid_for.key, paid_for.version});
  return *this;
}

Changes& Changes::Deposit(RegistrarKey registrar, Money amount, std::string what) {
  ledger.push_back({registrar, LedgerKind::kDeposit, amount, std::move(what), DomainKey{}, 0});
  return *this;
}

Changes& Changes::Queue(PollMessage message) {
  messages.push_back(std::move(message));
  return *this;
}

Changes& Changes::RemovePollMessage(RegistrarKey registrar, int64_t id) {
  removed_messages.emplace_back(registrar, id);
  return *this;
}

Changes& Changes::Keep(RestoreReport report) {
  reports.push_back(std::move(report));
  return *this;
}

Changes& Changes::CountFailedLogin(RegistrarKey registrar, absl::Time at) {
  failed_logins.push_back({registrar, HourOf(at)});
  return *this;
}

Changes& Changes::ForgetFailedLogins(RegistrarKey registrar) {
  failed_logins.push_back({registrar, std::nullopt});
  return *this;
}

Changes& Changes::Put(Registrar registrar) {
  registrars.push_back(std::move(registrar));
  return *this;
}

Changes& Changes::Put(TldPolicy policy) {
  tlds.push_back(std::move(policy));
  return *this;
}

Changes& Changes::Put(IdnTable table) {
  idn_tables.push_back(std::move(table));
  return *this;
}

Changes& Changes::Use(const AllocationToken& token) {
  used_tokens.push_back(token);
  return *this;
}

void Changes::Append(Changes later) {
  MoveTo(domains, later.domains);
  MoveTo(hosts, later.hosts);
  MoveTo(contacts, later.contacts);
  MoveTo(ledger, later.ledger);
  MoveTo(messages, later.messages);
  MoveTo(removed_messages, later.removed_messages);
  MoveTo(reports, later.reports);
  MoveTo(failed_logins, later.failed_logins);
  MoveTo(registrars, later.registrars);
  MoveTo(tlds, later.tlds);
  MoveTo(idn_tables, later.idn_tables);
  MoveTo(used_tokens, later.used_tokens);
  MoveTo(organizations, later.organizations);
}

bool Changes::empty() const {
  return domains.empty() && hosts.empty() && contacts.empty() && ledger.empty() &&
         messages.empty() && removed_messages.empty() && reports.empty() && failed_logins.empty() &&
         registrars.empty() && tlds.empty() && idn_tables.empty() && used_tokens.empty() &&
         organizations.empty();
}

}  // namespace registry
