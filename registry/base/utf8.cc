#include "registry/base/utf8.h"

#include <algorithm>

namespace registry {
namespace {

constexpr size_t kExcerptCharacters = 64;

struct Shape {
  int length;          // octets of the whole sequence; 0: no sequence begins like this
  unsigned char bits;  // what the first octet contributes
  char32_t least;      // smaller values would be overlong
};

Shape ShapeOf(unsigned char first) {
  if (first < 0x80) return {1, first, 0};
  if (first < 0xC2) return {0, 0, 0};
  if (first < 0xE0) return {2, static_cast<unsigned char>(first & 0x1F), 0x80};
  if (first < 0xF0) return {3, static_cast<unsigned char>(first & 0x0F), 0x800};
  if (first < 0xF5) return {4, static_cast<unsigned char>(first & 0x07), 0x10000};
  return {0, 0, 0};
}

bool IsPrintable(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;
  if (c == 0x2028 || c == 0x2029) return false;
  if (c >= 0xFDD0 && c <= 0xFDEF) return false;
  return (c & 0xFFFE) != 0xFFFE;
}

// The octets of the printable character that `text` begins with; 0 if it begins with none.
size_t PrintableOctets(std::string_view text, char32_t* point = nullptr) {
  const Shape shape = ShapeOf(static_cast<unsigned char>(text.front()));
  const size_t length = static_cast<size_t>(shape.length);
  if (length == 0 || length > text.size()) return 0;
  char32_t c = shape.bits;
  for (size_t i = 1; i < length; ++i) {
    const auto octet = static_cast<unsigned char>(text[i]);
    if ((octet & 0xC0) != 0x80) return 0;
    c = (c << 6) | (octet & 0x3Fu);
  }
  const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
  if (c < shape.least || c > 0x10FFFF || surrogate || !IsPrintable(c)) return 0;
  if (point != nullptr) *point = c;
  return length;
}

}  // namespace

std::optional<size_t> PrintableLength(std::string_view text) {
  size_t characters = 0;
  while (!text.empty()) {
    const size_t octets = PrintableOctets(text);
    if (octets == 0) return std::nullopt;
    text.remove_prefix(octets);
    ++characters;
  }
  return characters;
}

std::optional<std::u32string> DecodeUtf8(std::string_view text) {
  std::u32string points;
  while (!text.empty()) {
    char32_t point = 0;
    const size_t octets = PrintableOctets(text, &point);
    if (octets == 0) return std::nullopt;
    points += point;
    text.remove_prefix(octets);
  }
  return points;
}

void AppendUtf8(std::string& out, char32_t point) {
  const auto octet = [&](char32_t bits) { out += static_cast<char>(bits); };
  if (point < 0x80) {
    octet(point);
    return;
  }
  if (point < 0x800) {
    octet(0xC0 | (point >> 6));
  } else {
    if (point < 0x10000) {
      octet(0xE0 | (point >> 12));
    } else {
      octet(0xF0 | (point >> 18));
      octet(0x80 | ((point >> 12) & 0x3F));
    }
    octet(0x80 | ((point >> 6) & 0x3F));
  }
  octet(0x80 | (point & 0x3F));
}

std::string Excerpt(std::string_view text) {
  std::string shown;
  for (size_t i = 0; i < kExcerptCharacters && !text.empty(); ++i) {
    const size_t octets = PrintableOctets(text);
    if (octets == 0) {
      shown += '?';
    } else {
      shown += text.substr(0, octets);
    }
    text.remove_prefix(std::max<size_t>(octets, 1));
  }
  return shown;
}

}  // namespace registry
