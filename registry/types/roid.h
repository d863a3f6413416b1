#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "registry/base/outcome.h"

namespace registry {

enum class ObjectKind : char { kDomain = 'D', kHost = 'H', kContact = 'C', kOrganization = 'O' };

// Repository object identifier, RFC 5730 section 2.8: "D101-LROR". Computed from the object's key,
// never stored. The part after the hyphen is the repository ID that IANA registered.
std::string FormatRoid(ObjectKind kind, int64_t number, std::string_view repository_id);

// What can stand after the hyphen: 1 to 8 ASCII letters and digits, eppcom:roidType.
bool IsRepositoryId(std::string_view text);

struct ParsedRoid {
  ObjectKind kind;
  int64_t number;
};
// kRoidSyntax, also for another repository.
Outcome<ParsedRoid> ParseRoid(std::string_view text, std::string_view repository_id);

}  // namespace registry
