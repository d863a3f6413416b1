#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/model/registrar.h"
#include "registry/store/object_search.h"
#include "whois/cursor.h"
#include "whois/rdap_search_query.h"

// Which of the objects that a search finds stand on a page, and in which order (RFC 8977).
namespace whois {

// An object that may be shown: its place, and what it is sorted by.
struct Candidate {
  registry::store::FoundObject found;
  std::string handle;                              // of an entity
  const registry::Registrar* registrar = nullptr;  // the entity is one; lives in the directory
};

// By `keys`, then by position. Without keys: by position, perhaps from the last to the first.
struct SearchOrder {
  std::vector<SortKey> keys;
  bool descending = false;
};
SearchOrder OrderOf(const RdapSearch& search);
// The property by which a search's results are sorted if it asks for nothing: what their positions
// are made of. Empty: by none that has a name.
std::string_view NaturalSort(const RdapSearch& search);

// The values of an object that come first in the order. One that it does not have stands behind
// all others.
std::vector<SortValue> ValuesOf(const Candidate& candidate, const SearchOrder& order);

struct SearchPage {
  std::vector<Candidate> items;
  bool before = false;  // there are more before the first
  bool behind = false;  // there are more behind the last
};

// The page at the cursor (none: the first) of all that was found, `all` in no order.
SearchPage PageOf(std::vector<Candidate> all, const SearchOrder& order,
                  const std::optional<Cursor>& cursor, size_t size);

// The same of candidates that were read from the cursor on, in the direction of the walk, one more
// than the page has if there are so many.
SearchPage PageOfWalk(std::vector<Candidate> read, const std::optional<Cursor>& cursor,
                      size_t size);

// Leads to the page behind this one, or before it. It has an item on that end.
Cursor CursorBehind(const SearchPage& page, const SearchOrder& order, int page_number);
Cursor CursorBefore(const SearchPage& page, const SearchOrder& order, int page_number);

}  // namespace whois
