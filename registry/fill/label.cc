#include "registry/fill/label.h"

#include <array>
#include <string_view>

#include "registry/base/check.h"
#include "registry/fill/words.h"
#include "registry/types/domain_name.h"

// Labels are unique without a memory of those that were given out. A number belongs to one of
// several styles, which are told apart by where they have letters, digits and hyphens (and words
// can be read out of letters, see words.h). Within its style it has a rank, and the rank, scattered
// by a one-to-one function, is read as the indices of words. A style that has run out passes
// its numbers to one that does not.
namespace fill {
namespace {

constexpr int kWordBits = 9;
constexpr int kScriptBits = 6;

enum class Style : uint8_t {
  kTwo,          // silverharbor
  kTwoHyphen,    // silver-harbor
  kThree,        // silverharborlight
  kThreeHyphen,  // silver-harbor-light
  kTwoNumber,    // silverharbor24
  kOneNumber,    // harbor365
  kShort,        // k7m
  kForeign,      // xn--...
};

constexpr Style kStyles[] = {
    Style::kTwo,       Style::kThree,     Style::kTwoHyphen, Style::kTwo,
    Style::kTwoNumber, Style::kOneNumber, Style::kTwo,       Style::kThree,
    Style::kTwo,       Style::kTwoHyphen, Style::kShort,     Style::kTwo,
    Style::kTwoNumber, Style::kThree,     Style::kOneNumber, Style::kTwo,
    Style::kTwoHyphen, Style::kTwo,       Style::kForeign,   Style::kThreeHyphen,
    Style::kTwoNumber, Style::kTwo,       Style::kThree,     Style::kTwoHyphen,
    Style::kOneNumber, Style::kTwo,       Style::kTwoNumber, Style::kThree,
    Style::kTwoHyphen, Style::kOneNumber, Style::kTwoNumber, Style::kThreeHyphen};

// One to one within `bits`: each step can be undone.
uint64_t Scatter(uint64_t index, int bits) {
  const uint64_t mask = (uint64_t{1} << bits) - 1;
  index ^= 0x5DEECE66D & mask;  // or zero would stay zero
  for (const uint64_t factor : {0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F}) {
    index = (index * factor) & mask;
    index ^= index >> (bits / 2);
  }
  return index;
}

// Takes the lowest bits off.
size_t Take(uint64_t& index, int bits) {
  const size_t taken = index & ((uint64_t{1} << bits) - 1);
  index >>= bits;
  return taken;
}

std::string_view TakeWord(uint64_t& index) { return kWords[Take(index, kWordBits)]; }

// Words with what stands between them.
std::string Words(uint64_t index, std::initializer_list<std::string_view> before) {
  std::string label;
  for (std::string_view separator : before) {
    label += separator;
    label += TakeWord(index);
  }
  return label;
}

// The number of no number below it: for styles that have run out.
std::string Spare(int64_t number) {
  return Words(Scatter(static_cast<uint64_t>(number), 3 * kWordBits), {"", "-", ""});
}

// Letter, digit, then one to three letters.
std::string Short(uint64_t rank) {
  constexpr std::string_view kLetters = "abcdfghkmnprstvz";
  int more = 1;
  uint64_t room = uint64_t{1} << 11;
  while (rank >= room) {
    rank -= room;
    room <<= 4;
    ++more;
  }
  uint64_t index = Scatter(rank, 7 + 4 * more);
  std::string label(1, kLetters[Take(index, 4)]);
  label += static_cast<char>('2' + Take(index, 3));
  while (more-- > 0) label += kLetters[Take(index, 4)];
  return label;
}

constexpr uint64_t kShortLabels = (1 << 11) + (1 << 15) + (1 << 19);

std::string Foreign(uint64_t rank) {
  const uint64_t script = rank % 3;
  const auto& words = script == 0 ? kLatinWords : script == 1 ? kCyrillicWords : kHanCharacters;
  const int count = script == 2 ? 3 : 2;
  const int bits = count * kScriptBits;
  const uint64_t round = (rank / 3) >> bits;
  uint64_t index = Scatter((rank / 3) & ((uint64_t{1} << bits) - 1), bits);
  std::string label;
  for (int i = 0; i < count; ++i) {
    if (i > 0 && script != 2) label += '-';
    label += words[Take(index, kScriptBits)];
  }
  if (round > 0) label += std::to_string(round);
  // IDNA works on whole names.
  const auto name = registry::DomainName::FromUnicode(label + ".example");
  POSTEL_CHECK(name.ok());
  return std::string(name->label());
}

struct Place {
  Style style;
  uint64_t rank;  // among the numbers of that style
};

Place PlaceOf(int64_t number) {
  constexpr uint64_t kRound = std::size(kStyles);
  const auto index = static_cast<uint64_t>(number - 1);
  const size_t slot = index % kRound;
  const Style style = kStyles[slot];
  uint64_t before = 0, all = 0;
  for (size_t i = 0; i < kRound; ++i) {
    if (kStyles[i] != style) continue;
    ++all;
    if (i < slot) ++before;
  }
  return {style, index / kRound * all + before};
}

std::string Numbered(uint64_t rank, int words, int bits) {
  uint64_t index = Scatter(rank, words * kWordBits + bits);
  const std::string digits = std::to_string(2 + Take(index, bits));
  return (words == 2 ? Words(index, {"", ""}) : Words(index, {""})) + digits;
}

constexpr uint64_t Room(int bits) { return uint64_t{1} << bits; }

}  // namespace

std::string LabelOf(int64_t number) {
  POSTEL_CHECK(number >= 1 && number <= kMostDomains);
  constexpr int kTwo = 2 * kWordBits, kThree = 3 * kWordBits, kLow = 7, kHigh = 12;
  const auto [style, rank] = PlaceOf(number);
  switch (style) {
    case Style::kTwo:
      if (rank < Room(kTwo)) return Words(Scatter(rank, kTwo), {"", ""});
      break;
    case Style::kTwoHyphen:
      if (rank < Room(kTwo)) return Words(Scatter(rank, kTwo), {"", "-"});
      break;
    case Style::kThree:
      if (rank < Room(kThree)) return Words(Scatter(rank, kThree), {"", "", ""});
      break;
    case Style::kThreeHyphen:
      if (rank < Room(kThree)) return Words(Scatter(rank, kThree), {"", "-", "-"});
      break;
    case Style::kTwoNumber:
      if (rank < Room(kTwo + kLow)) return Numbered(rank, 2, kLow);
      break;
    case Style::kOneNumber:
      if (rank < Room(kWordBits + kHigh)) return Numbered(rank, 1, kHigh);
      break;
    case Style::kShort:
      if (rank < kShortLabels) return Short(rank);
      break;
    case Style::kForeign:
      return Foreign(rank);
  }
  return Spare(number);
}

}  // namespace fill
