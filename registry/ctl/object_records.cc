#include "registry/ctl/object_records.h"

#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/ctl/history_text.h"
#include "registry/types/roid.h"

namespace ctl {
namespace {

namespace json = boost::json;
using registry::Concat;
using registry::Directory;
using registry::DomainName;
using registry::ObjectKind;

std::string When(const std::optional<absl::Time>& time) {
  return time ? registry::FormatUtc(*time) : "";
}

// The members that every object has.
template <class Object>
void AddOrigin(Record& record, const Object& object, const Directory& directory) {
  record.Add("sponsor", "Sponsor", Who(directory, object.sponsor));
  record.Add("creator", "Created by", Who(directory, object.creator));
  record.Add("created", "Created", registry::FormatUtc(object.created));
  record.Add("updater", "Updated by", Who(directory, object.updater));
  record.Add("updated", "Updated", When(object.updated));
  record.Add("transferred", "Transferred", When(object.transferred));
  record.AddNumber("version", "Version", object.version);
}

std::vector<std::string> Texts(const std::vector<DomainName>& names) {
  std::vector<std::string> texts;
  for (const DomainName& name : names) texts.push_back(name.text());
  return texts;
}

// In JSON a list for each role, empty ones too.
template <class Links>
void AddContacts(Record& record, const Links& links) {
  using registry::ContactRole;
  json::object by_role;
  for (const auto& [role, name] : {std::pair{ContactRole::kAdmin, "admin"},
                                   {ContactRole::kBilling, "billing"},
                                   {ContactRole::kTech, "tech"}}) {
    json::array ids;
    for (const auto& link : links) {
      if (link.role != role) continue;
      ids.emplace_back(link.id.text());
      record.AddForPeople("Contact", {Concat(name, " ", link.id.text())});
    }
    by_role[name] = std::move(ids);
  }
  record.AddForPrograms("contacts", std::move(by_role));
}

std::string_view GraceName(registry::GraceKind kind) {
  constexpr std::string_view kNames[] = {"", "add", "renew", "auto-renew", "transfer"};
  return kNames[static_cast<size_t>(kind)];
}

// Those that run: a deletion gives their fees back.
void AddGracePeriods(Record& record, const registry::Domain& domain, const Directory& directory,
                     absl::Time now) {
  json::array periods;
  for (const registry::GracePeriod& grace : domain.grace) {
    if (grace.ends <= now) continue;
    const std::string kind(GraceName(grace.kind)), ends = registry::FormatUtc(grace.ends),
                                                   fee = FormatMoney(grace.fee),
                                                   payer = Who(directory, grace.payer);
    record.AddForPeople("Grace period", {Concat(kind, " until ", ends, " (", fee, " ",
                                                directory.settings.currency, " of ", payer, ")")});
    periods.push_back({{"kind", kind}, {"ends", ends}, {"fee", fee}, {"payer", payer}});
  }
  record.AddForPrograms("grace_periods", std::move(periods));
}

void AddPostal(Record& record, const std::string& key, const std::string& title,
               const std::optional<registry::PostalInfo>& info) {
  if (!info) return;
  std::vector<std::string> lines{info->name};
  if (!info->organization.empty()) lines.push_back(info->organization);
  lines.insert(lines.end(), info->street.begin(), info->street.end());
  if (!info->country.empty()) {
    lines.push_back(registry::Concat(info->city, info->state.empty() ? "" : ", ", info->state,
                                     info->postal_code.empty() ? "" : " ", info->postal_code));
    lines.push_back(info->country);
  }
  record.AddList(key, title, std::move(lines));
}

}  // namespace

std::vector<std::string> StatusNames(registry::StatusSet statuses) {
  std::vector<std::string> names;
  for (const registry::Status status : statuses.ToVector()) {
    names.emplace_back(registry::StatusName(status));
  }
  return names;
}

Record Describe(const registry::DomainLookupAnswer& answer, const Directory& directory,
                absl::Time now) {
  const registry::Domain& domain = answer.info->domain;
  Record record;
  record.Add("name", "Domain", domain.name.text());
  record.Add("roid", "ROID",
             FormatRoid(ObjectKind::kDomain, Number(domain.key), directory.settings.repository_id));
  record.AddList("status", "Status", StatusNames(answer.info->statuses));
  record.AddList("rgp_status", "RGP status",
                 {answer.info->rgp_statuses.begin(), answer.info->rgp_statuses.end()});
  AddOrigin(record, domain, directory);
  record.Add("expires", "Expires", registry::FormatUtc(domain.expires));
  if (domain.phase_ends < absl::InfiniteFuture()) {
    record.Add("phase_ends", "Phase ends", registry::FormatUtc(domain.phase_ends));
  }
  if (!domain.idn_table.empty()) record.Add("idn_table", "IDN table", domain.idn_table);
  if (domain.launch) {
    record.Add("launch_phase", "Launch phase", std::string(LaunchPhaseName(domain.launch->phase)));
    record.Add("launch_proof", "Proof", domain.launch->proof);
  }
  record.Add("registrant", "Registrant",
             answer.info->registrant ? answer.info->registrant->text() : "");
  AddContacts(record, answer.info->contacts);
  std::vector<std::string> organizations;
  if (domain.organizations) {
    for (const registry::OrganizationLink& link : *domain.organizations) {
      organizations.push_back(Concat(OrganizationRoleName(link.role), " ", link.id.text()));
    }
  }
  record.AddList("organizations", "Organization", std::move(organizations));
  record.AddList("name_servers", "Name server", Texts(answer.info->name_servers));
  record.AddList("subordinates", "Host below", Texts(answer.info->subordinates));
  std::vector<std::string> ds;
  for (const registry::DsRecord& key : domain.ds) ds.push_back(key.ToString());
  record.AddList("ds", "DS", std::move(ds));
  AddGracePeriods(record, domain, directory, now);
  record.Add("auth_info", "authInfo", domain.auth.is_set() ? "set" : "not set");
  return record;
}

Record Describe(const registry::HostInfoAnswer& answer, const Directory& directory) {
  Record record;
  record.Add("name", "Host", answer.host.name.text());
  record.Add(
      "roid", "ROID",
      FormatRoid(ObjectKind::kHost, Number(answer.host.key), directory.settings.repository_id));
  record.AddList("status", "Status", StatusNames(answer.statuses));
  AddOrigin(record, answer.host, directory);
  std::vector<std::string> addresses;
  for (const auto& address : answer.host.addresses) addresses.push_back(address.ToString());
  record.AddList("addresses", "Address", std::move(addresses));
  return record;
}

Record Describe(const registry::ContactInfoAnswer& answer, const Directory& directory) {
  const registry::Contact& contact = answer.contact;
  Record record;
  record.Add("id", "Contact", contact.id.text());
  record.Add(
      "roid", "ROID",
      FormatRoid(ObjectKind::kContact, Number(contact.key), directory.settings.repository_id));
  record.AddList("status", "Status", StatusNames(answer.statuses));
  AddOrigin(record, contact, directory);
  AddPostal(record, "international", "Address (int)", contact.international);
  AddPostal(record, "localized", "Address (loc)", contact.localized);
  record.Add("voice", "Voice", contact.voice ? contact.voice->number : "");
  record.Add("fax", "Fax", contact.fax ? contact.fax->number : "");
  record.Add("email", "E-mail", contact.email);
  if (contact.additional_email) {
    record.Add("additional_email",
               contact.additional_email->primary ? "Other e-mail, preferred" : "Other e-mail",
               contact.additional_email->address);
  }
  return record;
}

Record Describe(const registry::OrganizationInfoAnswer& answer, const Directory& directory) {
  const registry::Organization& organization = answer.organization;
  Record record;
  record.Add("id", "Organization", organization.id.text());
  record.Add("roid", "ROID",
             FormatRoid(ObjectKind::kOrganization, Number(organization.key),
                        directory.settings.repository_id));
  record.AddList("status", "Status", StatusNames(answer.statuses));
  std::vector<std::string> roles, contacts;
  for (const registry::HeldRole& held : organization.roles) {
    roles.push_back(Concat(OrganizationRoleName(held.role), held.id.empty() ? "" : " ", held.id));
  }
  for (const registry::OrganizationContact& contact : organization.contacts) {
    contacts.push_back(Concat(OrganizationContactTypeName(contact.type), " ", contact.id.text()));
  }
  record.AddList("roles", "Role", std::move(roles));
  record.Add("parent", "Parent", organization.parent_id.text());
  AddOrigin(record, organization, directory);
  AddPostal(record, "international", "Address (int)", organization.international);
  AddPostal(record, "localized", "Address (loc)", organization.localized);
  record.Add("voice", "Voice", organization.voice ? organization.voice->number : "");
  record.Add("fax", "Fax", organization.fax ? organization.fax->number : "");
  record.Add("email", "E-mail", organization.email);
  record.Add("url", "URL", organization.url);
  record.AddList("contacts", "Contact", std::move(contacts));
  return record;
}

}  // namespace ctl
