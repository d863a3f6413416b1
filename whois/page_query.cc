#include "whois/page_query.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "whois/whois_query.h"

namespace whois {
namespace {

using registry::DomainName;
using registry::IpAddress;

constexpr size_t kLongest = 1024;     // octets
constexpr size_t kLongestLabel = 63;  // octets

constexpr std::string_view kEmpty = "Type a domain name, such as example.org.";
constexpr std::string_view kTooLong = "That is too long. A domain name has at most 253 characters.";
constexpr std::string_view kUnreadable =
    "That has characters in it that cannot be read. Please type the name anew.";
constexpr std::string_view kBadAddress =
    "That is not an IP address. One looks like 192.0.2.1 or 2001:db8::1.";
constexpr std::string_view kEmptyLabel =
    "A part of the name is empty. Look for two dots in a row, or a dot at the beginning.";
constexpr std::string_view kLongLabel =
    "A part of the name is too long. Between two dots there are at most 63 characters.";
constexpr std::string_view kBadHyphen =
    "A part of the name begins or ends with a hyphen, and no domain name does.";
constexpr std::string_view kBadCharacter =
    "That is not a domain name. A name has letters, digits and hyphens, and dots between its "
    "parts, "
    "such as example.org.";

bool Is(std::string_view text, std::string_view word) {
  return text.size() == word.size() &&
         std::equal(text.begin(), text.end(), word.begin(), [](char a, char b) {
           return absl::ascii_tolower(static_cast<unsigned char>(a)) == b;
         });
}

bool HasOnly(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == std::string_view::npos;
}

// The host in what was copied from a browser or a mail program; else the text itself.
std::string_view HostOf(std::string_view text) {
  if (const size_t scheme = text.find("://"); scheme != std::string_view::npos) {
    text.remove_prefix(scheme + 3);
  } else if (IpAddress::ParseAny(text)) {
    return text;
  }
  text = text.substr(0, text.find_first_of("/?#"));
  if (const size_t at = text.rfind('@'); at != std::string_view::npos) text.remove_prefix(at + 1);
  const size_t colon = text.find(':');
  if (colon != std::string_view::npos && colon + 1 < text.size() &&
      HasOnly(text.substr(colon + 1), "0123456789")) {
    text = text.substr(0, colon);
  }
  return text;
}

std::string_view WhyNoName(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  bool empty = false, hyphen = false, too_long = false;
  for (std::string_view label : registry::Split(text, '.')) {
    empty = empty || label.empty();
    hyphen = hyphen || label.starts_with('-') || label.ends_with('-');
    too_long = too_long || label.size() > kLongestLabel;
  }
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  const bool letters = std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.';
  });
  if (empty) return kEmptyLabel;
  if (!ascii || !letters) return kBadCharacter;
  if (hyphen) return kBadHyphen;
  if (too_long) return kLongLabel;
  return text.size() > 253 ? kTooLong : kBadCharacter;
}

// "domain NAME" and so on. False: no such query, so that it may be a name that begins like one.
bool TakeKeyword(std::string_view text, PageQuery& query) {
  const size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return false;
  const std::string_view rest = registry::Trim(text.substr(blank));
  if (Is(text.substr(0, blank), "contact") && rest.find(' ') == std::string_view::npos) {
    query.roid = rest;
    query.registrar = text;
    return true;
  }
  std::optional<WhoisQuery> known = ParseWhoisQuery(text);
  if (!known) {
    const bool named =
        Is(text.substr(0, blank), "domain") || Is(text.substr(0, blank), "nameserver");
    if (!named || rest.find('.') == std::string_view::npos) return false;
    query.problem = WhyNoName(rest);
    query.registrar = text;
    return true;
  }
  if (auto* domain = std::get_if<WhoisDomain>(&*known)) query.domain = std::move(domain->name);
  if (auto* host = std::get_if<WhoisNameServer>(&*known)) query.host = std::move(host->name);
  if (auto* address = std::get_if<WhoisAddress>(&*known)) query.address = address->address;
  if (auto* registrar = std::get_if<WhoisRegistrar>(&*known)) {
    query.registrar = std::move(registrar->name);
  }
  return true;
}

void TakeName(std::string_view text, PageQuery& query) {
  auto name = DomainName::FromUnicode(text);
  if (name.ok()) {
    query.domain = *name;
    query.host = *std::move(name);
  } else if (text.find('.') != std::string_view::npos) {
    query.problem = HasOnly(text, "0123456789.") ? kBadAddress : WhyNoName(text);
  }
}

// Letters, digits and one hyphen: "C101-LROR".
bool MayBeRoid(std::string_view text) {
  return std::count(text.begin(), text.end(), '-') == 1 && text.size() > 3 &&
         absl::ascii_isalpha(static_cast<unsigned char>(text[0])) &&
         absl::ascii_isdigit(static_cast<unsigned char>(text[1]));
}

}  // namespace

PageQuery ParsePageQuery(std::string_view text) {
  text = registry::Trim(text);
  PageQuery query;
  if (text.empty() || text.size() > kLongest || !registry::PrintableLength(text)) {
    query.problem = text.empty() ? kEmpty : text.size() > kLongest ? kTooLong : kUnreadable;
    return query;
  }
  query.typed = text;
  if (TakeKeyword(text, query)) return query;
  query.registrar = text;
  if (text.find(' ') != std::string_view::npos) return query;

  const std::string_view host = HostOf(text);
  auto address = IpAddress::ParseAny(host);
  if (address.ok()) {
    query.address = *address;
  } else if (host.find(':') != std::string_view::npos) {
    query.problem = kBadAddress;
  } else if (HasOnly(host, "0123456789.") && std::count(host.begin(), host.end(), '.') == 3) {
    query.problem = kBadAddress;
  } else if (host.find('.') == std::string_view::npos && MayBeRoid(host)) {
    query.roid = host;
  } else {
    TakeName(host, query);
  }
  return query;
}

}  // namespace whois
