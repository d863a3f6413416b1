#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "registry/store/object_search.h"
#include "registry/types/ip_address.h"
#include "whois/cursor.h"
#include "whois/rdap_error.h"

// What searches ask for: RFC 9082 section 3.2, RFC 8977 (count, sort, cursor), RFC 8982 (fieldSet),
// RFC 9536 (reverse search).
namespace whois {

// Is the text, in lower case, one of those?
bool Matches(const registry::store::TextPattern& pattern, std::string_view text);

enum class SearchedType : uint8_t { kDomains, kNameServers, kEntities };
enum class FieldSet : uint8_t { kId, kBrief, kFull };

struct NamedPath {
  std::string_view name;       // of a property, as registered with IANA
  std::string_view json_path;  // where its values stand in an answer
};
// The properties by which results can be sorted, RFC 8977 section 2.3.1.
std::span<const NamedPath> SortProperties(SearchedType type);

struct SortKey {
  std::string_view property;  // of SortProperties
  bool descending = false;
  friend bool operator==(const SortKey&, const SortKey&) = default;
};

// Domains by the contacts that they use: all that is given must hold, `handle`, `fn` or `email` is.
struct ReverseSearch {
  std::optional<std::string> handle;
  std::optional<registry::store::TextPattern> fn;
  std::optional<registry::store::TextPattern> email;
  std::optional<char> role;  // as DomainsOfContacts has it
};
// The properties of reverse search, RFC 9536 section 8.
std::span<const NamedPath> ReverseProperties();

struct RdapSearch {
  SearchedType type = SearchedType::kDomains;
  // name, nsLdhName, nsIp; name, ip; fn, handle. Empty: a reverse search.
  std::string_view property;
  registry::store::TextPattern pattern;        // of a handle in the case in which it was written
  std::optional<registry::IpAddress> address;  // for nsIp and ip, instead of a pattern
  std::optional<ReverseSearch> reverse;
  std::vector<SortKey> sort;  // as it was asked for; each property once
  bool count = false;
  FieldSet field_set = FieldSet::kFull;
  std::optional<Cursor> cursor;
};

// What is searched for and how it is sorted, for cursors: other parameters may change on a walk.
std::string IdentityOf(const RdapSearch& search);

// `query`: what stands behind the question mark. Unknown parameters are ignored, save in a reverse
// search, where any other parameter is a property that is not offered. 400 if malformed, 422 for a
// pattern of a style that is not offered.
using ParsedSearch = std::variant<RdapError, RdapSearch>;
ParsedSearch ParseRdapSearch(SearchedType type, std::string_view query);
ParsedSearch ParseReverseSearch(std::string_view query);

}  // namespace whois
