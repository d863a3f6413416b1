#include "registry/ctl/display_width.h"

#include <algorithm>
#include <iterator>

namespace ctl {
namespace {

struct Block {
  char32_t first, last;
};

constexpr Block kWide[] = {
    {0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};
constexpr Block kCombining[] = {
    {0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F},
};

template <size_t kCount>
bool IsIn(const Block (&blocks)[kCount], char32_t c) {
  return std::any_of(std::begin(blocks), std::end(blocks),
                     [&](const Block& block) { return c >= block.first && c <= block.last; });
}

// Takes the first character off, something if it is not UTF-8.
char32_t TakeCharacter(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t c = length == 1 ? first : first & (0x7Fu >> length);
  const size_t taken = std::min(length, text.size());
  for (size_t i = 1; i < taken; ++i) c = (c << 6) | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  text.remove_prefix(taken);
  return c;
}

}  // namespace

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  while (!text.empty()) {
    const char32_t c = TakeCharacter(text);
    if (!IsIn(kCombining, c)) width += IsIn(kWide, c) ? 2 : 1;
  }
  return width;
}

}  // namespace ctl
