#include "registry/commands/organization_info.h"

#include "epp/commands/commands.h"
#include "epp/contact_parts.h"
#include "epp/values.h"
#include "registry/base/utc_text.h"
#include "registry/types/roid.h"

namespace epp {
namespace {

using registry::Organization;

void WriteStatusTexts(registry::StatusSet statuses, XmlWriter* xml) {
  for (registry::Status status : statuses.ToVector()) {
    xml->Leaf("org:status", registry::StatusName(status));
  }
}

void WriteRoles(const registry::OrganizationInfoAnswer& answer, XmlWriter* xml) {
  size_t place = 0;
  for (const registry::HeldRole& held : answer.organization.roles) {
    xml->Open("org:role").Leaf("org:type", registry::OrganizationRoleName(held.role));
    WriteStatusTexts(answer.role_statuses[place++], xml);
    if (!held.id.empty()) xml->Leaf("org:roleID", held.id);
    xml->Close();
  }
}

void WritePostalInfo(const std::optional<registry::PostalInfo>& info, std::string_view type,
                     XmlWriter* xml) {
  if (!info) return;
  xml->Open("org:postalInfo", {{"type", type}}).Leaf("org:name", info->name);
  if (!info->country.empty()) {
    xml->Open("org:addr");
    for (const std::string& line : info->street) xml->Leaf("org:street", line);
    xml->Leaf("org:city", info->city);
    if (!info->state.empty()) xml->Leaf("org:sp", info->state);
    if (!info->postal_code.empty()) xml->Leaf("org:pc", info->postal_code);
    xml->Leaf("org:cc", info->country).Close();
  }
  xml->Close();
}

void WriteContacts(const Organization& organization, XmlWriter* xml) {
  for (const registry::OrganizationContact& contact : organization.contacts) {
    const std::string_view type = registry::OrganizationContactTypeName(contact.type);
    if (contact.type_name.empty()) {
      xml->Leaf("org:contact", contact.id.text(), {{"type", type}});
    } else {
      xml->Leaf("org:contact", contact.id.text(),
                {{"type", type}, {"typeName", contact.type_name}});
    }
  }
}

void WriteDates(const Organization& organization, const registry::Directory& directory,
                XmlWriter* xml) {
  xml->Leaf("org:clID", ClientOf(directory, organization.sponsor));
  xml->Leaf("org:crID", ClientOf(directory, organization.creator));
  xml->Leaf("org:crDate", registry::FormatUtc(organization.created));
  if (!organization.updated) return;
  xml->Leaf("org:upID", ClientOf(directory, organization.updater));
  xml->Leaf("org:upDate", registry::FormatUtc(*organization.updated));
}

// <org:infData>, RFC 8543 section 4.1.2.
void Write(const registry::OrganizationInfoAnswer& answer, const AnswerContext& context,
           Body* body) {
  const Organization& organization = answer.organization;
  XmlWriter* xml = &body->data;
  xml->Open("org:infData", {{"xmlns:org", kOrganization}});
  xml->Leaf("org:id", organization.id.text());
  xml->Leaf("org:roid",
            registry::FormatRoid(registry::ObjectKind::kOrganization, Number(organization.key),
                                 context.directory.settings.repository_id));
  WriteRoles(answer, xml);
  WriteStatusTexts(answer.statuses, xml);
  if (!organization.parent_id.empty()) xml->Leaf("org:parentId", organization.parent_id.text());
  WritePostalInfo(organization.international, "int", xml);
  WritePostalInfo(organization.localized, "loc", xml);
  WritePhone(organization.voice, "org:voice", xml);
  WritePhone(organization.fax, "org:fax", xml);
  if (!organization.email.empty()) xml->Leaf("org:email", organization.email);
  if (!organization.url.empty()) xml->Leaf("org:url", organization.url);
  WriteContacts(organization, xml);
  WriteDates(organization, context.directory, xml);
  xml->Close();
}

}  // namespace

StoreCall ReadOrganizationInfo(const Request& request) {
  Content content(request.object, request.faults);
  registry::OrganizationInfo command{ReadOrganizationId(content.Require("id"), request.faults)};
  content.End();
  ObjectName object{kOrganization, "id", command.id.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), Write);
}

}  // namespace epp
