#include "tests/support/scene.h"

#include <algorithm>
#include <string>

#include "registry/base/check.h"
#include "registry/rules/registrable_names.h"
#include "registry/types/dns_key.h"
#include "registry/types/given_token.h"
#include "registry/types/years.h"

namespace registry {
namespace {

Registrar MakeRegistrar(RegistrarKey key, std::string_view id) {
  Registrar registrar;
  registrar.key = key;
  registrar.id = RegistrarId(id);
  registrar.name = std::string(id) + " Inc.";
  registrar.password_hash = "$argon2id$of-" + std::string(id);
  Fingerprint certificate{};
  certificate.fill(static_cast<uint8_t>(Number(key)));
  registrar.certificates = {certificate};
  return registrar;
}

SealedAuthInfo SealedSceneAuth() { return AuthInfo(Scene::kAuth).Seal(SealedAuthInfo::Salt{}); }

}  // namespace

absl::Time At(std::string_view text) {
  absl::Time time;
  std::string error;
  POSTEL_CHECK(absl::ParseTime(absl::RFC3339_full, std::string(text), &time, &error));
  return time;
}

Scene::Scene() : now(At("2026-06-15T12:00:00.500Z")) {
  TldPolicy policy;
  policy.tld = "org";
  directory.Add(std::move(policy));
  directory.Add(MakeRegistrar(kGold, "gold"));
  directory.Add(MakeRegistrar(kSilver, "silver"));
  balances[kGold] = Money{100000};
  balances[kSilver] = Money{100000};
}

Domain& Scene::AddDomain(std::string_view name) {
  Domain domain;
  domain.key = DomainKey{next_key_++};
  domain.name = DomainName(name);
  domain.sponsor = kGold;
  domain.creator = kGold;
  domain.created = now - absl::Hours(24 * 100);
  domain.expires = AddYears(domain.created, 2);
  domain.auth = SealedSceneAuth();
  const ContactId holder("holder");
  if (FindContact(holder) == nullptr) AddContact(holder.text());
  domain.registrant = FindContact(holder)->key;
  return domains.emplace(domain.key, std::move(domain)).first->second;
}

Host& Scene::AddHost(std::string_view name, std::initializer_list<std::string_view> addresses) {
  Host host;
  host.key = HostKey{next_key_++};
  host.name = DomainName(name);
  host.sponsor = kGold;
  host.creator = kGold;
  host.created = now - absl::Hours(24 * 100);
  for (std::string_view address : addresses) host.addresses.emplace_back(address);
  std::ranges::sort(host.addresses);
  const DomainName above = SuperordinateName(host.name, directory);
  if (const Domain* domain = above.empty() ? nullptr : FindRow(above)) {
    host.superordinate = domain->key;
    host.sponsor = kNoRegistrar;
    host.creator = domain->sponsor;
    if (host.addresses.empty()) host.addresses.emplace_back("192.0.2.1");
  }
  return hosts.emplace(host.key, std::move(host)).first->second;
}

Contact& Scene::AddContact(std::string_view id) {
  Contact contact;
  contact.key = ContactKey{next_key_++};
  contact.id = ContactId(id);
  contact.sponsor = kGold;
  contact.creator = kGold;
  contact.created = now - absl::Hours(24 * 100);
  contact.auth = SealedSceneAuth();
  PostalInfo postal;
  postal.name = "Ada Example";
  postal.street = {"1 Example Way"};
  postal.city = "Exampleton";
  postal.country = "US";
  contact.international = std::move(postal);
  contact.email = "ada@example.com";
  return contacts.emplace(contact.key, std::move(contact)).first->second;
}

Organization& Scene::AddOrganization(std::string_view id) {
  Organization organization;
  organization.key = OrganizationKey{next_key_++};
  organization.id = OrganizationId(id);
  organization.sponsor = kGold;
  organization.creator = kGold;
  organization.created = now - absl::Hours(24 * 100);
  organization.roles = {HeldRole()};
  return organizations.emplace(organization.key, std::move(organization)).first->second;
}

AllocationToken& Scene::AddToken(std::string_view text) {
  AllocationToken token;
  token.key = next_key_++;
  token.digest = GivenToken(std::string(text)).digest();
  return tokens[token.digest] = token;
}

void Scene::Delegate(Domain& domain, std::initializer_list<std::string_view> host_names) {
  for (std::string_view name : host_names) {
    const Host* host = FindHost(DomainName(name));
    domain.name_servers.push_back(host == nullptr ? AddHost(name).key : host->key);
  }
  std::ranges::sort(domain.name_servers);
}

DsRecord KeyRecord(const DomainName& owner) {
  return DnsKey::Make(257, 3, 13, std::string(86, 'A') + "==")->DsFor(owner);
}

}  // namespace registry
