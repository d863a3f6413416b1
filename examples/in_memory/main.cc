// A registry without a database: a name is registered and renewed; the renewal, sent again, is
// refused.
#include <iostream>
#include <map>
#include <utility>

#include "registry/base/utc_text.h"
#include "registry/commands/domain_create.h"
#include "registry/commands/domain_renew.h"
#include "registry/lifecycle/project.h"

constexpr registry::RegistrarKey kGold{1};
registry::Directory directory;                             // TLDs and registrars
std::map<registry::DomainName, registry::Domain> domains;  // where a server has its database
registry::Money balance{5000};
registry::TransactionNumber number = 0;

// What the command needs, as it is now.
registry::WorkingSet Load(const registry::Needs& needs, absl::Time now) {
  registry::WorkingSet set;
  set.SetBalance(kGold, balance);
  for (const auto& need : needs.domains) {
    const auto row = domains.find(need.name);
    if (row == domains.end()) {
      set.AddAbsentDomain(need.name);
    } else {  // what the clock did since the row was written
      registry::Projection current = registry::Project(row->second, now, directory);
      set.Add(std::move(current.domain), std::move(current.arrears));
    }
    set.SetListed(need.name, std::nullopt);  // no long lists of names here
  }
  return set;
}

void Keep(const registry::Changes& changes) {
  for (const auto& change : changes.domains) {
    if (change.before) domains.erase(change.before->name);
    if (change.after) domains.emplace(change.after->name, *change.after);
  }
  for (const registry::LedgerEntry& entry : changes.ledger) balance += entry.amount;
}

template <class Command>
void Run(const Command& command, absl::Time now) {
  registry::WorkingSet set = Load(NeedsOf(command), now);
  auto outcome = Apply(command, registry::Context{kGold, now, ++number, "", directory}, set);
  std::cout << registry::FormatUtc(now) << " " << command.name.text() << ": ";
  if (!outcome.ok()) {
    std::cout << outcome.rejection().reason.text << "\n";
    return;
  }
  Keep(set.Merge(std::move(outcome->changes)));
  std::cout << "registered until " << registry::FormatUtc(outcome->answer.expires) << ", balance "
            << registry::FormatMoney(balance) << "\n";
}

int main() {
  registry::TldPolicy policy;
  policy.tld = "example";
  policy.data_model = registry::TldPolicy::DataModel::kMinimum;  // no contacts
  directory.Add(policy);
  registry::Registrar gold;
  gold.key = kGold;
  gold.id = registry::RegistrarId("gold");
  directory.Add(gold);

  registry::DomainCreate create;
  create.name = registry::DomainName("jon.example");
  const absl::Time start = absl::FromCivil(absl::CivilDay(2026, 1, 1), absl::UTCTimeZone());
  Run(create, start);
  const registry::DomainRenew renew{create.name, absl::CivilDay(2027, 1, 1), registry::Years(2)};
  Run(renew, start + absl::Hours(24 * 300));
  Run(renew, start + absl::Hours(24 * 301));  // sent again: nothing is paid twice
}
