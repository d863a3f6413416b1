#include "registry/commands/operator_changes.h"

#include <algorithm>
#include <string>
#include <utility>

#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/commands/domain_info.h"
#include "registry/rules/bundles.h"
#include "registry/rules/organizations.h"
#include "registry/rules/references.h"
#include "registry/rules/statuses.h"
#include "registry/rules/superordinate_domain.h"
#include "registry/types/roid.h"

namespace registry {
namespace {

class Fields {
 public:
  explicit Fields(const Context& context) : context_(context) {}

  void Add(std::string name, std::string_view value, std::string qualifier = "") {
    if (value.empty()) return;
    fields_.push_back({std::move(name), std::move(qualifier), std::string(value)});
  }
  void AddIdentity(std::string_view tag, std::string_view name, ObjectKind kind, int64_t key) {
    Add(std::string(tag), name);
    Add("roid", FormatRoid(kind, key, context_.directory.settings.repository_id));
  }
  void AddStatuses(StatusSet statuses) {
    for (Status status : statuses.ToVector()) Add("status", StatusName(status), "s");
  }
  template <class Object>
  void AddDates(const Object& object, RegistrarKey sponsor) {
    Add("clID", Client(sponsor));
    Add("crID", Client(object.creator));
    Add("crDate", FormatUtc(object.created));
    if (object.updated) {
      Add("upID", Client(object.updater));
      Add("upDate", FormatUtc(*object.updated));
    }
  }
  std::vector<ChangeNotice::Field> Take() { return std::move(fields_); }

 private:
  std::string_view Client(RegistrarKey key) const {
    const std::string_view id = context_.directory.RegistrarText(key);
    return id.empty() ? "registry" : id;
  }

  const Context& context_;
  std::vector<ChangeNotice::Field> fields_;
};

std::vector<ChangeNotice::Field> FieldsOf(const Domain& domain, const Context& context,
                                          const WorkingSet& set) {
  const DomainInfoAnswer info = Describe(domain, DomainInfo::Hosts::kAll, context, set);
  Fields fields(context);
  fields.AddIdentity("name", domain.name.text(), ObjectKind::kDomain, Number(domain.key));
  fields.AddStatuses(info.statuses);
  if (info.registrant) fields.Add("registrant", info.registrant->text());
  for (const auto& contact : info.contacts) {
    fields.Add("contact", contact.id.text(), std::string(RoleName(contact.role)));
  }
  for (const DomainName& host : info.name_servers) fields.Add("hostObj", host.text());
  for (const DomainName& host : info.subordinates) fields.Add("host", host.text());
  fields.AddDates(domain, domain.sponsor);
  fields.Add("exDate", FormatUtc(domain.expires));
  if (domain.transferred) fields.Add("trDate", FormatUtc(*domain.transferred));
  for (const DsRecord& record : domain.ds) fields.Add("ds", record.StoredText());
  for (std::string_view status : info.rgp_statuses) fields.Add("rgpStatus", status);
  return fields.Take();
}

std::vector<ChangeNotice::Field> FieldsOf(const Host& row, const Context& context,
                                          const WorkingSet& set) {
  const Host host = WithSponsor(row, set);
  Fields fields(context);
  fields.AddIdentity("name", host.name.text(), ObjectKind::kHost, Number(host.key));
  fields.AddStatuses(ShownStatuses(host, set.HostUse(host.key).linked()));
  for (const IpAddress& address : host.addresses) {
    const bool v4 = address.family() == IpAddress::Family::kV4;
    fields.Add("addr", address.ToString(), v4 ? "v4" : "v6");
  }
  fields.AddDates(host, host.sponsor);
  if (host.transferred) fields.Add("trDate", FormatUtc(*host.transferred));
  return fields.Take();
}

void AddPostal(const std::optional<PostalInfo>& info, const std::string& form, Fields& fields) {
  if (!info) return;
  fields.Add("postal-name", info->name, form);
  fields.Add("postal-org", info->organization, form);
  for (const std::string& line : info->street) fields.Add("postal-street", line, form);
  fields.Add("postal-city", info->city, form);
  fields.Add("postal-sp", info->state, form);
  fields.Add("postal-pc", info->postal_code, form);
  fields.Add("postal-cc", info->country, form);
}

std::vector<ChangeNotice::Field> FieldsOf(const Contact& contact, const Context& context,
                                          const WorkingSet& set) {
  Fields fields(context);
  fields.AddIdentity("id", contact.id.text(), ObjectKind::kContact, Number(contact.key));
  fields.AddStatuses(ShownStatuses(contact, set.ContactUse(contact.key).linked()));
  AddPostal(contact.international, "int", fields);
  AddPostal(contact.localized, "loc", fields);
  if (contact.voice) fields.Add("voice", contact.voice->number, contact.voice->extension);
  if (contact.fax) fields.Add("fax", contact.fax->number, contact.fax->extension);
  fields.Add("email", contact.email);
  fields.AddDates(contact, contact.sponsor);
  if (contact.transferred) fields.Add("trDate", FormatUtc(*contact.transferred));
  return fields.Take();
}

std::vector<ChangeNotice::Field> FieldsOf(const Organization& organization, const Context& context,
                                          const WorkingSet& set) {
  Fields fields(context);
  fields.AddIdentity("id", organization.id.text(), ObjectKind::kOrganization,
                     Number(organization.key));
  for (const HeldRole& held : organization.roles) {
    const std::string role(OrganizationRoleName(held.role));
    const bool linked = set.OrganizationUse(organization.key, held.role).linked();
    fields.Add("role-type", role, role);
    for (const Status status : ShownStatuses(held, linked).ToVector()) {
      fields.Add("role-status", StatusName(status), role);
    }
    fields.Add("role-roleID", held.id, role);
  }
  const StatusSet shown = ShownStatuses(organization, IsLinked(organization.key, set));
  for (const Status status : shown.ToVector()) fields.Add("status", StatusName(status));
  fields.Add("parentId", organization.parent_id.text());
  AddPostal(organization.international, "int", fields);
  AddPostal(organization.localized, "loc", fields);
  if (organization.voice) {
    fields.Add("voice", organization.voice->number, organization.voice->extension);
  }
  if (organization.fax) fields.Add("fax", organization.fax->number, organization.fax->extension);
  fields.Add("email", organization.email);
  fields.Add("url", organization.url);
  for (const OrganizationContact& contact : organization.contacts) {
    fields.Add("contact", contact.id.text(),
               std::string(OrganizationContactTypeName(contact.type)));
  }
  fields.AddDates(organization, organization.sponsor);
  return fields.Take();
}

RegistrarKey Sponsor(const Organization& organization, const WorkingSet&) {
  return organization.sponsor;
}
RegistrarKey Sponsor(const Domain& domain, const WorkingSet&) { return domain.sponsor; }
RegistrarKey Sponsor(const Host& host, const WorkingSet& set) { return SponsorOf(host, set); }
RegistrarKey Sponsor(const Contact& contact, const WorkingSet&) { return contact.sponsor; }
const std::string& NameOf(const Domain& domain) { return domain.name.text(); }
const std::string& NameOf(const Host& host) { return host.name.text(); }
const std::string& NameOf(const Contact& contact) { return contact.id.text(); }
const std::string& NameOf(const Organization& organization) { return organization.id.text(); }
constexpr char KindOf(const Organization&) { return 'O'; }
constexpr char KindOf(const Domain&) { return 'D'; }
constexpr char KindOf(const Host&) { return 'H'; }
constexpr char KindOf(const Contact&) { return 'C'; }

std::string_view KindName(char kind) {
  return kind == 'D' ? "domain" : kind == 'H' ? "host" : kind == 'C' ? "contact" : "organization";
}

// "domain-transfer-approve" is a transfer.
std::string OperationOf(std::string_view command) {
  const std::string_view verb = command.substr(std::min(command.find('-') + 1, command.size()));
  return std::string(verb.substr(0, verb.find('-')));
}

template <class Object>
Object ShownOf(const Change<Object>& change, const Bundles& /*bundles*/) {
  return change.after ? *change.after : *change.before;
}

// By its second name, if only that name's own has changed.
Domain ShownOf(const Change<Domain>& change, const Bundles& bundles) {
  const Domain& domain = change.after ? *change.after : *change.before;
  const bool of_partner = change.after && change.before->ds == domain.ds &&
                          change.before->partner_ds != domain.partner_ds;
  const std::optional<DomainName> partner = bundles.Other(domain.name);
  return of_partner && partner ? ShownAs(domain, *partner) : domain;
}

class Teller {
 public:
  Teller(const OperatorNote& note, std::string_view command, const Context& context,
         const WorkingSet& set, Changes* changes)
      : note_(note),
        operation_(OperationOf(command)),
        context_(context),
        set_(set),
        changes_(changes) {}

  template <class Object>
  void Tell(const Change<Object>& change) {
    if (!change.before) return;  // nobody's yet
    const Object shown = ShownOf(change, context_.directory.bundles());
    const RegistrarKey sponsor = Sponsor(*change.before, set_);
    if (context_.directory.Registrar(sponsor) == nullptr || IsTold(sponsor, NameOf(shown))) return;
    ChangeNotice notice{operation_,    context_.number,           note_,
                        KindOf(shown), !change.after.has_value(), FieldsOf(shown, context_, set_)};
    PollMessage message;
    message.registrar = sponsor;
    message.queued = context_.now;
    message.text = Concat("The registry did this to the ", KindName(notice.kind), " ",
                          NameOf(shown), ": ", operation_);
    if (!note_.reason.empty()) message.text += Concat(" (", note_.reason, ")");
    message.object_name = NameOf(shown);
    message.notice = PollMessage::Notice::kChange;
    message.detail = FormatChangeNotice(notice);
    changes_->Queue(std::move(message));
  }

 private:
  bool IsTold(RegistrarKey registrar, const std::string& name) const {
    return std::ranges::any_of(changes_->messages, [&](const PollMessage& message) {
      return message.registrar == registrar && message.object_name == name;
    });
  }

  const OperatorNote& note_;
  const std::string operation_;
  const Context& context_;
  const WorkingSet& set_;
  Changes* const changes_;
};

}  // namespace

void AddWhatIsShown(Needs* needs) {
  for (Needs::DomainNeed& need : needs->domains) need.details = need.subordinates = true;
  for (Needs::HostNeed& need : needs->hosts) need.links = true;
  for (Needs::ContactNeed& need : needs->contacts) need.links = true;
  for (Needs::OrganizationNeed& need : needs->organizations) need.links = true;
}

void TellSponsors(const OperatorNote& note, std::string_view command, const Context& context,
                  const WorkingSet& set, Changes* changes) {
  Teller teller(note, command, context, set, changes);
  for (const auto& change : changes->domains) teller.Tell(change);
  for (const auto& change : changes->hosts) teller.Tell(change);
  for (const auto& change : changes->contacts) teller.Tell(change);
  for (const auto& change : changes->organizations) teller.Tell(change);
}

}  // namespace registry
