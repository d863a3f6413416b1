#include "registry/commands/contact_update.h"

#include "epp/commands/commands.h"
#include "epp/contact_parts.h"
#include "epp/reasons.h"
#include "epp/values.h"
#include "registry/rules/statuses.h"

namespace epp {
namespace {

using registry::ContactUpdate;
using registry::PostalField;

// contact:addRemType.
registry::StatusSet ReadPart(const Element& element, Faults* faults) {
  if (!element) return {};
  Content content(element, faults);
  const registry::StatusSet statuses = ReadStatuses(content.RequireAll("status", {"s", "lang"}, 7),
                                                    registry::ClientMaySetOnContact, faults);
  content.End();
  return statuses;
}

// contact:chgPostalInfoType. Whether it is enough is judged with what is stored.
void ReadPostalChange(const Element& element, ContactUpdate* command, Faults* faults) {
  ContactUpdate::PostalChange change;
  const registry::PostalForm form = ReadPostalForm(element, faults);
  Content content(element, faults);
  if (!element.FirstChild()) faults->Parameter(registry::Reject(kNothingGiven), element);
  if (const Element name = content.Take("name")) {
    change.name = ReadPostalText(name, form, PostalField::kName, faults);
  }
  if (const Element org = content.Take("org")) {
    change.organization = ReadPostalText(org, form, PostalField::kOrganization, faults);
  }
  if (const Element address = content.Take("addr")) {
    PostalAddress read = ReadPostalAddress(address, form, faults);
    change.address = {std::move(read.street), std::move(read.city), std::move(read.state),
                      std::move(read.postal_code), std::move(read.country)};
  }
  content.End();
  auto& part =
      form == registry::PostalForm::kInternational ? command->international : command->localized;
  if (part) faults->Schema(kPostalInfoTwice, element);
  part = std::move(change);
}

// contact:chgType.
void ReadChange(const Element& element, ContactUpdate* command, Faults* faults) {
  Content content(element, faults);
  for (const Element& info : content.TakeAll("postalInfo", {"type"}, 2)) {
    ReadPostalChange(info, command, faults);
  }
  if (const Element voice = content.Take("voice", {"x"})) {
    command->voice = ReadPhoneChange(voice, faults);
  }
  if (const Element fax = content.Take("fax", {"x"})) command->fax = ReadPhoneChange(fax, faults);
  if (const Element email = content.Take("email")) command->email = ReadEmail(email, faults);
  if (const Element auth = content.Take("authInfo")) {
    const registry::AuthInfo value = ReadAuthInfo(auth, faults);
    command->auth = Seal(value);
    command->auth_weak = IsWeak(value);
  }
  if (const Element disclose = content.Take("disclose", {"flag"})) {
    if (!disclose.FirstChild()) faults->Parameter(registry::Reject(kNothingGiven), disclose);
    command->disclose = ReadDisclose(disclose, faults);
  }
  content.End();
}

}  // namespace

StoreCall ReadContactUpdate(const Request& request) {
  Faults* faults = request.faults;
  ContactUpdate command;
  Content content(request.object, faults);
  command.id = ReadContactId(content.Require("id"), faults);
  command.add = ReadPart(content.Take("add"), faults);
  command.remove = ReadPart(content.Take("rem"), faults);
  ReadChange(content.Take("chg"), &command, faults);
  content.End();
  if (const Element more = request.extensions.Find(Extension::kAdditionalEmail)) {
    command.additional_email = ReadAdditionalEmail(more, faults);
  }
  command.unacceptable = faults->policy();
  ObjectName object{kContact, "id", command.id.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), WriteNothing);
}

}  // namespace epp
