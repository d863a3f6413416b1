#include "epp/services.h"

#include <algorithm>

namespace epp {

std::optional<Object> ObjectOf(std::string_view ns) {
  const auto* found = std::ranges::find(kObjectServices, ns, &ObjectService::ns);
  if (found == kObjectServices.end()) return std::nullopt;
  return found->object;
}

std::optional<Extension> ExtensionOf(std::string_view ns) {
  const auto* found = std::ranges::find(kExtensionServices, ns, &ExtensionService::ns);
  if (found == kExtensionServices.end()) return std::nullopt;
  return found->extension;
}

std::string_view NamespaceOf(Object object) {
  return std::ranges::find(kObjectServices, object, &ObjectService::object)->ns;
}

std::string_view NamespaceOf(Extension extension) {
  return std::ranges::find(kExtensionServices, extension, &ExtensionService::extension)->ns;
}

}  // namespace epp
