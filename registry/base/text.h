#pragma once

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>
#include <vector>

// What Abseil's strings library has for its own string_view: Debian builds it for C++14, where that
// is another type than std::string_view.
namespace registry {

namespace internal {
inline void AppendPart(std::string& out, std::string_view part) { out += part; }
template <std::integral T>
void AppendPart(std::string& out, T number) {
  out += std::to_string(number);
}
}  // namespace internal

// The texts and whole numbers one after the other.
template <class... Parts>
std::string Concat(const Parts&... parts) {
  std::string out;
  (internal::AppendPart(out, parts), ...);
  return out;
}

// Without blanks, tabs and line ends at both ends.
std::string_view Trim(std::string_view text);

// The parts between the separators; one empty part for an empty text.
std::vector<std::string_view> Split(std::string_view text, char separator);

// A decimal number that is the whole text: digits, for signed types with a leading minus at most.
// False if it is anything else or does not fit.
template <std::integral T>
bool ParseNumber(std::string_view text, T* out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *out);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace registry
