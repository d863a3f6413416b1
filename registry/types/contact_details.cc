#include "registry/types/contact_details.h"

#include <algorithm>

#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/types/domain_name.h"
#include "registry/types/reasons.h"

namespace registry {
namespace {

// ISO 3166-1 alpha-2, the 249 officially assigned codes.
constexpr std::string_view kCountries =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI "
    "BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN "
    "CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
    "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM "
    "HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN "
    "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP "
    "NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW "
    "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
    "VN VU WF WS YE YT ZA ZM ZW";
static_assert(kCountries.size() == 249 * 3 - 1);

constexpr size_t kLongestText = 255;       // characters, RFC 5733 section 4, postalLineType
constexpr size_t kLongestPostalCode = 16;  // characters, the same, pcType
constexpr size_t kLongestEmail = 254;      // octets, what fits into an SMTP path (RFC 5321)
constexpr size_t kLongestLocalPart = 64;
constexpr size_t kMostPhoneDigits = 15;  // E.164
constexpr size_t kMostCountryDigits = 3;
constexpr size_t kMostNumberDigits = 14;
constexpr size_t kMostExtensionDigits = 15;

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// RFC 5322 section 3.2.3, atext.
bool IsAtomCharacter(char c) {
  constexpr std::string_view kMarks = "!#$%&'*+-/=?^_`{|}~";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kMarks.find(c) != std::string_view::npos;
}

bool IsDotAtom(std::string_view text, bool (*is_atom_character)(char)) {
  const std::vector<std::string_view> atoms = Split(text, '.');
  return std::all_of(atoms.begin(), atoms.end(), [&](std::string_view atom) {
    return !atom.empty() && std::all_of(atom.begin(), atom.end(), is_atom_character);
  });
}

// RFC 6532 section 3.2: of a text that is known to be printable UTF-8.
bool IsInternationalAtomCharacter(char c) { return (c & 0x80) != 0 || IsAtomCharacter(c); }

struct EmailParts {
  std::string_view local, domain;  // neither is checked beyond the length
};

std::optional<EmailParts> SplitEmail(std::string_view text) {
  const size_t at = text.find('@');
  if (at == std::string_view::npos || at > kLongestLocalPart || text.size() > kLongestEmail) {
    return std::nullopt;
  }
  return EmailParts{text.substr(0, at), text.substr(at + 1)};
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

struct FieldRule {
  std::string_view name;  // the element's, which the rejection names
  size_t longest = kLongestText;
  bool may_be_empty = true;
};

FieldRule RuleFor(PostalField field) {
  switch (field) {
    case PostalField::kName:
      return {"name", kLongestText, /*may_be_empty=*/false};
    case PostalField::kOrganization:
      return {"org"};
    case PostalField::kStreet:
      return {"street"};
    case PostalField::kCity:
      return {"city", kLongestText, /*may_be_empty=*/false};
    case PostalField::kState:
      return {"sp"};
    case PostalField::kPostalCode:
      return {"pc", kLongestPostalCode};
  }
  return {};
}

// As xs:normalizedString reads it.
std::string Normalised(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return std::string(Trim(out));
}

}  // namespace

Outcome<std::string> ParseCountry(std::string_view text) {
  if (text.size() == 2 && text.find(' ') == std::string_view::npos) {
    for (size_t i = 0; i < kCountries.size(); i += 3) {
      if (kCountries.substr(i, 2) == text) return std::string(text);
    }
  }
  return Reject(kCountrySyntax, Excerpt(text));
}

Outcome<std::string> ParseEmail(std::string_view text) {
  const std::optional<EmailParts> parts = SplitEmail(text);
  if (!parts || !IsDotAtom(parts->local, IsAtomCharacter) ||
      !DomainName::Parse(parts->domain).ok()) {
    return Reject(kEmailSyntax, Excerpt(text));
  }
  return std::string(text);
}

Outcome<std::string> ParseInternationalEmail(std::string_view text) {
  const std::optional<EmailParts> parts = SplitEmail(text);
  if (!parts || !PrintableLength(text) || parts->domain.ends_with('.') ||
      !IsDotAtom(parts->local, IsInternationalAtomCharacter) ||
      !DomainName::FromUnicode(parts->domain).ok()) {
    return Reject(kInternationalEmailSyntax, Excerpt(text));
  }
  return std::string(text);
}

Outcome<Phone> Phone::Parse(std::string_view number, std::string_view extension) {
  const Rejection malformed = Reject(kPhoneSyntax, Excerpt(number));
  const size_t dot = number.find('.');
  if (!number.starts_with('+') || dot == std::string_view::npos) return malformed;
  const std::string_view country = number.substr(1, dot - 1);
  const std::string_view rest = number.substr(dot + 1);
  if (!IsDigits(country) || country.size() > kMostCountryDigits) return malformed;
  if (!IsDigits(rest) || rest.size() > kMostNumberDigits) return malformed;
  if (country.size() + rest.size() > kMostPhoneDigits) return malformed;
  if (!extension.empty() && (!IsDigits(extension) || extension.size() > kMostExtensionDigits)) {
    return Reject(kPhoneSyntax, Concat("x ", Excerpt(extension)));
  }
  return Phone{std::string(number), std::string(extension)};
}

Outcome<std::string> ParsePostalText(PostalForm form, PostalField field, std::string_view text) {
  const FieldRule rule = RuleFor(field);
  std::string normalised = Normalised(text);
  if (normalised.empty() && !rule.may_be_empty) return Reject(kPostalEmpty, std::string(rule.name));
  const std::optional<size_t> length = PrintableLength(normalised);
  if (!length) return Reject(kPostalNotPrintable, std::string(rule.name));
  if (*length > rule.longest) {
    return Reject(kPostalTooLong, Concat(rule.name, " has at most ", rule.longest));
  }
  if (form == PostalForm::kInternational && !IsAscii(normalised)) {
    return Reject(kPostalNotAscii, std::string(rule.name));
  }
  return normalised;
}

}  // namespace registry
