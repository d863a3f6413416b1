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

// The code points of a text; nothing if it is not printable as above.
std::optional<std::u32string> DecodeUtf8(std::string_view text);
void AppendUtf8(std::string& out, char32_t point);  // at most U+10FFFF

// At most 64 characters of untrusted text, for messages. What is not printable becomes '?'.
std::string Excerpt(std::string_view text);

}  // namespace registry
