#include "registry/rules/registrar_record.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/rules/reasons.h"
#include "registry/types/domain_name.h"
#include "registry/types/ip_address.h"
#include "registry/types/reasons.h"

namespace registry {
namespace {

constexpr size_t kLongestText = 255;  // characters
constexpr size_t kMostStreetLines = 3;

bool IsText(std::string_view text) {
  const std::optional<size_t> length = PrintableLength(text);
  return length && *length <= kLongestText;
}

bool IsBlank(std::string_view text) { return Trim(text).empty(); }

bool IsLetterOrDigit(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }

bool SameApartFromCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, absl::ascii_tolower, absl::ascii_tolower);
}

using NamedText = std::pair<std::string_view, std::string Registrar::*>;

constexpr NamedText kTexts[] = {
    {"city", &Registrar::city},
    {"state", &Registrar::state},
    {"postal code", &Registrar::postal_code},
    {"country", &Registrar::country},
    {"phone", &Registrar::phone},
    {"fax", &Registrar::fax},
    {"e-mail", &Registrar::email},
    {"URL", &Registrar::url},
    {"WHOIS server", &Registrar::whois_server},
    {"RDAP base", &Registrar::rdap_base},
    {"abuse e-mail", &Registrar::abuse_email},
    {"abuse phone", &Registrar::abuse_phone},
};

constexpr std::pair<std::string_view, RegistrarContact Registrar::*> kContacts[] = {
    {"administrative contact", &Registrar::admin},
    {"technical contact", &Registrar::tech},
};

// A host name, or an address; IPv6 in brackets.
bool IsWebHost(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) {
    const auto address = IpAddress::ParseAny(host.substr(1, host.size() - 2));
    return address.ok() && address->family() == IpAddress::Family::kV6;
  }
  if (DomainName::Parse(host).ok()) return true;
  const auto address = IpAddress::ParseAny(host);
  return address.ok() && address->family() == IpAddress::Family::kV4;
}

bool IsPort(std::string_view text) {
  uint16_t port = 0;
  return ParseNumber(text, &port) && port != 0;
}

}  // namespace

bool IsWebAddress(std::string_view text) {
  const size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view name = text.substr(0, scheme);
  if (!SameApartFromCase(name, "https") && !SameApartFromCase(name, "http")) return false;
  // RFC 3986 section 2: what is none of its characters has to be percent-encoded.
  for (const char c : text) {
    constexpr std::string_view kMarks = "-._~:/?#[]@!$&'()*+,;=%";
    if (!IsLetterOrDigit(c) && kMarks.find(c) == std::string_view::npos) return false;
  }
  std::string_view authority = text.substr(scheme + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  const size_t bracket = authority.rfind(']');
  const size_t colon = authority.rfind(':');
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || bracket < colon)) {
    if (!IsPort(authority.substr(colon + 1))) return false;
    authority = authority.substr(0, colon);
  }
  return IsWebHost(authority);
}

std::optional<Rejection> CheckRegistrar(const Registrar& after, const Registrar* before,
                                        const Directory& directory) {
  const auto changed = [&](auto Registrar::*member) {
    return before == nullptr || after.*member != before->*member;
  };
  if (changed(&Registrar::name) && (IsBlank(after.name) || !IsText(after.name))) {
    return Reject(kRegistrarName);
  }
  for (const auto& [what, member] : kTexts) {
    if (changed(member) && !IsText(after.*member)) {
      return Reject(kRegistrarText, std::string(what));
    }
  }
  for (const auto& [what, member] : kContacts) {
    const RegistrarContact& contact = after.*member;
    if (!changed(member)) continue;
    for (const std::string* text : {&contact.name, &contact.phone, &contact.fax, &contact.email}) {
      if (!IsText(*text)) return Reject(kRegistrarText, std::string(what));
    }
  }
  if (changed(&Registrar::street)) {
    if (!std::ranges::all_of(after.street, IsText)) return Reject(kRegistrarText, "street");
    if (after.street.size() > kMostStreetLines) return Reject(kTooManyStreetLines);
  }
  for (const auto member : {&Registrar::url, &Registrar::rdap_base}) {
    const std::string& url = after.*member;
    if (changed(member) && !url.empty() && !IsWebAddress(url)) return Reject(kWebAddress, url);
  }
  if (changed(&Registrar::whois_server) && !after.whois_server.empty() &&
      !DomainName::Parse(after.whois_server).ok()) {
    return Reject(kHostNameSyntax, after.whois_server);
  }
  if (changed(&Registrar::credit_limit) && after.credit_limit < Money{}) {
    return Reject(kCreditLimitRange);
  }
  if (changed(&Registrar::low_balance) && after.low_balance < Money{}) {
    return Reject(kLowBalanceRange);
  }
  if (!changed(&Registrar::tlds)) return std::nullopt;
  for (const std::string& tld : after.tlds) {
    if (directory.Tld(tld) == nullptr) return Reject(kUnknownTld, Excerpt(tld));
  }
  return std::nullopt;
}

std::optional<Rejection> CheckRegistrarId(const RegistrarId& id, const Directory& directory) {
  const auto fits = [](char c) { return IsLetterOrDigit(c) || c == '-'; };
  if (!std::ranges::all_of(id.text(), fits)) return Reject(kRegistrarIdCharacters, id.text());
  for (const Registrar* known : directory.registrars()) {
    if (SameApartFromCase(known->id.text(), id.text())) {
      return Reject(kRegistrarExists, known->id.text());
    }
  }
  return std::nullopt;
}

}  // namespace registry
