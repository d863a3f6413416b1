#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace zonegen {

// The canonical order of DNS names, RFC 4034 section 6.1: label by label from the right, each by
// octets, a parent before what is below it. Names are lower-case without the final dot. This is not
// the order of the texts: "a.org" stands before "a-b.org".
bool CanonicalLess(std::string_view a, std::string_view b);

// The label of `name` just below `tld`: "b" of "ns1.b.org" and "org". `name` is below `tld`.
std::string_view LabelBelow(std::string_view name, std::string_view tld);

// About where a label stands among others: what comes earlier in (part, rest) stands earlier, and
// only labels that begin with the same 14 octets, or are the same, have one place.
struct LabelPlace {
  uint16_t part = 0;  // below kLabelParts; of the first two octets
  uint64_t rest = 0;  // of the next twelve
  friend auto operator<=>(const LabelPlace&, const LabelPlace&) = default;
};
inline constexpr int kLabelParts = 38 * 38;

// Nothing for what is no lower-case LDH label.
std::optional<LabelPlace> PlaceOf(std::string_view label);

}  // namespace zonegen
