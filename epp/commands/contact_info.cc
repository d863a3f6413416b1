#include "registry/commands/contact_info.h"

#include "epp/commands/commands.h"
#include "epp/contact_parts.h"
#include "epp/object_statuses.h"
#include "epp/transfer_parts.h"
#include "epp/unhandled_namespaces.h"
#include "epp/values.h"
#include "registry/base/utc_text.h"
#include "registry/types/roid.h"

namespace epp {
namespace {

using registry::Contact;
using registry::Disclose;

void WritePostalInfo(const std::optional<registry::PostalInfo>& info, std::string_view type,
                     XmlWriter* xml) {
  if (!info) return;
  xml->Open("contact:postalInfo", {{"type", type}}).Leaf("contact:name", info->name);
  if (!info->organization.empty()) xml->Leaf("contact:org", info->organization);
  xml->Open("contact:addr");
  for (const std::string& line : info->street) xml->Leaf("contact:street", line);
  xml->Leaf("contact:city", info->city);
  if (!info->state.empty()) xml->Leaf("contact:sp", info->state);
  if (!info->postal_code.empty()) xml->Leaf("contact:pc", info->postal_code);
  xml->Leaf("contact:cc", info->country).Close().Close();
}

void WriteDates(const Contact& contact, const registry::Directory& directory, XmlWriter* xml) {
  xml->Leaf("contact:clID", ClientOf(directory, contact.sponsor));
  xml->Leaf("contact:crID", ClientOf(directory, contact.creator));
  xml->Leaf("contact:crDate", registry::FormatUtc(contact.created));
  if (contact.updated) {
    xml->Leaf("contact:upID", ClientOf(directory, contact.updater));
    xml->Leaf("contact:upDate", registry::FormatUtc(*contact.updated));
  }
  if (contact.transferred) {
    xml->Leaf("contact:trDate", registry::FormatUtc(*contact.transferred));
  }
}

// RFC 5733 section 2.9; nothing if the registrar has said nothing.
void WriteDisclose(const Disclose& disclose, XmlWriter* xml) {
  if (disclose.fields == 0) return;
  const auto form = [&](unsigned field, std::string_view tag, std::string_view type) {
    if (disclose.fields & field) xml->Empty(tag, {{"type", type}});
  };
  const auto plain = [&](unsigned field, std::string_view tag) {
    if (disclose.fields & field) xml->Empty(tag);
  };
  xml->Open("contact:disclose", {{"flag", disclose.flag ? "1" : "0"}});
  form(Disclose::kNameInt, "contact:name", "int");
  form(Disclose::kNameLoc, "contact:name", "loc");
  form(Disclose::kOrgInt, "contact:org", "int");
  form(Disclose::kOrgLoc, "contact:org", "loc");
  form(Disclose::kAddrInt, "contact:addr", "int");
  form(Disclose::kAddrLoc, "contact:addr", "loc");
  plain(Disclose::kVoice, "contact:voice");
  plain(Disclose::kFax, "contact:fax");
  plain(Disclose::kEmail, "contact:email");
  xml->Close();
}

// RFC 9873: whoever knows the extension is told as well that there is no other address.
void WriteAdditionalEmail(const Contact& contact, const AnswerContext& context, Body* body) {
  if (!contact.additional_email && !context.extensions.Has(Extension::kAdditionalEmail)) return;
  WriteExtension(Extension::kAdditionalEmail, context, body, [&](XmlWriter* xml) {
    xml->Open("addlEmail:addlEmail", {{"xmlns:addlEmail", kAdditionalEmail}});
    if (!contact.additional_email) {
      xml->Empty("addlEmail:email");
    } else if (contact.additional_email->primary) {
      xml->Leaf("addlEmail:email", contact.additional_email->address, {{"primary", "1"}});
    } else {
      xml->Leaf("addlEmail:email", contact.additional_email->address);
    }
    xml->Close();
  });
}

// <contact:infData>, RFC 5733 section 3.1.2. The authInfo is never given back (RFC 9154).
void Write(const registry::ContactInfoAnswer& answer, const AnswerContext& context, Body* body) {
  const Contact& contact = answer.contact;
  XmlWriter* xml = &body->data;
  xml->Open("contact:infData", {{"xmlns:contact", kContact}});
  xml->Leaf("contact:id", contact.id.text());
  xml->Leaf("contact:roid",
            registry::FormatRoid(registry::ObjectKind::kContact, Number(contact.key),
                                 context.directory.settings.repository_id));
  WriteStatuses(answer.statuses, "contact:status", xml);
  WritePostalInfo(contact.international, "int", xml);
  WritePostalInfo(contact.localized, "loc", xml);
  WritePhone(contact.voice, "contact:voice", xml);
  WritePhone(contact.fax, "contact:fax", xml);
  xml->Leaf("contact:email", contact.email);
  WriteDates(contact, context.directory, xml);
  WriteDisclose(contact.disclose, xml);
  xml->Close();
  WriteAdditionalEmail(contact, context, body);
}

}  // namespace

StoreCall ReadContactInfo(const Request& request) {
  Faults* faults = request.faults;
  registry::ContactInfo command;
  Content content(request.object, faults);
  command.id = ReadContactId(content.Require("id"), faults);
  command.credential = ReadCredential(content.Take("authInfo"), faults);
  content.End();
  ObjectName object{kContact, "id", command.id.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), Write);
}

}  // namespace epp
