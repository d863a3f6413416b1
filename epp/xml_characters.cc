#include "epp/xml_characters.h"

#include <algorithm>
#include <iterator>

namespace epp {
namespace {

struct Range {
  char32_t first, last;
};

bool In(const Range* begin, const Range* end, char32_t c) {
  const Range* range = std::lower_bound(
      begin, end, c, [](const Range& r, char32_t value) { return r.last < value; });
  return range != end && range->first <= c;
}

constexpr Range kNameStart[] = {
    {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
    {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
    {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
};
constexpr Range kNameFurther[] = {
    {0xB7, 0xB7},
    {0x300, 0x36F},
    {0x203F, 0x2040},
};

}  // namespace

bool IsXmlCharacter(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return c <= 0xD7FF || (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

bool IsNameStartBeyondAscii(char32_t c) {
  return In(std::begin(kNameStart), std::end(kNameStart), c);
}

bool IsNameCharacterBeyondAscii(char32_t c) {
  return IsNameStartBeyondAscii(c) || In(std::begin(kNameFurther), std::end(kNameFurther), c);
}

std::optional<char32_t> ReadUtf8(std::string_view text, size_t* position) {
  if (*position >= text.size()) return std::nullopt;
  const unsigned char lead = text[*position];
  if (lead < 0x80) {
    ++*position;
    return lead;
  }
  const int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() - *position < static_cast<size_t>(length)) {
    return std::nullopt;
  }
  char32_t c = lead & (0xFF >> (length + 1));
  for (int i = 1; i < length; ++i) {
    const unsigned char next = text[*position + i];
    if ((next & 0xC0) != 0x80) return std::nullopt;
    c = (c << 6) | (next & 0x3F);
  }
  constexpr char32_t kShortest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (c < kShortest[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return std::nullopt;
  *position += length;
  return c;
}

void AppendUtf8(char32_t c, std::string* out) {
  if (c < 0x80) {
    out->push_back(static_cast<char>(c));
    return;
  }
  if (c < 0x800) {
    out->push_back(static_cast<char>(0xC0 | (c >> 6)));
  } else if (c < 0x10000) {
    out->push_back(static_cast<char>(0xE0 | (c >> 12)));
    out->push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
  } else {
    out->push_back(static_cast<char>(0xF0 | (c >> 18)));
    out->push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3F)));
    out->push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
  }
  out->push_back(static_cast<char>(0x80 | (c & 0x3F)));
}

std::optional<std::string> Utf16ToUtf8(std::string_view octets, bool big_endian) {
  if (octets.size() % 2 != 0) return std::nullopt;
  const auto unit = [&](size_t i) -> char32_t {
    const unsigned char a = octets[i], b = octets[i + 1];
    return big_endian ? (a << 8 | b) : (b << 8 | a);
  };
  std::string out;
  out.reserve(octets.size());
  for (size_t i = 0; i < octets.size(); i += 2) {
    char32_t c = unit(i);
    if (c >= 0xDC00 && c <= 0xDFFF) return std::nullopt;
    if (c >= 0xD800 && c <= 0xDBFF) {
      i += 2;
      if (i >= octets.size()) return std::nullopt;
      const char32_t low = unit(i);
      if (low < 0xDC00 || low > 0xDFFF) return std::nullopt;
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
    AppendUtf8(c, &out);
  }
  return out;
}

size_t CountCharacters(std::string_view utf8) {
  return std::count_if(utf8.begin(), utf8.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

}  // namespace epp
