#include "whois/registrar_search.h"

#include <string>

#include "absl/strings/match.h"

namespace whois {
namespace {

bool SameIgnoringCase(std::string_view a, std::string_view b) {
  return absl::EqualsIgnoreCase({a.data(), a.size()}, {b.data(), b.size()});
}

}  // namespace

const registry::Registrar* FindRegistrar(const registry::Directory& directory,
                                         std::string_view text) {
  const registry::Registrar* by_name = nullptr;
  const registry::Registrar* by_id = nullptr;
  for (const registry::Registrar* registrar : directory.registrars()) {
    if (registrar->iana_id > 0 && text == std::to_string(registrar->iana_id)) return registrar;
    if (by_name == nullptr && SameIgnoringCase(registrar->name, text)) by_name = registrar;
    if (registrar->iana_id == 0 && registrar->id.text() == text) by_id = registrar;
  }
  return by_name != nullptr ? by_name : by_id;
}

}  // namespace whois
