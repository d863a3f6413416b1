#include "registry/types/identifiers.h"

#include <optional>
#include <type_traits>

#include "registry/base/utf8.h"
#include "registry/types/reasons.h"

namespace registry {
namespace {

constexpr size_t kShortest = 3, kLongest = 16;  // characters, not octets

bool IsToken(std::string_view text) {
  return !text.starts_with(' ') && !text.ends_with(' ') &&
         text.find("  ") == std::string_view::npos;
}

bool IsClientIdentifier(std::string_view text) {
  const std::optional<size_t> length = PrintableLength(text);
  return length && *length >= kShortest && *length <= kLongest && IsToken(text);
}

}  // namespace

template <class Tag>
ClientIdentifier<Tag>::ClientIdentifier(std::string_view literal) : text_(literal) {
  POSTEL_CHECK(IsClientIdentifier(literal));
}

template <class Tag>
Outcome<ClientIdentifier<Tag>> ClientIdentifier<Tag>::Parse(std::string_view text) {
  if (IsClientIdentifier(text)) return ClientIdentifier(std::string(text), 0);
  if constexpr (std::is_same_v<Tag, RegistrarTag>) {
    return Reject(kRegistrarIdSyntax, Excerpt(text));
  } else if constexpr (std::is_same_v<Tag, OrganizationTag>) {
    return Reject(kOrganizationIdSyntax, Excerpt(text));
  } else {
    return Reject(kContactIdSyntax, Excerpt(text));
  }
}

template class ClientIdentifier<RegistrarTag>;
template class ClientIdentifier<ContactTag>;
template class ClientIdentifier<OrganizationTag>;

}  // namespace registry
