#include "registry/commands/domain_create.h"

#include <algorithm>
#include <string>
#include <utility>

#include "registry/rules/allocation.h"
#include "registry/rules/authorization.h"
#include "registry/rules/bundles.h"
#include "registry/rules/data_model.h"
#include "registry/rules/ds_interface.h"
#include "registry/rules/grace_periods.h"
#include "registry/rules/idn.h"
#include "registry/rules/launch.h"
#include "registry/rules/pricing.h"
#include "registry/rules/record_ttls.h"
#include "registry/rules/registrable_names.h"

namespace registry {
namespace {

std::optional<Rejection> CheckCounts(const DomainCreate& command, const TldPolicy& policy) {
  if (std::ssize(command.name_servers) > policy.max_name_servers) {
    return Reject(kTooManyNameServers);
  }
  if (std::ssize(command.contacts) > policy.max_contacts) return Reject(kTooManyContacts);
  if (std::ssize(command.ds) > policy.max_ds) return Reject(kTooManyDs);
  return std::nullopt;
}

// Null if no value stands in the list twice. The lists are short: the policy limits them.
template <class T>
const T* Twice(const std::vector<T>& values) {
  for (auto value = values.begin(); value != values.end(); ++value) {
    if (std::find(values.begin(), value, *value) != value) return &*value;
  }
  return nullptr;
}

std::optional<Rejection> CheckDuplicates(const DomainCreate& command) {
  if (const auto* host = Twice(command.name_servers)) return Reject(kDuplicateValue, host->text());
  if (const auto* link = Twice(command.contacts)) {
    return Reject(kDuplicateValue, DescribeContact(link->role, link->id));
  }
  if (const auto* ds = Twice(command.ds)) return Reject(kDuplicateValue, ds->ToString());
  return std::nullopt;
}

// What the command names too much of, and what this registry does not take.
std::optional<Rejection> CheckPolicy(const DomainCreate& command, const TldPolicy& policy,
                                     bool minimum) {
  if (minimum && (command.registrant || !command.contacts.empty())) {
    return Reject(kRegistrantRefused);
  }
  if (command.unacceptable) return command.unacceptable;
  if (auto refused = CheckDsInterface(command.ds, policy)) return refused;
  if (auto refused = CheckCounts(command, policy)) return refused;
  if (auto refused = CheckDuplicates(command)) return refused;
  if (command.auth_weak) return Reject(kAuthInfoWeak);
  return std::nullopt;
}

bool IsInBundle(const DomainName& named, const DomainName& name, const Directory& directory) {
  const std::optional<DomainName> other = directory.bundles().Other(name);
  return other && (named == name || named == *other);
}

bool Sells(const Context& context, const TldPolicy& policy) {
  const Registrar* registrar = context.directory.Registrar(context.asker);
  return registrar != nullptr && registrar->MaySell(policy.tld);
}

// Gives the new domain what it refers to.
std::optional<Rejection> Link(const DomainCreate& command, const WorkingSet& set, Domain& domain) {
  if (command.registrant) {
    const auto registrant = ResolveRegistrant(*command.registrant, set);
    if (!registrant) return registrant.rejection();
    domain.registrant = *registrant;
  }
  auto contacts = ResolveContacts(command.contacts, set);
  if (!contacts) return contacts.rejection();
  auto hosts = ResolveHosts(command.name_servers, set);
  if (!hosts) return hosts.rejection();
  if (auto refused = CheckOrganizations(command.organizations, set)) return refused;
  if (auto refused = CheckAddressed(*hosts, set)) return refused;
  if (auto refused = CheckLinkable(command.organizations, domain.sponsor, set)) return refused;
  if (auto refused = LinkOrganizations(command.organizations, set, domain)) return refused;
  domain.contacts = *std::move(contacts);
  domain.name_servers = *std::move(hosts);
  return std::nullopt;
}

// Gives the new domain its IDN table and its place among its variants.
std::optional<Rejection> Internationalise(const DomainCreate& command, const Context& context,
                                          const TldPolicy& policy, const WorkingSet& set,
                                          Domain& domain) {
  const IdnRequest* request = command.idn ? &*command.idn : nullptr;
  Outcome<std::string> table = CheckIdn(request, command.name, policy, context.directory);
  if (!table) return table.rejection();
  domain.idn_table = *std::move(table);
  domain.variant_key = context.directory.VariantKey(domain.name);
  const Outcome<bool> follows = CheckVariants(domain, policy, set);
  if (!follows) return follows.rejection();
  domain.variant_follows = *follows;
  return std::nullopt;
}

Domain NewDomain(const DomainCreate& command, const Context& context, const TldPolicy& policy,
                 const NamePrices& prices, Money fee) {
  Domain domain;
  domain.key = DomainKey{context.number};
  domain.name = context.directory.bundles().Primary(command.name);
  domain.sponsor = context.asker;
  domain.creator = context.asker;
  domain.created = context.now;
  domain.expires = AddYears(context.now, command.period);
  domain.auth = command.auth;
  domain.auth_ends = AuthInfoEnds(command.auth, context.now, policy.auth_info_ttl);
  domain.premium_class = prices.premium_class;
  std::vector<DsRecord>& ds = DsOf(domain, command.name);
  ds = command.ds;
  std::ranges::sort(ds);
  BeginGrace(
      domain,
      {GraceKind::kAdd, context.now + policy.add_grace, fee, context.asker, command.period.count()},
      context.now);
  return domain;
}

}  // namespace

// The name is not locked, so that those who come too late write nothing. Whoever wins a race is
// decided by the names' being unique, and by the version of a purged row that has to make room.
Needs NeedsOf(const DomainCreate& command) {
  Needs needs;
  needs.Domain(command.name, Lock::kNone);
  needs.domains.back().variants = needs.domains.back().listed = true;
  if (command.token) needs.tokens.push_back(command.token->digest());
  if (command.registrant) needs.Contact(*command.registrant, Lock::kReference);
  for (const ContactLink& link : command.contacts) needs.Contact(link.id, Lock::kReference);
  for (const DomainName& host : command.name_servers) needs.Host(host, Lock::kReference);
  AddOrganizations(command.organizations, &needs);
  return needs;
}

Outcome<Applied<DomainCreated>> Apply(const DomainCreate& command, const Context& context,
                                      const WorkingSet& set) {
  const auto policy = PolicyOf(command.name, context.directory);
  if (!policy) return policy.rejection();
  if (command.period.count() > (*policy)->longest_years) return Reject(kPeriodTooLong);
  const bool minimum = IsMinimum(**policy, context.asker, context.directory);
  if (!minimum && !command.registrant) return Reject(kRegistrantMissing);
  if ((*policy)->idn_required && IsALabel(command.name) && !command.idn) return Reject(kIdnMissing);
  if (set.Find(command.name) != nullptr) return Reject(kDomainExists);
  if (!Sells(context, **policy)) return Reject(kTldNotAllowed);

  const Listing listing = ListingOf(**policy, command.name, set, context.directory);
  const auto token = CheckToken(command.token, AllocationToken::Purpose::kCreate, command.name,
                                listing, context, set);
  if (!token) return token.rejection();

  const NamePrices prices = PricesOf(**policy, listing.premium_class);
  const Money fee = PriceWith(*token, prices.create, command.period.count());
  Domain domain = NewDomain(command, context, **policy, prices, fee);
  if (auto refused = Link(command, set, domain)) return *std::move(refused);
  if (listing.withheld == Listing::Withheld::kReserved && *token == nullptr) {
    return Reject(kNameReserved, command.name.text());
  }
  if (listing.withheld == Listing::Withheld::kBlocked) {
    return Reject(kNameBlocked, command.name.text());
  }
  const LaunchRequest* launch = command.launch ? &*command.launch : nullptr;
  if (auto refused = CheckLaunch(launch, command.claims, command.name, **policy, context.now)) {
    return *std::move(refused);
  }
  if (launch != nullptr) domain.launch = KeptOf(*launch);
  if (auto refused = Internationalise(command, context, **policy, set, domain)) {
    return *std::move(refused);
  }
  if (auto refused = CheckPolicy(command, **policy, minimum)) return *std::move(refused);
  const TldPolicy* zone = context.directory.Tld(command.name.tld());
  if (auto refused = ChooseTtls(command.ttls, zone, domain.ttls)) return *std::move(refused);
  if (command.bundle && !IsInBundle(*command.bundle, command.name, context.directory)) {
    return Reject(kBundleMismatch, command.bundle->text());
  }
  const bool premium = !prices.premium_class.empty();
  if (auto refused = CheckAgreement(command.agreement, premium, fee, context)) {
    return *std::move(refused);
  }
  if (!CanPay(context, set, context.asker, fee)) return Reject(kBalanceTooLow);

  DomainCreated answer{command.name, domain.created, domain.expires, fee};
  Changes changes;
  if (*token != nullptr) {
    domain.token = UsedToken{(*token)->key, command.token->text()};
    changes.Use(**token);
  }
  changes.Charge(context.asker, fee, "create", domain).Insert(std::move(domain));
  return Applied<DomainCreated>{std::move(answer), std::move(changes)};
}

}  // namespace registry
