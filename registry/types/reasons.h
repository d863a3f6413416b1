#pragma once

#include "registry/base/outcome.h"

// Why a value is not one of its type. Found before anything is looked up (stage 11).
namespace registry {

inline constexpr Reason kDomainNameSyntax{"domain-name-syntax", ResultCode::kParameterSyntax,
                                          "not a valid domain name"};
inline constexpr Reason kHostNameSyntax{"host-name-syntax", ResultCode::kParameterSyntax,
                                        "not a valid host name"};
inline constexpr Reason kContactIdSyntax{"contact-id-syntax", ResultCode::kParameterSyntax,
                                         "contact identifiers have 3 to 16 characters"};
inline constexpr Reason kRegistrarIdSyntax{"registrar-id-syntax", ResultCode::kParameterSyntax,
                                           "client identifiers have 3 to 16 characters"};
inline constexpr Reason kRoidSyntax{"roid-syntax", ResultCode::kParameterSyntax,
                                    "not a valid repository object identifier"};
inline constexpr Reason kPeriodRange{"period-range", ResultCode::kParameterRange,
                                     "periods are 1 to 10 years"};
inline constexpr Reason kAddressSyntax{"address-syntax", ResultCode::kParameterSyntax,
                                       "not a valid IP address of that family"};
inline constexpr Reason kAddressUnusable{"address-unusable", ResultCode::kParameterRange,
                                         "no name server can have this address"};
inline constexpr Reason kCountrySyntax{"country-syntax", ResultCode::kParameterSyntax,
                                       "not an ISO 3166-1 alpha-2 country code"};
inline constexpr Reason kEmailSyntax{"email-syntax", ResultCode::kParameterSyntax,
                                     "not a valid e-mail address"};
inline constexpr Reason kInternationalEmailSyntax{
    "international-email-syntax", ResultCode::kParameterSyntax,
    "not an e-mail address, internationalised or not"};
inline constexpr Reason kPhoneSyntax{"phone-syntax", ResultCode::kParameterSyntax,
                                     "phone numbers look like +1.5555550100"};
inline constexpr Reason kPostalEmpty{"postal-empty", ResultCode::kParameterSyntax,
                                     "the text must not be empty"};
inline constexpr Reason kPostalTooLong{"postal-too-long", ResultCode::kParameterSyntax,
                                       "too many characters"};
inline constexpr Reason kPostalNotPrintable{"postal-not-printable", ResultCode::kParameterSyntax,
                                            "control characters are not allowed"};
inline constexpr Reason kPostalNotAscii{"postal-not-ascii", ResultCode::kParameterSyntax,
                                        "international postal information is US-ASCII"};
inline constexpr Reason kAuthInfoSyntax{
    "auth-info-syntax", ResultCode::kParameterSyntax,
    "authorization information has at most 128 printable characters"};
inline constexpr Reason kMoneySyntax{"money-syntax", ResultCode::kParameterSyntax,
                                     "not an amount such as 9.75"};
inline constexpr Reason kMoneyRange{"money-range", ResultCode::kParameterRange,
                                    "amounts have at most 12 digits before the point"};
inline constexpr Reason kDsDigestSyntax{"ds-digest-syntax", ResultCode::kParameterSyntax,
                                        "not a hexadecimal digest of the type's length"};
inline constexpr Reason kDsAlgorithmRange{"ds-algorithm-range", ResultCode::kParameterRange,
                                          "unassigned DNSSEC algorithm number"};
inline constexpr Reason kKeyFlagsRange{"key-flags-range", ResultCode::kParameterRange,
                                       "a key's flags are 256 or 257"};
inline constexpr Reason kKeyProtocolRange{"key-protocol-range", ResultCode::kParameterRange,
                                          "a key's protocol is 3"};
inline constexpr Reason kKeySyntax{"key-syntax", ResultCode::kParameterSyntax,
                                   "not a public key of the algorithm in base64"};
inline constexpr Reason kDsDigestTypeRange{"ds-digest-type-range", ResultCode::kParameterRange,
                                           "unassigned DS digest type"};
inline constexpr Reason kStatusRange{"status-range", ResultCode::kParameterRange,
                                     "not a status that clients may set"};
inline constexpr Reason kNoticeIdSyntax{
    "notice-id-syntax", ResultCode::kParameterSyntax,
    "identifiers of claims notices are a checksum of 8 hexadecimal digits and a number"};
inline constexpr Reason kLaunchPeriodSyntax{
    "launch-period-syntax", ResultCode::kParameterSyntax,
    "expected sunrise, claims or open, then maybe from TIME, until TIME"};
inline constexpr Reason kIdnTableIdSyntax{"idn-table-id-syntax", ResultCode::kParameterSyntax,
                                          "not the id of an IDN table"};
inline constexpr Reason kUnicodeNameSyntax{"unicode-name-syntax", ResultCode::kParameterSyntax,
                                           "not a valid name in Unicode"};
inline constexpr Reason kPasswordWeak{
    "password-weak", ResultCode::kParameterPolicy,
    "passwords have at least 6 characters, of two kinds, and differ from the id"};
inline constexpr Reason kOrganizationIdSyntax{
    "organization-id-syntax", ResultCode::kParameterSyntax,
    "identifiers of organizations have 3 to 16 characters"};
inline constexpr Reason kRoleIdSyntax{"role-id-syntax", ResultCode::kParameterSyntax,
                                      "at most 64 printable characters"};

}  // namespace registry
