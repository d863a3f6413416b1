#include "whois/json_writer.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace whois {
namespace {

constexpr std::array<bool, 256> MarkSpecial() {
  std::array<bool, 256> special{};
  for (size_t c = 0; c < 0x20; ++c) special[c] = true;
  special['"'] = special['\\'] = special['<'] = special[0x7F] = true;
  return special;
}
constexpr std::array<bool, 256> kSpecial = MarkSpecial();

constexpr uint64_t EachByte(uint64_t byte) { return byte * 0x0101010101010101; }

// Has a byte of the eight its high bit set in the answer's place because it is below `bound`, at
// most 0x80? Bytes above 0x7F never count; a byte behind one that counts may count wrongly.
constexpr uint64_t Below(uint64_t bytes, uint64_t bound) {
  return (bytes - EachByte(bound)) & ~bytes & EachByte(0x80);
}
constexpr uint64_t Equal(uint64_t bytes, uint64_t byte) { return Below(bytes ^ EachByte(byte), 1); }

// May err by saying yes.
bool HasSpecial(const char* eight) {
  uint64_t bytes = 0;
  std::memcpy(&bytes, eight, sizeof bytes);
  return (Below(bytes, 0x20) | Equal(bytes, '"') | Equal(bytes, '\\') | Equal(bytes, '<') |
          Equal(bytes, 0x7F)) != 0;
}

char* EscapeOne(char c, char* out) {
  constexpr char kHex[] = "0123456789abcdef";
  if (c == '"' || c == '\\') {
    *out++ = '\\';
    *out++ = c;
    return out;
  }
  std::memcpy(out, "\\u00", 4);
  out[4] = kHex[static_cast<unsigned char>(c) >> 4];
  out[5] = kHex[static_cast<unsigned char>(c) & 15];
  return out + 6;
}

}  // namespace

char* JsonWriter::Escape(std::string_view value, char* out) {
  const char* from = value.data();
  const char* const end = from + value.size();
  while (from != end) {
    if (end - from >= 8 && !HasSpecial(from)) {
      std::memcpy(out, from, 8);
      from += 8;
      out += 8;
      continue;
    }
    const char* const stop = from + std::min<std::ptrdiff_t>(8, end - from);
    for (; from != stop; ++from) {
      if (kSpecial[static_cast<unsigned char>(*from)]) {
        out = EscapeOne(*from, out);
      } else {
        *out++ = *from;
      }
    }
  }
  return out;
}

}  // namespace whois
