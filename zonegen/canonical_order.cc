#include "zonegen/canonical_order.h"

#include <array>
#include <cstring>
#include <utility>

namespace zonegen {
namespace {

// Cuts the last label off; `rest` is empty after the first one.
std::string_view TakeLastLabel(std::string_view& rest) {
  const void* const found = ::memrchr(rest.data(), '.', rest.size());
  if (found == nullptr) return std::exchange(rest, std::string_view());
  const auto dot = static_cast<size_t>(static_cast<const char*>(found) - rest.data());
  const std::string_view label = rest.substr(dot + 1);
  rest = rest.substr(0, dot);
  return label;
}

// The end of a label, the hyphen, ten digits and 26 letters, in the order of their octets. Twelve
// of them fit into 64 bits.
constexpr uint8_t kSymbols = 38;
constexpr uint8_t kNoSymbol = 255;
constexpr size_t kPartOctets = 2;
constexpr size_t kRestOctets = 12;

constexpr std::array<uint8_t, 256> kSymbolOf = [] {
  std::array<uint8_t, 256> symbols{};
  symbols.fill(kNoSymbol);
  uint8_t next = 1;
  symbols['-'] = next++;
  for (unsigned char c = '0'; c <= '9'; ++c) symbols[c] = next++;
  for (unsigned char c = 'a'; c <= 'z'; ++c) symbols[c] = next++;
  return symbols;
}();

}  // namespace

std::optional<LabelPlace> PlaceOf(std::string_view label) {
  uint64_t part = 0, rest = 0;
  for (size_t i = 0; i < kPartOctets + kRestOctets; ++i) {
    const uint8_t symbol =
        i < label.size() ? kSymbolOf[static_cast<unsigned char>(label[i])] : uint8_t{0};
    if (symbol == kNoSymbol) return std::nullopt;
    uint64_t& number = i < kPartOctets ? part : rest;
    number = number * kSymbols + symbol;
  }
  for (size_t i = kPartOctets + kRestOctets; i < label.size(); ++i) {
    if (kSymbolOf[static_cast<unsigned char>(label[i])] == kNoSymbol) return std::nullopt;
  }
  return LabelPlace{static_cast<uint16_t>(part), rest};
}

bool CanonicalLess(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const int order = TakeLastLabel(a).compare(TakeLastLabel(b));
    if (order != 0) return order < 0;
  }
  return a.empty() && !b.empty();
}

std::string_view LabelBelow(std::string_view name, std::string_view tld) {
  name.remove_suffix(tld.size() + 1);
  return TakeLastLabel(name);
}

}  // namespace zonegen
