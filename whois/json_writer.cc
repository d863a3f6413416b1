#include "whois/json_writer.h"

#include <array>

namespace whois {
namespace {

constexpr std::array<bool, 256> MarkSpecial() {
  std::array<bool, 256> special{};
  for (size_t c = 0; c < 0x20; ++c) special[c] = true;
  special['"'] = special['\\'] = special['<'] = special[0x7F] = true;
  return special;
}
constexpr std::array<bool, 256> kSpecial = MarkSpecial();

void AddSpecial(char c, std::string& out) {
  constexpr char kHex[] = "0123456789abcdef";
  if (c == '"' || c == '\\') {
    out += '\\';
    out += c;
  } else {
    out += "\\u00";
    out += kHex[static_cast<unsigned char>(c) >> 4];
    out += kHex[static_cast<unsigned char>(c) & 15];
  }
}

}  // namespace

void JsonWriter::AddEscaped(std::string_view value) {
  size_t plain = 0;  // from here on nothing was copied
  for (size_t i = 0; i < value.size(); ++i) {
    if (!kSpecial[static_cast<unsigned char>(value[i])]) continue;
    text_ += value.substr(plain, i - plain);
    AddSpecial(value[i], text_);
    plain = i + 1;
  }
  text_ += value.substr(plain);
}

}  // namespace whois
