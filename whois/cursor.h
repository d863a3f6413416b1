#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "registry/store/object_search.h"

namespace whois {

// What objects are sorted by: an instant in milliseconds since 1970, or a text.
using SortValue = std::variant<int64_t, std::string>;

// Where a page of results begins or ends (RFC 8977 section 2.4). It names the last object seen, not
// a number of objects, so that a walk neither repeats nor skips others when objects come and go.
struct Cursor {
  int page = 1;           // its number, from 1
  bool backward = false;  // the page before the object, not the one behind it
  registry::store::SearchPosition position;
  std::vector<SortValue> values;  // of the object, one for each property in the order
  friend bool operator==(const Cursor&, const Cursor&) = default;
};

// Letters, digits, '-' and '_'. `query` says what is searched and in which order: a cursor is good
// for no other. It holds nothing that its page did not show, so it needs no secret.
std::string FormatCursor(const Cursor& cursor, std::string_view query);
// None: it is not one that FormatCursor made for this query.
std::optional<Cursor> ParseCursor(std::string_view text, std::string_view query);

}  // namespace whois
