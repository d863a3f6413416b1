#include "whois/view.h"

#include <algorithm>

#include "registry/rules/delegation.h"
#include "registry/types/roid.h"
#include "registry/types/status.h"

namespace whois {
namespace {

using registry::Directory;
using registry::ObjectKind;

template <class Key>
std::string Handle(ObjectKind kind, Key key, const Directory& directory) {
  return registry::FormatRoid(kind, registry::Number(key), directory.settings.repository_id);
}

RegistrarView Sponsor(registry::RegistrarKey key, const Directory& directory) {
  const registry::Registrar* registrar = directory.Registrar(key);
  return registrar == nullptr ? RegistrarView() : ViewOf(*registrar);
}

std::vector<std::string_view> Words(const registry::StatusSet& statuses) {
  std::vector<std::string_view> words;
  for (registry::Status status : statuses.ToVector()) words.push_back(StatusName(status));
  return words;
}

ContactRole RoleOf(const std::optional<registry::ContactRole>& role) {
  if (!role) return ContactRole::kRegistrant;
  switch (*role) {
    case registry::ContactRole::kAdmin:
      return ContactRole::kAdministrative;
    case registry::ContactRole::kBilling:
      return ContactRole::kBilling;
    case registry::ContactRole::kTech:
      return ContactRole::kTechnical;
  }
  return ContactRole::kNone;
}

// RDAP's paths of redaction take a role for one entity (RFC 9537): of several contacts in a role
// the first is published, or rather the first that wants its name shown.
void AddContact(ContactView contact, std::vector<ContactView>& contacts) {
  auto same = std::find_if(contacts.begin(), contacts.end(),
                           [&](const ContactView& other) { return other.role == contact.role; });
  if (same == contacts.end()) {
    contacts.push_back(std::move(contact));
  } else if (contact.name.shown() && !same->name.shown()) {
    *same = std::move(contact);
  }
}

// Of a bundle the primary name's TLD has the say.
registry::RddsPolicy PolicyOf(const registry::DomainName& name, const Directory& directory) {
  const registry::TldPolicy* policy = directory.Tld(directory.bundles().PrimaryTld(name.tld()));
  return policy == nullptr ? registry::RddsPolicy() : policy->rdds;
}

std::vector<ContactView> Contacts(const registry::DomainLookupAnswer& answer,
                                  const Directory& directory, const Access& access) {
  const registry::RddsPolicy policy = PolicyOf(answer.info.domain.name, directory);
  std::vector<ContactView> contacts;
  for (const auto& link : answer.contacts) {
    std::string handle = Handle(ObjectKind::kContact, link.contact->key, directory);
    if (access.unredacted) {
      contacts.push_back(Unredacted(*link.contact, RoleOf(link.role), std::move(handle)));
    } else if (auto view = Publish(*link.contact, RoleOf(link.role), std::move(handle), policy)) {
      AddContact(*std::move(view), contacts);
    }
  }
  std::stable_sort(contacts.begin(), contacts.end(),
                   [](const ContactView& a, const ContactView& b) { return a.role < b.role; });
  return contacts;
}

// RFC 8543 section 3.4: the form that everybody can read is there before the other one.
std::string NameOf(const registry::Organization& organization) {
  if (organization.international) return organization.international->name;
  return organization.localized ? organization.localized->name : std::string();
}

}  // namespace

DomainView ViewOf(const registry::DomainLookupAnswer& answer, const Directory& directory,
                  const Access& access) {
  const registry::Domain& domain = answer.info.domain;
  DomainView view;
  view.handle = Handle(ObjectKind::kDomain, domain.key, directory);
  view.name = domain.name;
  view.other_name = directory.bundles().Other(domain.name);
  view.variants = answer.variants;
  if (answer.has_variants) view.idn_table = domain.idn_table;
  view.registrar = Sponsor(domain.sponsor, directory);
  if (answer.reseller) view.reseller = NameOf(*answer.reseller);
  view.created = domain.created;
  view.expires = domain.expires;
  view.updated = domain.updated;
  view.transferred = domain.transferred;
  view.statuses = Words(answer.info.statuses);
  for (std::string_view word : answer.info.rgp_statuses) {
    if (std::find(view.statuses.begin(), view.statuses.end(), word) == view.statuses.end()) {
      view.statuses.push_back(word);
    }
  }
  view.contacts = Contacts(answer, directory, access);
  for (const auto& host : answer.name_servers) {
    view.name_servers.push_back({Handle(ObjectKind::kHost, host->key, directory), host->name});
  }
  view.ds = domain.ds;
  view.signed_delegation =
      !domain.ds.empty() && !domain.name_servers.empty() && IsPublished(domain);
  return view;
}

HostView ViewOf(const registry::HostInfoAnswer& answer, const Directory& directory) {
  HostView view;
  view.handle = Handle(ObjectKind::kHost, answer.host.key, directory);
  view.name = answer.host.name;
  view.registrar = Sponsor(answer.host.sponsor, directory);
  view.created = answer.host.created;
  view.updated = answer.host.updated;
  view.transferred = answer.host.transferred;
  registry::StatusSet statuses = answer.statuses;
  // Who uses a host is the users' matter, and `linked` beside `ok` is no RDAP combination.
  statuses.Remove(registry::Status::kLinked);
  if (statuses.empty()) statuses.Add(registry::Status::kOk);
  view.statuses = Words(statuses);
  view.addresses = answer.host.addresses;
  return view;
}

RegistrarView ViewOf(const registry::Registrar& registrar) {
  RegistrarView view;
  view.iana_id = registrar.iana_id;
  view.handle = view.iana_id > 0 ? std::to_string(view.iana_id) : registrar.id.text();
  view.name = registrar.name.empty() ? registrar.id.text() : registrar.name;
  view.street = registrar.street;
  view.city = registrar.city;
  view.state = registrar.state;
  view.postal_code = registrar.postal_code;
  view.country = registrar.country;
  view.phone = registrar.phone;
  view.fax = registrar.fax;
  view.email = registrar.email;
  view.url = registrar.url;
  view.whois_server = registrar.whois_server;
  view.rdap_base = registrar.rdap_base;
  view.abuse_email = registrar.abuse_email;
  view.abuse_phone = registrar.abuse_phone;
  view.admin = registrar.admin;
  view.tech = registrar.tech;
  return view;
}

std::optional<ContactEntityView> ViewOf(const registry::ContactInfoAnswer& answer,
                                        const Directory& directory, const Access& access) {
  const registry::Contact& contact = answer.contact;
  std::string handle = Handle(ObjectKind::kContact, contact.key, directory);
  std::optional<ContactView> published =
      access.unredacted ? Unredacted(contact, ContactRole::kNone, std::move(handle))
                        : Publish(contact, ContactRole::kNone, std::move(handle));
  if (!published) return std::nullopt;
  return ContactEntityView{*std::move(published), Words(answer.statuses), contact.created,
                           contact.updated, contact.transferred};
}

}  // namespace whois
