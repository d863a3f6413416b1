#pragma once

#include "registry/base/outcome.h"

// Why a frame is refused before the registry is asked: stages 2 to 11 of the order of checks. What
// is wrong with a single value stands in registry/types/reasons.h.
namespace epp {

using registry::Reason;
using registry::ResultCode;

// Stages 2 to 4: is it a command at all?
inline constexpr Reason kNotWellFormed{"not-well-formed", ResultCode::kSyntaxError,
                                       "not a well-formed XML document"};
inline constexpr Reason kNotACommand{"not-a-command", ResultCode::kSyntaxError,
                                     "a frame holds one EPP hello or command"};
inline constexpr Reason kUnknownCommand{"unknown-command", ResultCode::kUnknownCommand,
                                        "not an EPP command"};

// Stage 5: the session's state
inline constexpr Reason kNotLoggedIn{"not-logged-in", ResultCode::kUseError, "log in first"};
inline constexpr Reason kLoggedInAlready{"logged-in-already", ResultCode::kUseError,
                                         "the session is logged in"};

// Stage 6: the services of a login
inline constexpr Reason kVersionNotOffered{"version-not-offered", ResultCode::kUnimplementedVersion,
                                           "the protocol version is 1.0"};
inline constexpr Reason kLanguageNotOffered{"language-not-offered",
                                            ResultCode::kUnimplementedOption, "the language is en"};

// Stages 6 and 7: namespaces
inline constexpr Reason kUnknownObject{"unknown-object", ResultCode::kUnimplementedService,
                                       "not an object service of this server"};
inline constexpr Reason kObjectNotChosen{"object-not-chosen", ResultCode::kUseError,
                                         "the login did not name this object service"};
inline constexpr Reason kUnknownExtension{"unknown-extension", ResultCode::kUnimplementedExtension,
                                          "not an extension of this server"};
inline constexpr Reason kExtensionNotChosen{"extension-not-chosen", ResultCode::kUseError,
                                            "the login did not name this extension"};
inline constexpr Reason kExtensionNotHere{"extension-not-here", ResultCode::kUnimplementedExtension,
                                          "the extension does not extend this command"};

// Stage 8: is the command offered for the object?
inline constexpr Reason kTransferNotOffered{
    "transfer-not-offered", ResultCode::kUnimplementedCommand, "a host moves with its domain"};
inline constexpr Reason kOrganizationTransferNotOffered{"organization-transfer-not-offered",
                                                        ResultCode::kUnimplementedCommand,
                                                        "an organization stays with its sponsor"};
inline constexpr Reason kNotOfThisObject{"not-of-this-object", ResultCode::kUnimplementedCommand,
                                         "the object has no such command"};
inline constexpr Reason kRenewNotOffered{"renew-not-offered", ResultCode::kUnimplementedCommand,
                                         "only domains are renewed"};

// Stage 9: the schemas
inline constexpr Reason kElementUnexpected{"element-unexpected", ResultCode::kSyntaxError,
                                           "the element is not expected here"};
inline constexpr Reason kElementMissing{"element-missing", ResultCode::kSyntaxError,
                                        "an element is missing"};
inline constexpr Reason kTextUnexpected{"text-unexpected", ResultCode::kSyntaxError,
                                        "the element holds no text"};
inline constexpr Reason kAttributeUnexpected{"attribute-unexpected", ResultCode::kSyntaxError,
                                             "the attribute is not expected here"};
inline constexpr Reason kAttributeMissing{"attribute-missing", ResultCode::kSyntaxError,
                                          "an attribute is missing"};
inline constexpr Reason kAttributeValue{"attribute-value", ResultCode::kSyntaxError,
                                        "not a value of the attribute"};
inline constexpr Reason kPostalInfoTwice{"postal-info-twice", ResultCode::kSyntaxError,
                                         "one postalInfo of each type"};

// Stage 10: options
inline constexpr Reason kMonthsNotOffered{"months-not-offered", ResultCode::kUnimplementedOption,
                                          "periods are counted in years"};
inline constexpr Reason kMaxSigLifeNotOffered{
    "max-sig-life-not-offered", ResultCode::kUnimplementedOption, "maxSigLife is not offered"};
inline constexpr Reason kUrgentNotOffered{"urgent-not-offered", ResultCode::kUnimplementedOption,
                                          "urgent updates are not offered"};
inline constexpr Reason kAuthInfoExtNotOffered{"auth-info-ext-not-offered",
                                               ResultCode::kUnimplementedOption,
                                               "authorization information is a password"};

inline constexpr Reason kTrademarkFormNotOffered{"trademark-form-not-offered",
                                                 ResultCode::kUnimplementedOption,
                                                 "the trademark check form is not offered"};
inline constexpr Reason kCodeMarkNotOffered{"code-mark-not-offered",
                                            ResultCode::kUnimplementedOption,
                                            "marks are given as encoded signed marks"};
inline constexpr Reason kPlainMarkNotOffered{
    "plain-mark-not-offered", ResultCode::kUnimplementedOption, "signed marks are given encoded"};
inline constexpr Reason kMarkEncodingNotOffered{"mark-encoding-not-offered",
                                                ResultCode::kUnimplementedOption,
                                                "signed marks are encoded in base64"};

// Stage 11: parameters
inline constexpr Reason kLaunchPhaseSyntax{"launch-phase-syntax", ResultCode::kParameterSyntax,
                                           "not a launch phase"};
inline constexpr Reason kPublicKeySyntax{"public-key-syntax", ResultCode::kParameterSyntax,
                                         "not a key in base64, or too long"};
inline constexpr Reason kDurationSyntax{"duration-syntax", ResultCode::kParameterSyntax,
                                        "not a duration such as P1M or P1DT12H"};
inline constexpr Reason kDateTimeSyntax{"date-time-syntax", ResultCode::kParameterSyntax,
                                        "not a time such as 2027-01-31T12:00:00Z"};
inline constexpr Reason kSignedMarkSyntax{"signed-mark-syntax", ResultCode::kParameterSyntax,
                                          "not a signed mark"};
inline constexpr Reason kMarkTwice{"mark-twice", ResultCode::kParameterPolicy,
                                   "one signed mark is enough"};
inline constexpr Reason kMessageIdMissing{"message-id-missing", ResultCode::kParameterMissing,
                                          "an acknowledgement needs msgID"};
inline constexpr Reason kContactTypeMissing{"contact-type-missing", ResultCode::kParameterMissing,
                                            "a domain's contact needs its type"};
inline constexpr Reason kTypeNameSyntax{"type-name-syntax", ResultCode::kParameterSyntax,
                                        "at most 64 printable characters"};
inline constexpr Reason kNothingGiven{"nothing-given", ResultCode::kParameterMissing,
                                      "the change names nothing to be changed"};
inline constexpr Reason kClientTransactionIdSyntax{
    "client-transaction-id-syntax", ResultCode::kParameterSyntax, "clTRID has 3 to 64 characters"};
inline constexpr Reason kNameLength{"name-length", ResultCode::kParameterSyntax,
                                    "names have 1 to 255 characters"};
inline constexpr Reason kNumberSyntax{"number-syntax", ResultCode::kParameterSyntax,
                                      "not a whole number"};
inline constexpr Reason kNumberRange{"number-range", ResultCode::kParameterRange,
                                     "the number is out of range"};
inline constexpr Reason kBooleanSyntax{"boolean-syntax", ResultCode::kParameterSyntax,
                                       "not true or false"};
inline constexpr Reason kRestoreAlone{"restore-alone", ResultCode::kUseError,
                                      "a restore goes with no other change"};
inline constexpr Reason kDateSyntax{"date-syntax", ResultCode::kParameterSyntax,
                                    "not a date such as 2027-01-31"};
inline constexpr Reason kDateZone{"date-zone", ResultCode::kParameterRange,
                                  "expiry dates are given in UTC"};
inline constexpr Reason kStatusSyntax{"status-syntax", ResultCode::kParameterSyntax,
                                      "not a status"};
inline constexpr Reason kPasswordSyntax{"password-syntax", ResultCode::kParameterSyntax,
                                        "passwords have 6 to 16 characters"};
inline constexpr Reason kTooManyFeeCommands{"too-many-fee-commands", ResultCode::kParameterPolicy,
                                            "a check asks for the fees of at most 20 commands"};
inline constexpr Reason kAmountSign{"amount-sign", ResultCode::kParameterRange,
                                    "a fee is not negative, a credit not positive"};
inline constexpr Reason kCurrencySyntax{"currency-syntax", ResultCode::kParameterSyntax,
                                        "a currency has three capital letters"};
inline constexpr Reason kPasswordTooShort{"password-too-short", ResultCode::kParameterSyntax,
                                          "passwords have at least 6 characters"};
inline constexpr Reason kPasswordTooLong{"password-too-long", ResultCode::kParameterPolicy,
                                         "passwords have at most this many characters"};
inline constexpr Reason kLoginSecMissing{"login-sec-missing", ResultCode::kParameterMissing,
                                         "[LOGIN-SECURITY] stands for a password in loginSec"};
inline constexpr Reason kLoginSecUnasked{
    "login-sec-unasked", ResultCode::kParameterPolicy,
    "a password in loginSec needs [LOGIN-SECURITY] in its usual place"};
inline constexpr Reason kAllocationTokenSyntax{
    "allocation-token-syntax", ResultCode::kParameterSyntax, "an allocation token is not empty"};
inline constexpr Reason kRecordTypeSyntax{"record-type-syntax", ResultCode::kParameterSyntax,
                                          "not the name of a type of records"};
inline constexpr Reason kRecordTypeMissing{"record-type-missing", ResultCode::kParameterMissing,
                                           "a custom type is named by the attribute custom"};
inline constexpr Reason kRecordTypeTwice{"record-type-twice", ResultCode::kSyntaxError,
                                         "one TTL for each type of records"};
inline constexpr Reason kTooManyNames{"too-many-names", ResultCode::kParameterPolicy,
                                      "at most this many names in one check"};

}  // namespace epp
