#include "registry/commands/organization_create.h"

#include "epp/commands/commands.h"
#include "epp/contact_parts.h"
#include "epp/organization_parts.h"
#include "epp/reasons.h"
#include "epp/values.h"
#include "registry/base/utc_text.h"

namespace epp {
namespace {

using registry::PostalField;
using registry::PostalForm;

// org:postalInfoType.
void ReadPostalInfo(const Element& element, registry::OrganizationCreate* command, Faults* faults) {
  const PostalForm form = ReadPostalForm(element, faults);
  registry::PostalInfo info;
  Content content(element, faults);
  info.name = ReadPostalText(content.Require("name"), form, PostalField::kName, faults);
  if (const Element address = content.Take("addr")) {
    PostalAddress read = ReadPostalAddress(address, form, faults);
    info.street = std::move(read.street);
    info.city = std::move(read.city);
    info.state = std::move(read.state);
    info.postal_code = std::move(read.postal_code);
    info.country = std::move(read.country);
  }
  content.End();
  auto& stored = form == PostalForm::kInternational ? command->international : command->localized;
  if (stored) faults->Schema(kPostalInfoTwice, element);
  stored = std::move(info);
}

// <org:creData>, RFC 8543 section 4.2.1.
void Write(const registry::OrganizationCreated& created, const AnswerContext&, Body* body) {
  body->data.Open("org:creData", {{"xmlns:org", kOrganization}});
  body->data.Leaf("org:id", created.id.text());
  body->data.Leaf("org:crDate", registry::FormatUtc(created.created)).Close();
}

}  // namespace

StoreCall ReadOrganizationCreate(const Request& request) {
  Faults* faults = request.faults;
  registry::OrganizationCreate command;
  Content content(request.object, faults);
  command.id = ReadOrganizationId(content.Require("id"), faults);
  command.roles = ReadRoles(content.RequireAll("role"), faults);
  command.statuses = ReadOrganizationStatuses(content.TakeAll("status", {}, 4), faults);
  if (const Element parent = content.Take("parentId")) {
    command.parent = ReadOrganizationId(parent, faults);
  }
  for (const Element& info : content.TakeAll("postalInfo", {"type"}, 2)) {
    ReadPostalInfo(info, &command, faults);
  }
  if (const Element voice = content.Take("voice", {"x"})) {
    command.voice = ReadPhoneChange(voice, faults);
  }
  if (const Element fax = content.Take("fax", {"x"})) command.fax = ReadPhoneChange(fax, faults);
  command.email = ReadEmail(content.Take("email"), faults);
  command.url = ReadUrl(content.Take("url"), faults);
  command.contacts =
      ReadOrganizationContacts(content.TakeAll("contact", {"type", "typeName"}), faults);
  content.End();
  command.unacceptable = faults->policy();
  ObjectName object{kOrganization, "id", command.id.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), Write);
}

}  // namespace epp
