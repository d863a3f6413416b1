#include "whois/rdap_search_query.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "registry/types/domain_name.h"
#include "whois/rdap_request.h"

namespace whois {
namespace {

using registry::Concat;
using registry::DomainName;
using registry::store::TextPattern;

constexpr RdapError kBadSearch{400, "Bad Request",
                               "A search has exactly one search parameter, which is not empty."};
constexpr RdapError kTwice{400, "Bad Request", "A parameter of a search stands there once."};
constexpr RdapError kBadAddress{400, "Bad Request", "This is not an IP address."};
constexpr RdapError kBadCount{400, "Bad Request", "count is true, yes, 1, false, no or 0."};
constexpr RdapError kBadSort{400, "Bad Request",
                             "sort is a list of properties, each once, each perhaps with :a or :d; "
                             "/help lists them."};
constexpr RdapError kBadFieldSet{400, "Bad Request", "fieldSet is id, brief or full."};
constexpr RdapError kBadCursor{400, "Bad Request", "This cursor does not belong to this query."};
constexpr RdapError kBadProperty{
    400, "Bad Request",
    "The properties of a reverse search are handle, fn, email and role, each once; one of the "
    "first three is needed."};
constexpr RdapError kBadRole{400, "Bad Request",
                             "role is registrant, administrative, technical or billing."};
constexpr RdapError kBadPattern{
    422, "Unprocessable Content",
    "A pattern has one asterisk, at the end of a label, with nothing or whole labels behind it; "
    "what stands before it is in ASCII."};
constexpr RdapError kPatternNotAtEnd{422, "Unprocessable Content",
                                     "A pattern has one asterisk, at its end."};
constexpr RdapError kNoPattern{422, "Unprocessable Content", "A handle is searched exactly here."};

constexpr std::array kDomainSorts = {
    NamedPath{"name", "$.domainSearchResults[*].ldhName"},
    NamedPath{"registrationDate",
              R"($.domainSearchResults[*].events[?(@.eventAction=="registration")].eventDate)"},
    NamedPath{"lastChangedDate",
              R"($.domainSearchResults[*].events[?(@.eventAction=="last changed")].eventDate)"},
    NamedPath{"expirationDate",
              R"($.domainSearchResults[*].events[?(@.eventAction=="expiration")].eventDate)"},
    NamedPath{"transferDate",
              R"($.domainSearchResults[*].events[?(@.eventAction=="transfer")].eventDate)"}};
constexpr std::array kNameServerSorts = {
    NamedPath{"name", "$.nameserverSearchResults[*].ldhName"},
    NamedPath{"registrationDate",
              R"($.nameserverSearchResults[*].events[?(@.eventAction=="registration")].eventDate)"},
    NamedPath{
        "lastChangedDate",
        R"($.nameserverSearchResults[*].events[?(@.eventAction=="last changed")].eventDate)"}};
constexpr std::array kEntitySorts = {
    NamedPath{"fn", R"($.entitySearchResults[*].vcardArray[1][?(@[0]=="fn")][3])"},
    NamedPath{"handle", "$.entitySearchResults[*].handle"}};

constexpr std::array kReverseProperties = {
    NamedPath{"handle", "$.domainSearchResults[*].entities[*].handle"},
    NamedPath{"fn", R"($.domainSearchResults[*].entities[*].vcardArray[1][?(@[0]=="fn")][3])"},
    NamedPath{"email",
              R"($.domainSearchResults[*].entities[*].vcardArray[1][?(@[0]=="email")][3])"},
    NamedPath{"role", "$.domainSearchResults[*].entities[*].roles"}};

std::span<const std::string_view> SearchProperties(SearchedType type) {
  static constexpr std::array<std::string_view, 3> kDomains = {"name", "nsLdhName", "nsIp"};
  static constexpr std::array<std::string_view, 2> kNameServers = {"name", "ip"};
  static constexpr std::array<std::string_view, 2> kEntities = {"fn", "handle"};
  switch (type) {
    case SearchedType::kDomains:
      return kDomains;
    case SearchedType::kNameServers:
      return kNameServers;
    case SearchedType::kEntities:
      return kEntities;
  }
  return {};
}

// -- parameters --

struct Parameter {
  std::string_view key;
  std::string_view value;  // encoded
};
std::vector<Parameter> ParametersOf(std::string_view query) {
  std::vector<Parameter> parameters;
  for (std::string_view text : registry::Split(query, '&')) {
    if (text.empty()) continue;
    const size_t equals = std::min(text.find('='), text.size());
    parameters.push_back({text.substr(0, equals), text.substr(std::min(equals + 1, text.size()))});
  }
  return parameters;
}

// In a query string '+' stands for a blank.
std::optional<std::string> Decode(std::string_view text) {
  std::string blanks(text);
  std::replace(blanks.begin(), blanks.end(), '+', ' ');
  return PercentDecode(blanks);
}

std::string Lower(std::string_view text) {
  return absl::AsciiStrToLower({text.data(), text.size()});
}

using MaybeError = std::optional<RdapError>;

// -- patterns --

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isascii(static_cast<unsigned char>(c)); });
}

// Whole labels and perhaps the beginning of another.
bool BeginsName(std::string_view text) {
  constexpr size_t kMaxName = 253;
  constexpr size_t kMaxLabel = 63;
  if (text.empty()) return true;
  if (text.size() > kMaxName ||
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") != std::string_view::npos) {
    return false;
  }
  std::vector<std::string_view> labels = registry::Split(text, '.');
  const auto fits = [](std::string_view label) {
    return !label.empty() && label.size() <= kMaxLabel && label.front() != '-';
  };
  if (labels.back().empty()) labels.pop_back();
  return std::all_of(labels.begin(), labels.end(), fits);
}

MaybeError ParseName(std::string_view text, TextPattern& pattern) {
  const size_t star = text.find('*');
  if (star == std::string_view::npos) {
    auto name = DomainName::FromUnicode(text);
    if (!name) return kBadName;
    pattern = {name->text(), "", /*exact=*/true};
    return std::nullopt;
  }
  const std::string_view before = text.substr(0, star);
  const std::string_view behind = text.substr(star + 1);
  if (behind.find('*') != std::string_view::npos) return kBadPattern;
  if (!behind.empty() && behind.front() != '.') return kBadPattern;
  if (!IsAscii(before)) return kBadPattern;
  pattern = {Lower(before), "", /*exact=*/false};
  if (!BeginsName(pattern.prefix)) return kBadName;
  if (behind.empty()) return std::nullopt;
  auto name = DomainName::FromUnicode(Concat("x", behind));
  if (!name) return kBadName;
  pattern.suffix = name->text().substr(1);
  return std::nullopt;
}

MaybeError ParseText(std::string_view text, TextPattern& pattern) {
  const size_t star = text.find('*');
  pattern = {std::string(text.substr(0, star)), "", star == std::string_view::npos};
  if (!pattern.exact && star + 1 != text.size()) return kPatternNotAtEnd;
  return std::nullopt;
}

MaybeError ParseFoldedText(std::string_view text, TextPattern& pattern) {
  return ParseText(Lower(text), pattern);
}

MaybeError ParseSearched(std::string_view text, RdapSearch& search) {
  if (search.property == "nsIp" || search.property == "ip") {
    auto address = registry::IpAddress::ParseAny(text);
    if (!address) return kBadAddress;
    search.address = *address;
    return std::nullopt;
  }
  if (search.property == "fn") return ParseFoldedText(text, search.pattern);
  if (search.property == "handle") return ParseText(text, search.pattern);
  return ParseName(text, search.pattern);
}

// -- what every search may have --

MaybeError ParseCount(std::string_view text, RdapSearch& search) {
  constexpr std::array<std::string_view, 3> kYes = {"true", "yes", "1"};
  constexpr std::array<std::string_view, 3> kNo = {"false", "no", "0"};
  search.count = std::find(kYes.begin(), kYes.end(), text) != kYes.end();
  if (search.count || std::find(kNo.begin(), kNo.end(), text) != kNo.end()) return std::nullopt;
  return kBadCount;
}

MaybeError ParseSort(std::string_view text, RdapSearch& search) {
  for (std::string_view item : registry::Split(text, ',')) {
    const size_t colon = item.find(':');
    const std::string_view name = item.substr(0, colon);
    const std::string_view direction = colon == item.npos ? ":a" : item.substr(colon);
    if (direction != ":a" && direction != ":d") return kBadSort;
    const auto offered = SortProperties(search.type);
    const auto property = std::find_if(offered.begin(), offered.end(),
                                       [&](const NamedPath& p) { return p.name == name; });
    if (property == offered.end()) return kBadSort;
    for (const SortKey& key : search.sort) {
      if (key.property == name) return kBadSort;
    }
    search.sort.push_back({property->name, direction == ":d"});
  }
  return std::nullopt;
}

MaybeError ParseFieldSet(std::string_view text, RdapSearch& search) {
  if (text == "id") {
    search.field_set = FieldSet::kId;
  } else if (text == "brief") {
    search.field_set = FieldSet::kBrief;
  } else if (text == "full") {
    search.field_set = FieldSet::kFull;
  } else {
    return kBadFieldSet;
  }
  return std::nullopt;
}

// Takes the parameters of paging, sorting and partial responses off the list. The cursor comes
// last: it belongs to all that was said.
class Common {
 public:
  explicit Common(std::vector<Parameter>& parameters) {
    std::erase_if(parameters, [this](const Parameter& parameter) {
      for (Known& known : known_) {
        if (parameter.key != known.key) continue;
        repeated_ = repeated_ || known.value.has_value();
        known.value = parameter.value;
        return true;
      }
      return false;
    });
  }

  MaybeError Parse(RdapSearch& search) const {
    if (repeated_) return kTwice;
    for (const Known& known : known_) {
      if (!known.value) continue;
      const std::optional<std::string> text = Decode(*known.value);
      if (!text) return kBadEncoding;
      if (MaybeError error = known.parse(*text, search)) return error;
    }
    return std::nullopt;
  }

 private:
  static MaybeError ParseCursorOf(std::string_view text, RdapSearch& search) {
    search.cursor = ParseCursor(text, IdentityOf(search));
    return search.cursor ? MaybeError() : kBadCursor;
  }

  struct Known {
    std::string_view key;
    MaybeError (*parse)(std::string_view, RdapSearch&);
    std::optional<std::string_view> value;
  };
  std::array<Known, 4> known_ = {Known{"count", ParseCount, {}}, Known{"sort", ParseSort, {}},
                                 Known{"fieldSet", ParseFieldSet, {}},
                                 Known{"cursor", ParseCursorOf, {}}};
  bool repeated_ = false;
};

// -- reverse search --

MaybeError ParseRole(std::string_view text, ReverseSearch& reverse) {
  constexpr std::array<std::pair<std::string_view, char>, 4> kRoles = {
      {{"registrant", 'r'}, {"administrative", 'a'}, {"technical", 't'}, {"billing", 'b'}}};
  for (const auto& [name, letter] : kRoles) {
    if (name == text) reverse.role = letter;
  }
  return reverse.role ? MaybeError() : kBadRole;
}

MaybeError ParseProperty(std::string_view key, std::string_view text, ReverseSearch& reverse) {
  if (text.empty()) return kBadProperty;
  if (key == "handle" && !reverse.handle) {
    if (text.find('*') != std::string_view::npos) return kNoPattern;
    reverse.handle = text;
    return std::nullopt;
  }
  if (key == "fn" && !reverse.fn) return ParseFoldedText(text, reverse.fn.emplace());
  if (key == "email" && !reverse.email) return ParseFoldedText(text, reverse.email.emplace());
  if (key == "role" && !reverse.role) return ParseRole(text, reverse);
  return kBadProperty;
}

std::string TextOf(const TextPattern& pattern) {
  return Concat(pattern.prefix, pattern.exact ? "" : "*", pattern.suffix);
}

}  // namespace

bool Matches(const TextPattern& pattern, std::string_view text) {
  if (pattern.exact) return text == pattern.prefix;
  if (!text.starts_with(pattern.prefix)) return false;
  if (pattern.suffix.empty()) return true;
  text.remove_prefix(pattern.prefix.size());
  const size_t dot = text.find('.');
  return dot != std::string_view::npos && text.substr(dot) == pattern.suffix;
}

std::span<const NamedPath> SortProperties(SearchedType type) {
  switch (type) {
    case SearchedType::kDomains:
      return kDomainSorts;
    case SearchedType::kNameServers:
      return kNameServerSorts;
    case SearchedType::kEntities:
      return kEntitySorts;
  }
  return {};
}

std::span<const NamedPath> ReverseProperties() { return kReverseProperties; }

std::string IdentityOf(const RdapSearch& search) {
  std::string identity =
      Concat(static_cast<int>(search.type), "\n", search.property, "\n",
             search.address ? search.address->ToString() : "", "\n", TextOf(search.pattern), "\n");
  if (const auto& reverse = search.reverse) {
    identity += Concat(reverse->handle.value_or(""), "\n", reverse->fn ? TextOf(*reverse->fn) : "",
                       "\n", reverse->email ? TextOf(*reverse->email) : "", "\n",
                       std::string(1, reverse->role.value_or(' ')), "\n");
  }
  for (const SortKey& key : search.sort) {
    identity += Concat(key.property, key.descending ? ":d," : ":a,");
  }
  return identity;
}

ParsedSearch ParseRdapSearch(SearchedType type, std::string_view query) {
  RdapSearch search;
  search.type = type;
  std::vector<Parameter> parameters = ParametersOf(query);
  const Common common(parameters);
  std::optional<std::string_view> value;
  for (const Parameter& parameter : parameters) {
    for (std::string_view property : SearchProperties(type)) {
      if (parameter.key != property) continue;
      if (value) return kBadSearch;
      search.property = property;
      value = parameter.value;
    }
  }
  if (!value) return kBadSearch;
  const std::optional<std::string> text = Decode(*value);
  if (!text) return kBadEncoding;
  if (text->empty()) return kBadSearch;
  if (MaybeError error = ParseSearched(*text, search)) return *error;
  if (MaybeError error = common.Parse(search)) return *error;
  return search;
}

ParsedSearch ParseReverseSearch(std::string_view query) {
  RdapSearch search;
  ReverseSearch& reverse = search.reverse.emplace();
  std::vector<Parameter> parameters = ParametersOf(query);
  const Common common(parameters);
  for (const Parameter& parameter : parameters) {
    const std::optional<std::string> text = Decode(parameter.value);
    if (!text) return kBadEncoding;
    if (MaybeError error = ParseProperty(parameter.key, *text, reverse)) return *error;
  }
  if (!reverse.handle && !reverse.fn && !reverse.email) return kBadProperty;
  if (MaybeError error = common.Parse(search)) return *error;
  return search;
}

}  // namespace whois
