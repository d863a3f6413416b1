#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/base/outcome.h"

namespace registry {

// ISO 3166-1 alpha-2, an assigned code, upper case. kCountrySyntax.
Outcome<std::string> ParseCountry(std::string_view text);

// RFC 5322 addr-spec without comments, quoting and literals: local part at most 64 octets of
// dot-atom, a domain with at least two labels. kEmailSyntax.
Outcome<std::string> ParseEmail(std::string_view text);

// The same where the address may be internationalised (RFC 6531, SMTPUTF8): the local part may have
// any characters beyond ASCII that people can read, the domain may be in U-labels (IDNA 2008). It
// is kept as it is written. kInternationalEmailSyntax.
Outcome<std::string> ParseInternationalEmail(std::string_view text);

// The second address of a contact, RFC 9873 section 3.
struct AdditionalEmail {
  std::string address;   // ParseInternationalEmail
  bool primary = false;  // it is to be written to first
  friend bool operator==(const AdditionalEmail&, const AdditionalEmail&) = default;
};

// E.164 as RFC 5733 section 2.5 writes it: "+CC.NUMBER", 1 to 3 digits, a dot, 1 to 14 digits, at
// most 15 digits in all. Never empty: absent is std::nullopt where one is optional. kPhoneSyntax.
struct Phone {
  std::string number;
  std::string extension;  // digits, may be empty

  static Outcome<Phone> Parse(std::string_view number, std::string_view extension);
  friend bool operator==(const Phone&, const Phone&) = default;
};

// One postal address, RFC 5733 section 2.3. Texts have at most 255 characters, no control
// characters, no blanks at the ends; `name` and `city` are not empty.
struct PostalInfo {
  std::string name;
  std::string organization;         // may be empty
  std::vector<std::string> street;  // at most 3 lines
  std::string city;
  std::string state;        // may be empty
  std::string postal_code;  // at most 16 characters, may be empty
  std::string country;

  friend bool operator==(const PostalInfo&, const PostalInfo&) = default;
};

enum class PostalForm : bool { kInternational, kLocalized };

// The texts of a PostalInfo, apart from the country.
enum class PostalField { kName, kOrganization, kStreet, kCity, kState, kPostalCode };

// One of them, normalised: a tab or line end is a blank, blanks at the ends go. kPostalEmpty (name
// and city), kPostalTooLong, kPostalNotPrintable, kPostalNotAscii (the international form); the
// subject says which field. An empty line of a street is fine; whoever reads them leaves it out.
Outcome<std::string> ParsePostalText(PostalForm form, PostalField field, std::string_view text);

// The elements of <contact:disclose>, RFC 5733 section 2.9.
struct Disclose {
  enum Field : unsigned {
    kNameInt = 1,
    kNameLoc = 2,
    kOrgInt = 4,
    kOrgLoc = 8,
    kAddrInt = 16,
    kAddrLoc = 32,
    kVoice = 64,
    kFax = 128,
    kEmail = 256,
  };
  bool flag = false;    // true: the fields may be shown; false: they may not
  unsigned fields = 0;  // a set of Field

  friend bool operator==(const Disclose&, const Disclose&) = default;
};

}  // namespace registry
