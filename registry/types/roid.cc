#include "registry/types/roid.h"

#include <algorithm>

#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/types/reasons.h"

namespace registry {
namespace {

constexpr std::string_view kKinds = "DHCO";

}  // namespace

std::string FormatRoid(ObjectKind kind, int64_t number, std::string_view repository_id) {
  const char letter[] = {static_cast<char>(kind), '\0'};
  return Concat(letter, number, "-", repository_id);
}

bool IsRepositoryId(std::string_view text) {
  constexpr size_t kLongest = 8;
  if (text.empty() || text.size() > kLongest) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
}

Outcome<ParsedRoid> ParseRoid(std::string_view text, std::string_view repository_id) {
  const Rejection malformed = Reject(kRoidSyntax, Excerpt(text));
  const size_t hyphen = text.find('-');
  if (text.empty() || hyphen == std::string_view::npos) return malformed;
  if (kKinds.find(text[0]) == std::string_view::npos) return malformed;
  if (text.substr(hyphen + 1) != repository_id) return malformed;
  const std::string_view digits = text.substr(1, hyphen - 1);
  ParsedRoid roid{static_cast<ObjectKind>(text[0]), 0};
  if (digits.starts_with('0') || !ParseNumber(digits, &roid.number)) return malformed;
  if (roid.number <= 0) return malformed;
  return roid;
}

}  // namespace registry
