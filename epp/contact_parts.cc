#include "epp/contact_parts.h"

#include <utility>

#include "epp/reasons.h"

namespace epp {
namespace {

using registry::Disclose;
using registry::PostalField;
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

std::string ReadCountry(const Element& element, Faults* faults) {
  if (!element) return {};
  auto country = registry::ParseCountry(ReadToken(element, faults));
  if (country.ok()) return *std::move(country);
  faults->Parameter(registry::Reject(country.rejection().reason), element);
  return {};
}

}  // namespace

PostalForm ReadPostalForm(const Element& postal_info, Faults* faults) {
  const std::string type = RequireAttribute(postal_info, "type", {"int", "loc"}, faults);
  return type == "loc" ? PostalForm::kLocalized : PostalForm::kInternational;
}

std::string ReadPostalText(const Element& element, PostalForm form, PostalField field,
                           Faults* faults) {
  if (!element) return {};
  const bool token = field == PostalField::kPostalCode;
  const std::string text = token ? ReadToken(element, faults) : ReadNormalized(element, faults);
  auto parsed = registry::ParsePostalText(form, field, text);
  if (parsed.ok()) return *std::move(parsed);
  faults->Parameter(parsed.rejection(), element);
  return {};
}

PostalAddress ReadPostalAddress(const Element& address, PostalForm form, Faults* faults) {
  PostalAddress read;
  Content content(address, faults);
  for (const Element& element : content.TakeAll("street", {}, 3)) {
    std::string line = ReadPostalText(element, form, PostalField::kStreet, faults);
    if (!line.empty()) read.street.push_back(std::move(line));
  }
  read.city = ReadPostalText(content.Require("city"), form, PostalField::kCity, faults);
  read.state = ReadPostalText(content.Take("sp"), form, PostalField::kState, faults);
  read.postal_code = ReadPostalText(content.Take("pc"), form, PostalField::kPostalCode, faults);
  read.country = ReadCountry(content.Require("cc"), faults);
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

std::optional<registry::Phone> ReadPhoneChange(const Element& element, Faults* faults) {
  if (ReadToken(element, faults).empty() && !element.Attribute("x")) return std::nullopt;
  return ReadPhone(element, faults);
}

void WritePhone(const std::optional<registry::Phone>& phone, std::string_view tag, XmlWriter* xml) {
  if (!phone) return;
  if (phone->extension.empty()) {
    xml->Leaf(tag, phone->number);
  } else {
    xml->Leaf(tag, phone->number, {{"x", phone->extension}});
  }
}

std::string ReadEmail(const Element& element, Faults* faults) {
  if (!element) return {};
  auto email = registry::ParseEmail(ReadToken(element, faults));
  if (email.ok()) return *std::move(email);
  faults->Parameter(registry::Reject(email.rejection().reason), element);
  return {};
}

registry::Rare<registry::AdditionalEmail> ReadAdditionalEmail(const Element& container,
                                                              Faults* faults) {
  if (!container) return {};
  faults->CheckAttributes(container, {});
  Content content(container, faults);
  const Element element = content.Require("email", {"primary"});
  content.End();
  const std::optional<std::string> primary = element.Attribute("primary");
  const std::optional<bool> first = primary ? ParseBoolean(*primary) : false;
  if (!first) faults->Schema(kAttributeValue, element, "primary");
  const std::string address = ReadToken(element, faults);
  if (address.empty()) return {};
  auto email = registry::ParseInternationalEmail(address);
  if (!email.ok()) {
    faults->Parameter(registry::Reject(email.rejection().reason), element);
    return {};
  }
  return registry::AdditionalEmail{*std::move(email), first.value_or(false)};
}

Disclose ReadDisclose(const Element& element, Faults* faults) {
  Disclose disclose;
  const std::string flag = RequireAttribute(element, "flag", {}, faults);
  const std::optional<bool> value = ParseBoolean(flag);
  if (element.Attribute("flag") && !value) faults->Schema(kAttributeValue, element, "flag");
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
