#include "registry/store/object_search.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <utility>

#include "registry/base/text.h"
#include "registry/store/connection.h"

namespace registry::store {
namespace {

constexpr int64_t kLastKey = std::numeric_limits<int64_t>::max();

// All texts that begin with the prefix are at least `first` and below `end`, by octets. No text of
// ours has U+0000 or U+10FFFF.
struct TextRange {
  std::string first;
  std::string end;
};
std::string JustBehind(std::string text) { return std::move(text) + '\x01'; }

TextRange RangeOf(const TextPattern& pattern) {
  if (pattern.exact) return {pattern.prefix, JustBehind(pattern.prefix)};
  return {pattern.prefix, Concat(pattern.prefix, "\U0010FFFF")};
}

// A statement in both directions.
struct Both {
  Statement forward;
  Statement backward;
  const Statement& Of(const ObjectSearch& search) const {
    return search.backward ? backward : forward;
  }
};

// -- names of domains and hosts --

constexpr char kDomainColumns[] = "id, name, created, updated, transferred, expires";
constexpr char kHostColumns[] =
    "id, name, created, updated, transferred, NULL::timestamptz AS expires";

std::string ByName(std::string_view columns, std::string_view table, bool backward) {
  return Concat("SELECT ", columns, " FROM ", table,
                " WHERE name >= $1::text AND name < $2::text ORDER BY name",
                backward ? " DESC" : "", " LIMIT $3::int8");
}

// $4: the suffix; $5: the length of the prefix.
std::string BySuffixToo(std::string_view columns, std::string_view table, bool backward) {
  return Concat(
      "SELECT * FROM (", ByName(columns, table, backward),
      ") named WHERE substr(name, $5::int4 + 1 + greatest(0, strpos(substr(name, $5::int4 "
      "+ 1), '.') - 1)) = $4::text ORDER BY name",
      backward ? " DESC" : "", " LIMIT $6::int8");
}

struct NameStatements {
  Both plain;
  Both suffix;
  Statement count;
};

NameStatements StatementsFor(const char* columns, const char* table,
                             std::array<const char*, 5> names) {
  return {{{names[0], ByName(columns, table, false)}, {names[1], ByName(columns, table, true)}},
          {{names[2], BySuffixToo(columns, table, false)},
           {names[3], BySuffixToo(columns, table, true)}},
          {names[4], Concat("SELECT count(*) FROM (SELECT FROM ", table,
                            " WHERE name >= $1::text AND name < $2::text LIMIT $3::int8) named")}};
}

const NameStatements& Domains() {
  static const NameStatements statements =
      StatementsFor(kDomainColumns, "domains",
                    {"search_domains", "search_domains_back", "search_domains_suffix",
                     "search_domains_suffix_back", "count_domains"});
  return statements;
}

const NameStatements& Hosts() {
  static const NameStatements statements =
      StatementsFor(kHostColumns, "hosts",
                    {"search_hosts", "search_hosts_back", "search_hosts_suffix",
                     "search_hosts_suffix_back", "count_hosts"});
  return statements;
}

FoundObject Read(RowReader row) {
  FoundObject found;
  found.key = row.Int8();
  found.name = row.Text();
  found.created = row.Time();
  found.updated = row.OptionalTime();
  found.transferred = row.OptionalTime();
  found.expires = row.OptionalTime();
  return found;
}

enum class PositionBy { kName, kKey, kNameAndKey };

SearchPosition PositionOf(const FoundObject& found, PositionBy by) {
  switch (by) {
    case PositionBy::kName:
      return {found.name, 0};
    case PositionBy::kKey:
      return {"", found.key};
    case PositionBy::kNameAndKey:
      return {found.name, found.key};
  }
  return {};
}

absl::StatusOr<FoundObjects> Run(Connection& connection, const Statement& statement,
                                 const Parameters& parameters, PositionBy by) {
  absl::StatusOr<Result> result = connection.Run(statement, parameters);
  if (!result.ok()) return result.status();
  FoundObjects found;
  for (int i = 0; i < result->rows(); ++i) {
    found.objects.push_back(Read(result->Row(i)));
    found.objects.back().position = PositionOf(found.objects.back(), by);
  }
  return found;
}

absl::StatusOr<FoundObjects> FindNamed(Connection& connection, const NameStatements& statements,
                                       const TextPattern& pattern, const ObjectSearch& search) {
  TextRange range = RangeOf(pattern);
  // Wherever the walk is said to stand, nothing outside the pattern is found.
  if (search.from && search.backward) {
    range.end = std::min(range.end, search.from->text);
  } else if (search.from) {
    range.first = std::max(range.first, JustBehind(search.from->text));
  }
  Parameters parameters;
  parameters.Add(range.first).Add(range.end);
  if (pattern.suffix.empty()) {
    parameters.Add(int64_t{search.limit});
    return Run(connection, statements.plain.Of(search), parameters, PositionBy::kName);
  }
  Parameters scanned = parameters;
  scanned.Add(int64_t{search.most_scanned} + 1);
  parameters.Add(int64_t{search.most_scanned})
      .Add(pattern.suffix)
      .Add(static_cast<int32_t>(pattern.prefix.size()))
      .Add(int64_t{search.limit});
  auto found = Run(connection, statements.suffix.Of(search), parameters, PositionBy::kName);
  if (!found.ok() || std::ssize(found->objects) == search.limit) return found;
  absl::StatusOr<Result> count = connection.Run(statements.count, scanned);
  if (!count.ok()) return count.status();
  found->cut = count->Row(0).Int8() > search.most_scanned;
  return found;
}

// -- domains by what they use --

struct Related {
  std::vector<int64_t> keys;
  bool too_many = false;
};

// The statement gives keys.
absl::StatusOr<Related> ReadRelated(Connection& connection, const Statement& statement,
                                    const Parameters& parameters, const ObjectSearch& search) {
  absl::StatusOr<Result> result = connection.Run(statement, parameters);
  if (!result.ok()) return result.status();
  Related related;
  related.too_many = result->rows() > search.most_related;
  for (int i = 0; i < result->rows(); ++i) related.keys.push_back(result->Row(i).Int8());
  return related;
}

absl::StatusOr<Related> HostsNamedSo(Connection& connection, const TextPattern& name,
                                     const ObjectSearch& search) {
  ObjectSearch hosts;
  hosts.limit = search.most_related + 1;
  hosts.most_scanned = search.most_scanned;
  absl::StatusOr<FoundObjects> found = FindNamed(connection, Hosts(), name, hosts);
  if (!found.ok()) return found.status();
  Related related;
  related.too_many = found->cut || std::ssize(found->objects) > search.most_related;
  for (const FoundObject& host : found->objects) related.keys.push_back(host.key);
  return related;
}

absl::StatusOr<Related> HostsAt(Connection& connection, const IpAddress& address,
                                const ObjectSearch& search) {
  static const Statement statement{
      "search_host_keys_by_address",
      "SELECT id FROM hosts WHERE addresses @> ARRAY[$1::inet] AND addresses <> '{}' "
      "LIMIT $2::int8"};
  const Parameters parameters = Parameters().Add(address).Add(int64_t{search.most_related} + 1);
  return ReadRelated(connection, statement, parameters, search);
}

// Written as the indexes have it.
constexpr char kShownName[] =
    "(shown_name(international, localized, disclose_flag, disclose_fields) COLLATE \"C\")";
constexpr char kShowsName[] =
    "shows_name(international, localized, disclose_flag, disclose_fields)";
constexpr char kEmail[] = "lower(email COLLATE \"C\")";

// $1 the most, $2 key, $3 and $4 range of the e-mail, $5 and $6 range of the name.
std::string ContactKeys(std::string_view by) {
  return Concat("SELECT id FROM contacts WHERE ", by, " AND ($2::int8 IS NULL OR id = $2::int8) ",
                "AND ($3::text IS NULL OR ", kEmail, " >= $3::text AND ", kEmail, " < $4::text) ",
                "AND ($5::text IS NULL OR ", kShownName, " >= $5::text AND ", kShownName,
                " < $6::text) LIMIT $1::int8");
}

absl::StatusOr<Related> ContactsFor(Connection& connection, const DomainsOfContacts& wanted,
                                    const ObjectSearch& search) {
  static const Statement by_key{"search_contact_keys_by_key", ContactKeys("id = $2::int8")};
  static const Statement by_email{
      "search_contact_keys_by_email",
      ContactKeys(Concat(kEmail, " >= $3::text AND ", kEmail, " < $4::text"))};
  static const Statement by_name{
      "search_contact_keys_by_name",
      ContactKeys(Concat(kShowsName, " = ANY('{0,1}'::int4[]) AND ", kShownName,
                         " >= $5::text AND ", kShownName, " < $6::text"))};
  Parameters parameters;
  parameters.Add(int64_t{search.most_related} + 1).Add(wanted.key);
  for (const auto& pattern : {wanted.email, wanted.name}) {
    std::optional<std::string_view> first, end;
    const TextRange range = pattern ? RangeOf(*pattern) : TextRange();
    if (pattern) first = range.first, end = range.end;
    parameters.Add(first).Add(end);
  }
  const Statement& statement = wanted.key ? by_key : wanted.email ? by_email : by_name;
  return ReadRelated(connection, statement, parameters, search);
}

// $1 what they use, $2 the bound of keys, $3 the most, $4 the role in which.
std::string DomainsUsing(bool backward) {
  const std::string_view order = backward ? " DESC" : "";
  return Concat(
      "SELECT DISTINCT ON (id) * FROM (SELECT d.* FROM unnest($1::int8[]) AS u(target) "
      "CROSS JOIN LATERAL (SELECT ",
      "d.id, d.name, d.created, d.updated, d.transferred, d.expires FROM links l "
      "JOIN domains d ON d.id = l.domain WHERE l.target = u.target AND l.domain ",
      backward ? "<" : ">",
      " $2::int8 AND CASE WHEN $4::text IS NULL THEN true WHEN $4::text = 'r' THEN d.registrant = "
      "u.target ELSE EXISTS (SELECT FROM unnest(d.contacts, string_to_array(d.contact_roles, "
      "NULL)) AS c(contact, role) WHERE c.contact = u.target AND c.role = $4::text) END "
      "ORDER BY l.domain",
      order, " LIMIT $3::int8) d) found ORDER BY id", order, " LIMIT $3::int8");
}

absl::StatusOr<FoundObjects> FindUsing(Connection& connection, absl::StatusOr<Related> related,
                                       std::optional<char> role, const ObjectSearch& search) {
  static const Both statements{{"search_domains_using", DomainsUsing(false)},
                               {"search_domains_using_back", DomainsUsing(true)}};
  if (!related.ok()) return related.status();
  FoundObjects found;
  found.too_many_related = related->too_many;
  if (related->too_many || related->keys.empty()) return found;
  Int8s keys;
  for (int64_t key : related->keys) keys.Add(key);
  const int64_t everything = search.backward ? kLastKey : 0;
  const std::string letter = role ? std::string(1, *role) : std::string();
  std::optional<std::string_view> in_role;
  if (role) in_role = letter;
  Parameters parameters;
  parameters.Add(keys)
      .Add(search.from ? search.from->key : everything)
      .Add(int64_t{search.limit})
      .Add(in_role);
  return Run(connection, statements.Of(search), parameters, PositionBy::kKey);
}

// -- hosts by address, contacts --

absl::StatusOr<FoundObjects> FindHostsAt(Connection& connection, const IpAddress& address,
                                         const ObjectSearch& search) {
  static const Statement statement{
      "search_hosts_by_address",
      Concat("SELECT ", kHostColumns,
             " FROM hosts WHERE addresses @> ARRAY[$1::inet] AND addresses <> '{}' "
             "LIMIT $2::int8")};
  const Parameters parameters = Parameters().Add(address).Add(int64_t{search.limit});
  return Run(connection, statement, parameters, PositionBy::kName);
}

std::string ContactColumns() {
  return Concat("id, ", kShownName,
                " AS name, created, updated, transferred, NULL::timestamptz AS expires");
}

// $1 and $2 the range of the name, $3 and $4 where to begin, $5 the most.
std::string ContactsByName(std::string_view shows, bool backward) {
  const std::string_view order = backward ? " DESC" : "";
  return Concat("SELECT ", ContactColumns(), " FROM contacts WHERE ", kShowsName, " = ", shows,
                " AND ", kShownName, " >= $1::text AND ", kShownName, " < $2::text AND (",
                kShownName, ", id) ", backward ? "<" : ">", " ($3::text, $4::int8) ORDER BY ",
                kShownName, order, ", id", order, " LIMIT $5::int8");
}

std::string AllContactsByName(bool backward) {
  const std::string_view order = backward ? " DESC" : "";
  return Concat("SELECT * FROM ((", ContactsByName("0", backward), ") UNION ALL (",
                ContactsByName("1", backward), ")) named ORDER BY name COLLATE \"C\"", order,
                ", id", order, " LIMIT $5::int8");
}

absl::StatusOr<FoundObjects> FindContactsNamed(Connection& connection, const ContactsNamed& wanted,
                                               const ObjectSearch& search) {
  static const Both published{{"search_contacts", ContactsByName("1", false)},
                              {"search_contacts_back", ContactsByName("1", true)}};
  static const Both all{{"search_all_contacts", AllContactsByName(false)},
                        {"search_all_contacts_back", AllContactsByName(true)}};
  const TextRange range = RangeOf(wanted.name);
  const SearchPosition everything =
      search.backward ? SearchPosition{range.end, kLastKey} : SearchPosition();
  const SearchPosition from = search.from.value_or(everything);
  Parameters parameters;
  parameters.Add(range.first)
      .Add(range.end)
      .Add(from.text)
      .Add(from.key)
      .Add(int64_t{search.limit});
  const Both& statements = wanted.published ? published : all;
  return Run(connection, statements.Of(search), parameters, PositionBy::kNameAndKey);
}

// $1 and $2 the ranges, $3 the bound, $4 the most.
std::string ContactsByKey(bool published, bool backward) {
  const std::string_view order = backward ? " DESC" : "";
  return Concat("SELECT * FROM (SELECT c.* FROM unnest($1::int8[], $2::int8[]) AS r(first, last) ",
                "CROSS JOIN LATERAL (SELECT ", ContactColumns(),
                " FROM contacts WHERE id >= r.first AND id <= r.last AND id ", backward ? "<" : ">",
                " $3::int8", published ? Concat(" AND ", kShowsName, " = 1") : std::string(),
                " ORDER BY id", order, " LIMIT $4::int8) c) found ORDER BY id", order,
                " LIMIT $4::int8");
}

absl::StatusOr<FoundObjects> FindContactsWithKeys(Connection& connection,
                                                  const ContactsWithKeys& wanted,
                                                  const ObjectSearch& search) {
  static const Both published{{"search_contact_keys", ContactsByKey(true, false)},
                              {"search_contact_keys_back", ContactsByKey(true, true)}};
  static const Both all{{"search_all_contact_keys", ContactsByKey(false, false)},
                        {"search_all_contact_keys_back", ContactsByKey(false, true)}};
  Int8s first, last;
  for (const KeyRange& range : wanted.keys) {
    first.Add(range.first);
    last.Add(range.last);
  }
  const int64_t everything = search.backward ? kLastKey : 0;
  Parameters parameters;
  parameters.Add(first)
      .Add(last)
      .Add(search.from ? search.from->key : everything)
      .Add(int64_t{search.limit});
  const Both& statements = wanted.published ? published : all;
  return Run(connection, statements.Of(search), parameters, PositionBy::kKey);
}

class Finder {
 public:
  Finder(Connection& connection, const ObjectSearch& search)
      : connection_(connection), search_(search) {}

  using Found = absl::StatusOr<FoundObjects>;
  Found operator()(const DomainsNamed& wanted) {
    return FindNamed(connection_, Domains(), wanted.name, search_);
  }
  Found operator()(const DomainsOfHostsNamed& wanted) {
    return FindUsing(connection_, HostsNamedSo(connection_, wanted.name, search_), {}, search_);
  }
  Found operator()(const DomainsOfHostsWith& wanted) {
    return FindUsing(connection_, HostsAt(connection_, wanted.address, search_), {}, search_);
  }
  Found operator()(const DomainsOfContacts& wanted) {
    return FindUsing(connection_, ContactsFor(connection_, wanted, search_), wanted.role, search_);
  }
  Found operator()(const HostsNamed& wanted) {
    return FindNamed(connection_, Hosts(), wanted.name, search_);
  }
  Found operator()(const HostsWith& wanted) {
    return FindHostsAt(connection_, wanted.address, search_);
  }
  Found operator()(const ContactsNamed& wanted) {
    return FindContactsNamed(connection_, wanted, search_);
  }
  Found operator()(const ContactsWithKeys& wanted) {
    return FindContactsWithKeys(connection_, wanted, search_);
  }

 private:
  Connection& connection_;
  const ObjectSearch& search_;
};

}  // namespace

absl::StatusOr<FoundObjects> FindObjects(Connection& connection, const ObjectSearch& search) {
  return std::visit(Finder(connection, search), search.what);
}

}  // namespace registry::store
