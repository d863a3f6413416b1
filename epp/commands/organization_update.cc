#include "registry/commands/organization_update.h"

#include "epp/commands/commands.h"
#include "epp/contact_parts.h"
#include "epp/organization_parts.h"
#include "epp/reasons.h"
#include "epp/values.h"

namespace epp {
namespace {

using registry::HeldRole;
using registry::OrganizationUpdate;
using registry::PostalField;
using registry::PostalForm;

// org:addRemType.
std::vector<HeldRole> ReadPart(const Element& element, OrganizationUpdate::Part* part,
                               Faults* faults) {
  Content content(element, faults);
  part->contacts =
      ReadOrganizationContacts(content.TakeAll("contact", {"type", "typeName"}), faults);
  std::vector<HeldRole> roles = ReadRoles(content.TakeAll("role"), faults);
  part->statuses = ReadOrganizationStatuses(content.TakeAll("status", {}, 9), faults);
  content.End();
  return roles;
}

// org:chgPostalInfoType. Whether it is enough is judged with what is stored.
void ReadPostalChange(const Element& element, OrganizationUpdate* command, Faults* faults) {
  OrganizationUpdate::PostalChange change;
  const PostalForm form = ReadPostalForm(element, faults);
  Content content(element, faults);
  if (!element.FirstChild()) faults->Parameter(registry::Reject(kNothingGiven), element);
  if (const Element name = content.Take("name")) {
    change.name = ReadPostalText(name, form, PostalField::kName, faults);
  }
  if (const Element address = content.Take("addr")) {
    PostalAddress read = ReadPostalAddress(address, form, faults);
    registry::PostalInfo info;
    info.street = std::move(read.street);
    info.city = std::move(read.city);
    info.state = std::move(read.state);
    info.postal_code = std::move(read.postal_code);
    info.country = std::move(read.country);
    change.address = std::move(info);
  }
  content.End();
  auto& part = form == PostalForm::kInternational ? command->international : command->localized;
  if (part) faults->Schema(kPostalInfoTwice, element);
  part = std::move(change);
}

// org:chgType.
void ReadChange(const Element& element, OrganizationUpdate* command, Faults* faults) {
  Content content(element, faults);
  if (const Element parent = content.Take("parentId")) {
    command->parent = ReadOrganizationId(parent, faults);
  }
  for (const Element& info : content.TakeAll("postalInfo", {"type"}, 2)) {
    ReadPostalChange(info, command, faults);
  }
  if (const Element voice = content.Take("voice", {"x"})) {
    command->voice = ReadPhoneChange(voice, faults);
  }
  if (const Element fax = content.Take("fax", {"x"})) command->fax = ReadPhoneChange(fax, faults);
  if (const Element email = content.Take("email")) command->email = ReadEmail(email, faults);
  if (const Element url = content.Take("url")) command->url = ReadUrl(url, faults);
  content.End();
}

}  // namespace

StoreCall ReadOrganizationUpdate(const Request& request) {
  Faults* faults = request.faults;
  OrganizationUpdate command;
  Content content(request.object, faults);
  command.id = ReadOrganizationId(content.Require("id"), faults);
  command.add_roles = ReadPart(content.Take("add"), &command.add, faults);
  // What else a role to be removed says is not looked at.
  for (const HeldRole& held : ReadPart(content.Take("rem"), &command.remove, faults)) {
    command.remove_roles.push_back(held.role);
  }
  ReadChange(content.Take("chg"), &command, faults);
  content.End();
  command.unacceptable = faults->policy();
  ObjectName object{kOrganization, "id", command.id.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), WriteNothing);
}

}  // namespace epp
