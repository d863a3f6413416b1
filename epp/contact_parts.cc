#include "epp/contact_parts.h"

#include <utility>

#include "epp/reasons.h"

namespace epp {
namespace {

using registry::Disclose;
using registry::PostalForm;

// Elements of contact:intLocType: the bits of the forms that are named.
unsigned ReadForms(Content* content, std::string_view name, unsigned international,
                   unsigned localized, Faults* faults) {
  unsigned fields = 0;
  for (const Element& element : content->TakeAll(name, {"type"}, 2)) {
    ExpectEmpty(element, faults);
    fields |=
        ReadPostalForm(element, faults) == PostalForm::kInternational ? international : localized;
  }
  return fields;
}

unsigned ReadField(Content* content, std::string_view name, unsigned field, Faults* faults) {
  const Element element = content->Take(name);
  ExpectEmpty(element, faults);
  return element ? field : 0;
}

}  // namespace

PostalForm ReadPostalForm(const Element& postal_info, Faults* faults) {
  const std::string type = RequireAttribute(postal_info, "type", {"int", "loc"}, faults);
  return type == "loc" ? PostalForm::kLocalized : PostalForm::kInternational;
}

PostalAddress ReadPostalAddress(const Element& address, Faults* faults) {
  PostalAddress read;
  Content content(address, faults);
  for (const Element& line : content.TakeAll("street", {}, 3)) {
    read.street.push_back(ReadNormalized(line, faults));
  }
  read.city = ReadNormalized(content.Require("city"), faults);
  read.state = ReadNormalized(content.Take("sp"), faults);
  read.postal_code = ReadToken(content.Take("pc"), faults);
  read.country = ReadToken(content.Require("cc"), faults);
  content.End();
  return read;
}

registry::Phone ReadPhone(const Element& element, Faults* faults) {
  const std::string number = ReadToken(element, faults);
  auto phone = registry::Phone::Parse(number, element.Attribute("x").value_or(""));
  if (phone.ok()) return *std::move(phone);
  faults->Parameter(registry::Reject(phone.rejection().reason), element);
  return registry::Phone();
}

std::string ReadEmail(const Element& element, Faults* faults) {
  if (!element) return {};
  auto email = registry::ParseEmail(ReadToken(element, faults));
  if (email.ok()) return *std::move(email);
  faults->Parameter(registry::Reject(email.rejection().reason), element);
  return {};
}

Disclose ReadDisclose(const Element& element, Faults* faults) {
  Disclose disclose;
  const std::string flag = RequireAttribute(element, "flag", {}, faults);
  const std::optional<bool> value = ParseBoolean(flag);
  if (!flag.empty() && !value) faults->Schema(kAttributeValue, element, "flag");
  disclose.flag = value.value_or(false);
  Content content(element, faults);
  disclose.fields |= ReadForms(&content, "name", Disclose::kNameInt, Disclose::kNameLoc, faults) |
                     ReadForms(&content, "org", Disclose::kOrgInt, Disclose::kOrgLoc, faults) |
                     ReadForms(&content, "addr", Disclose::kAddrInt, Disclose::kAddrLoc, faults);
  disclose.fields |= ReadField(&content, "voice", Disclose::kVoice, faults);
  disclose.fields |= ReadField(&content, "fax", Disclose::kFax, faults);
  disclose.fields |= ReadField(&content, "email", Disclose::kEmail, faults);
  content.End();
  return disclose;
}

}  // namespace epp
