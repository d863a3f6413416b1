#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "epp/xml_reader.h"
#include "epp/xml_writer.h"
#include "registry/base/rare.h"
#include "registry/types/contact_details.h"

// What the commands about contacts and organizations have in common: the types of their schemas are
// the same.
namespace epp {

// contact:postalInfoEnumType; the international form where the attribute is wrong.
registry::PostalForm ReadPostalForm(const Element& postal_info, Faults* faults);

// A text of contact:postalInfoType; empty for no element.
std::string ReadPostalText(const Element& element, registry::PostalForm form,
                           registry::PostalField field, Faults* faults);

// <contact:addr>
struct PostalAddress {
  std::vector<std::string> street;
  std::string city, state, postal_code, country;
};
PostalAddress ReadPostalAddress(const Element& address, registry::PostalForm form, Faults* faults);

// contact:e164Type, which is org:e164Type as well.
registry::Phone ReadPhone(const Element& element, Faults* faults);
void WritePhone(const std::optional<registry::Phone>& phone, std::string_view tag, XmlWriter* xml);
// Nothing for an empty number, which removes one.
std::optional<registry::Phone> ReadPhoneChange(const Element& element, Faults* faults);
std::string ReadEmail(const Element& element, Faults* faults);
// <addlEmail:addlEmail>, RFC 9873; none if there is no such element, or no address in it.
registry::Rare<registry::AdditionalEmail> ReadAdditionalEmail(const Element& container,
                                                              Faults* faults);
registry::Disclose ReadDisclose(const Element& element, Faults* faults);

}  // namespace epp
