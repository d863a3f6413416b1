#include "registry/commands/contact_create.h"

#include "epp/commands/commands.h"
#include "epp/contact_parts.h"
#include "epp/reasons.h"
#include "epp/values.h"
#include "registry/base/utc_text.h"

namespace epp {
namespace {

using registry::PostalField;

// contact:postalInfoType.
void ReadPostalInfo(const Element& element, registry::ContactCreate* command, Faults* faults) {
  const registry::PostalForm form = ReadPostalForm(element, faults);
  registry::PostalInfo info;
  Content content(element, faults);
  info.name = ReadPostalText(content.Require("name"), form, PostalField::kName, faults);
  info.organization = ReadPostalText(content.Take("org"), form, PostalField::kOrganization, faults);
  PostalAddress address = ReadPostalAddress(content.Require("addr"), form, faults);
  content.End();
  info.street = std::move(address.street);
  info.city = std::move(address.city);
  info.state = std::move(address.state);
  info.postal_code = std::move(address.postal_code);
  info.country = std::move(address.country);

  auto& stored =
      form == registry::PostalForm::kInternational ? command->international : command->localized;
  if (stored) faults->Schema(kPostalInfoTwice, element);
  stored = std::move(info);
}

// <contact:creData>, RFC 5733 section 3.2.1.
void Write(const registry::ContactCreated& created, const AnswerContext&, Body* body) {
  body->data.Open("contact:creData", {{"xmlns:contact", kContact}});
  body->data.Leaf("contact:id", created.id.text());
  body->data.Leaf("contact:crDate", registry::FormatUtc(created.created)).Close();
}

}  // namespace

StoreCall ReadContactCreate(const Request& request) {
  Faults* faults = request.faults;
  registry::ContactCreate command;
  Content content(request.object, faults);
  command.id = ReadContactId(content.Require("id"), faults);
  for (const Element& info : content.RequireAll("postalInfo", {"type"}, 2)) {
    ReadPostalInfo(info, &command, faults);
  }
  if (const Element voice = content.Take("voice", {"x"})) command.voice = ReadPhone(voice, faults);
  if (const Element fax = content.Take("fax", {"x"})) command.fax = ReadPhone(fax, faults);
  command.email = ReadEmail(content.Require("email"), faults);
  const registry::AuthInfo auth = ReadAuthInfo(content.Require("authInfo"), faults);
  command.auth = Seal(auth);
  command.auth_weak = IsWeak(auth);
  if (const Element disclose = content.Take("disclose", {"flag"})) {
    command.disclose = ReadDisclose(disclose, faults);
  }
  content.End();
  command.additional_email =
      ReadAdditionalEmail(request.extensions.Find(Extension::kAdditionalEmail), faults);
  ObjectName object{kContact, "id", command.id.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), Write);
}

}  // namespace epp
