#include "bench/micro/sample.h"

#include "registry/base/text.h"

namespace bench::sample {
namespace {

using registry::Concat;

constexpr registry::ContactKey kContact{3};
constexpr int64_t kFirstDomain = 1000;

registry::DomainName HostName(int number) {
  return registry::DomainName(Concat("ns", number, ".sample.example"));
}

// What the domains refer to, and the money.
registry::WorkingSet References() {
  registry::WorkingSet set;
  for (int number : {1, 2}) {
    registry::Host host;
    host.key = registry::HostKey{number};
    host.name = HostName(number);
    set.Add(host);
  }
  registry::Contact contact;
  contact.key = kContact;
  contact.id = registry::ContactId("sample");
  set.Add(contact);
  set.SetBalance(kGold, registry::Money{1'000'000'000});
  return set;
}

}  // namespace

absl::Time Now() { return absl::FromUnixSeconds(1'800'000'000); }

std::shared_ptr<const registry::Directory> OneTld() {
  auto directory = std::make_shared<registry::Directory>();
  registry::TldPolicy policy;
  policy.tld = "org";
  directory->Add(policy);
  registry::Registrar gold;
  gold.key = kGold;
  gold.id = registry::RegistrarId("gold");
  directory->Add(gold);
  return directory;
}

registry::Context AsGold(const registry::Directory& directory, registry::TransactionNumber number) {
  return {kGold, Now(), number, "load", directory};
}

registry::DomainName NameOf(int64_t number) {
  return registry::DomainName::Trusted(Concat("sample-", number, ".org"));
}

registry::Domain DomainOf(int64_t number) {
  registry::Domain domain;
  domain.key = registry::DomainKey{kFirstDomain + number};
  domain.name = NameOf(number);
  domain.sponsor = domain.creator = kGold;
  domain.created = Now() - absl::Hours(1000);
  domain.expires = registry::AddYears(domain.created, 1);
  domain.registrant = kContact;
  domain.contacts = {{registry::ContactRole::kAdmin, kContact},
                     {registry::ContactRole::kTech, kContact}};
  domain.name_servers = {registry::HostKey{1}, registry::HostKey{2}};
  return domain;
}

registry::WorkingSet Registered(int64_t count) {
  registry::WorkingSet set = References();
  for (int64_t number = 0; number < count; ++number) {
    const registry::Domain domain = DomainOf(number);
    set.Add(domain, {});
    set.SetSubordinatesLoaded(domain.key);
  }
  return set;
}

registry::WorkingSet Unregistered(int64_t count) {
  registry::WorkingSet set = References();
  for (int64_t number = 0; number < count; ++number) set.AddAbsentDomain(NameOf(number));
  return set;
}

registry::DomainCreate CreateOf(int64_t number) {
  registry::DomainCreate create;
  create.name = NameOf(number);
  create.registrant = registry::ContactId("sample");
  create.name_servers = {HostName(1), HostName(2)};
  return create;
}

registry::DomainRenew RenewOf(int64_t number) {
  registry::DomainRenew renew;
  renew.name = NameOf(number);
  renew.current_expiry = registry::UtcDay(DomainOf(number).expires);
  return renew;
}

registry::DomainCheck CheckOf(int64_t number) {
  return {{{NameOf(number).text(), NameOf(number)}}};
}

registry::DomainInfo InfoOf(int64_t number) {
  registry::DomainInfo info;
  info.name = NameOf(number);
  return info;
}

const Frames& SampleFrames() {
  static const Frames frames([] {
    Options options;
    options.registrant = "sample";
    options.name_servers = {HostName(1).text(), HostName(2).text()};
    return options;
  }());
  return frames;
}

}  // namespace bench::sample
