#include "whois/rdap_request.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"

namespace whois {
namespace {

using registry::DomainName;

constexpr RdapError kBadPath{400, "Bad Request",
                             "A query is /domain/NAME, /nameserver/NAME, /entity/HANDLE, a search "
                             "or /help, which describes all."};
constexpr RdapError kNothingHere{404, "Not Found", "There is nothing here; see /help."};

std::string_view WithoutPrefix(std::string_view text, std::string_view prefix) {
  text.remove_prefix(prefix.size());
  return text;
}

bool StartsWithIgnoringCase(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(),
                    [](char a, char b) { return a == absl::ascii_tolower(b); });
}

// Absolute form (RFC 9112 section 3.2.2) without scheme and authority.
std::string_view OriginForm(std::string_view target) {
  for (std::string_view scheme : {"http://", "https://"}) {
    if (!StartsWithIgnoringCase(target, scheme)) continue;
    target = WithoutPrefix(target, scheme);
    const size_t path = target.find_first_of("/?");
    return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
  }
  return target;
}

TargetParts SplitTarget(std::string_view target) {
  target = target.substr(0, target.find('#'));
  const size_t mark = target.find('?');
  if (mark == std::string_view::npos) return {target, {}};
  return {target.substr(0, mark), target.substr(mark + 1)};
}

// "/rdap/domain/x" and "/rdap" are below "/rdap", "/rdapper" is not.
std::string_view BelowBase(std::string_view path, std::string_view base_path) {
  if (base_path.empty() || !path.starts_with(base_path)) return path;
  const std::string_view rest = WithoutPrefix(path, base_path);
  return rest.empty() || rest.front() == '/' ? rest : path;
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsEscape(std::string_view text, size_t i) {
  return text.size() - i >= 3 && text[i] == '%' && HexValue(text[i + 1]) >= 0 &&
         HexValue(text[i + 2]) >= 0;
}

template <class Found>
RdapQuery ByName(std::string_view segment) {
  const std::optional<std::string> text = PercentDecode(segment);
  if (!text) return kBadEncoding;
  auto name = DomainName::FromUnicode(*text);
  if (!name) return kBadName;
  return Found{*std::move(name)};
}

RdapQuery ByHandle(std::string_view segment) {
  std::optional<std::string> handle = PercentDecode(segment);
  if (!handle) return kBadEncoding;
  return RdapEntity{*std::move(handle)};
}

// A search, of one segment or of reverse search's three. None: it is none.
std::optional<ParsedSearch> Search(const std::vector<std::string_view>& segments,
                                   std::string_view query) {
  const bool short_form = segments.size() == 1 || (segments.size() == 2 && segments[1].empty());
  const std::string_view type = segments[0];
  if (short_form && type == "domains") return ParseRdapSearch(SearchedType::kDomains, query);
  if (short_form && type == "nameservers") {
    return ParseRdapSearch(SearchedType::kNameServers, query);
  }
  if (short_form && type == "entities") return ParseRdapSearch(SearchedType::kEntities, query);
  const bool reverse = segments.size() == 3 && type == "domains" &&
                       segments[1] == "reverse_search" && segments[2] == "entity";
  return reverse ? std::optional(ParseReverseSearch(query)) : std::nullopt;
}

}  // namespace

std::optional<std::string> PercentDecode(std::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
    } else if (IsEscape(text, i)) {
      decoded += static_cast<char>(HexValue(text[i + 1]) * 16 + HexValue(text[i + 2]));
      i += 2;
    } else {
      return std::nullopt;
    }
  }
  if (!registry::PrintableLength(decoded)) return std::nullopt;
  return decoded;
}

TargetParts TargetOf(std::string_view target, std::string_view base_path) {
  const TargetParts parts = SplitTarget(OriginForm(target));
  return {BelowBase(parts.path, base_path), parts.query};
}

std::optional<std::string_view> ParameterOf(std::string_view query, std::string_view name) {
  for (std::string_view parameter : registry::Split(query, '&')) {
    const size_t equals = std::min(parameter.find('='), parameter.size());
    if (parameter.substr(0, equals) != name) continue;
    return parameter.substr(std::min(equals + 1, parameter.size()));
  }
  return std::nullopt;
}

std::optional<std::string> DecodeParameter(std::string_view value) {
  std::string blanks(value);
  std::replace(blanks.begin(), blanks.end(), '+', ' ');
  return PercentDecode(blanks);
}

RdapQuery ParseRdapTarget(std::string_view target, std::string_view base_path) {
  const auto [path, query] = TargetOf(target, base_path);
  if (path.empty() || path == "/") return kNothingHere;
  if (path.front() != '/') return kBadPath;

  const std::vector<std::string_view> segments = registry::Split(path.substr(1), '/');
  const std::string_view type = segments[0];
  if (type == "help" && segments.size() == 1) return RdapHelp{};
  if (auto search = Search(segments, query)) {
    return std::visit([](auto found) { return RdapQuery(std::move(found)); }, *std::move(search));
  }
  for (std::string_view other : {"ip", "autnum", "domains", "nameservers", "entities"}) {
    if (type == other) return kNotOffered;
  }
  if (segments.size() != 2 || segments[1].empty()) return kBadPath;
  if (type == "domain") return ByName<RdapDomain>(segments[1]);
  if (type == "nameserver") return ByName<RdapNameServer>(segments[1]);
  if (type == "entity") return ByHandle(segments[1]);
  return kBadPath;
}

std::string_view CanonicalDomain(std::string_view target, std::string_view base_path) {
  constexpr std::string_view kPath = "/domain/";
  const std::string_view path = BelowBase(target, base_path);
  if (!path.starts_with(kPath)) return {};
  const std::string_view name = WithoutPrefix(path, kPath);
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  return std::ranges::all_of(name, plain) && !name.ends_with('.') ? name : std::string_view();
}

std::string RequestUrl(std::string_view target, std::string_view base) {
  constexpr std::string_view kPlain = "-._~!$&'()*+,;=:@/?";  // RFC 3986 section 3.3
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string_view rest = BelowBase(OriginForm(target), PathOf(base));
  rest = rest.substr(0, rest.find('#'));
  std::string url = registry::Concat(base, rest.starts_with('/') ? "" : "/");
  bool in_name = rest.starts_with("/domain/") || rest.starts_with("/nameserver/");
  for (size_t i = 0; i < rest.size(); ++i) {
    const char c = rest[i];
    in_name = in_name && c != '?';
    if (IsEscape(rest, i)) {
      url += absl::AsciiStrToUpper({rest.data() + i, 3});
      i += 2;
    } else if (absl::ascii_isalnum(static_cast<unsigned char>(c))) {
      url += in_name ? absl::ascii_tolower(static_cast<unsigned char>(c)) : c;
    } else if (kPlain.find(c) != std::string_view::npos) {
      url += c;
    } else {
      const auto octet = static_cast<unsigned char>(c);
      url += {'%', kHex[octet >> 4], kHex[octet & 15]};
    }
  }
  return url;
}

std::string PathOf(std::string_view url) {
  const std::string_view path = OriginForm(url);
  return std::string(path.ends_with('/') ? path.substr(0, path.size() - 1) : path);
}

}  // namespace whois
