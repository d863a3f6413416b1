#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// The characters of XML 1.0 (fifth edition) and the two encodings that every processor must know.
namespace epp {

inline bool IsXmlSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Char, production 2.
bool IsXmlCharacter(char32_t c);
bool IsNameStartBeyondAscii(char32_t c);
bool IsNameCharacterBeyondAscii(char32_t c);
// NameStartChar and NameChar, productions 4 and 4a, without the colon (Namespaces in XML 1.0).
inline bool IsNameStart(char32_t c) {
  if (c >= 0x80) return IsNameStartBeyondAscii(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
inline bool IsNameCharacter(char32_t c) {
  if (c >= 0x80) return IsNameCharacterBeyondAscii(c);
  return IsNameStart(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

// Reads the UTF-8 sequence at `*position` and moves behind it. Nothing at the end of the text and
// for anything malformed: overlong forms, surrogates, beyond U+10FFFF.
std::optional<char32_t> ReadUtf8(std::string_view text, size_t* position);
void AppendUtf8(char32_t c, std::string* out);

// UTF-16 without its byte order mark. Nothing if it is malformed.
std::optional<std::string> Utf16ToUtf8(std::string_view octets, bool big_endian);

// How many characters valid UTF-8 has; XML Schema counts lengths so.
size_t CountCharacters(std::string_view utf8);

}  // namespace epp
