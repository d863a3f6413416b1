#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace registry {

// The number of characters of a text that people can read: well-formed UTF-8 (RFC 3629) without
// control characters (C0, DEL, C1), line and paragraph separators and noncharacters. Nothing if the
// text is anything else.
std::optional<size_t> PrintableLength(std::string_view text);

// At most 64 characters of untrusted text, for messages. What is not printable becomes '?'.
std::string Excerpt(std::string_view text);

}  // namespace registry
