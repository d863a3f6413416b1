#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/types/ip_address.h"

namespace registry::store {

class Connection;

// What RDAP's searches (RFC 9082 section 3.2, RFC 9536) ask the database for: where the objects are
// and what they are sorted by, a bounded number of them at a time, each kind by an index. The
// objects themselves are then read by ordinary look-ups.

// Texts that begin with `prefix`. If `suffix` is not empty it starts with a dot, and what follows
// the prefix has its first dot there: "exa*.org". `exact`: the text is `prefix`. In lower case
// (ASCII).
struct TextPattern {
  std::string prefix;
  std::string suffix;
  bool exact = false;
  friend bool operator==(const TextPattern&, const TextPattern&) = default;
};

struct KeyRange {
  int64_t first = 0;
  int64_t last = 0;  // included
  friend bool operator==(const KeyRange&, const KeyRange&) = default;
};

struct DomainsNamed {
  TextPattern name;
};
// Domains that use a host with such a name, or with this address.
struct DomainsOfHostsNamed {
  TextPattern name;
};
struct DomainsOfHostsWith {
  IpAddress address;
};
// Domains that use a contact for which all hold that are given, one at least of the first three.
struct DomainsOfContacts {
  std::optional<int64_t> key;
  std::optional<TextPattern> name;   // of the form that is published, whether it is or not
  std::optional<TextPattern> email;  // both without a suffix
  std::optional<char> role;          // in which: 'r', or a letter of ContactRole
};
struct HostsNamed {
  TextPattern name;
};
struct HostsWith {
  IpAddress address;
};
// Contacts by the name of the form that is published (whois/redaction.h), without a suffix.
// `published`: only those that disclose this name.
struct ContactsNamed {
  TextPattern name;
  bool published = true;
};
struct ContactsWithKeys {
  std::vector<KeyRange> keys;  // ascending, disjoint
  bool published = true;
};
using SearchFor =
    std::variant<DomainsNamed, DomainsOfHostsNamed, DomainsOfHostsWith, DomainsOfContacts,
                 HostsNamed, HostsWith, ContactsNamed, ContactsWithKeys>;

// Where an object stands among those of a search. DomainsNamed and HostsNamed: by name.
// ContactsNamed: by name in lower case, then key. All others: by key.
struct SearchPosition {
  std::string text;
  int64_t key = 0;
  friend auto operator<=>(const SearchPosition&, const SearchPosition&) = default;
};

struct ObjectSearch {
  SearchFor what;
  std::optional<SearchPosition> from;  // only what stands behind it, or before it if `backward`
  bool backward = false;               // in descending order
  int limit = 1;                       // objects at most
  int most_related = 100;              // hosts or contacts whose domains are searched
  int most_scanned = 10'000;           // names with the prefix that are tried for the suffix
};

struct FoundObject {
  SearchPosition position;
  std::string name;  // of a contact the one that ContactsNamed takes
  int64_t key = 0;
  absl::Time created;
  std::optional<absl::Time> updated;
  std::optional<absl::Time> transferred;
  std::optional<absl::Time> expires;  // of domains
};

struct FoundObjects {
  std::vector<FoundObject> objects;  // in order; those of HostsWith in none, and without `from`
  bool too_many_related = false;     // nothing was searched
  bool cut = false;                  // there may be more behind the last, which were not tried
};

// Over a connection that reads, be it of a standby. What takes longer than its statement_timeout
// fails (IsTooSlow).
absl::StatusOr<FoundObjects> FindObjects(Connection& connection, const ObjectSearch& search);

}  // namespace registry::store
