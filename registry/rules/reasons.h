#pragma once

#include "registry/base/outcome.h"

// Why a well-formed command is refused. The codes are those of RFC 5730 section 3. Which command
// gives which reason, and in what order, stands in each command's k...Reasons.
namespace registry {

// Who asks
inline constexpr Reason kRegistrarSuspended{"registrar-suspended", ResultCode::kAuthorizationError,
                                            "the account is suspended"};
inline constexpr Reason kNotSponsor{"not-sponsor", ResultCode::kAuthorizationError,
                                    "only the sponsoring registrar may do this"};
inline constexpr Reason kTldNotAllowed{"tld-not-allowed", ResultCode::kAuthorizationError,
                                       "the registrar has no access to this TLD"};
inline constexpr Reason kOperatorOnly{"operator-only", ResultCode::kAuthorizationError,
                                      "only the registry operator may do this"};
inline constexpr Reason kRegistrarOnly{"registrar-only", ResultCode::kAuthorizationError,
                                       "only a registrar can become the sponsor"};
inline constexpr Reason kWrongAuthInfo{"wrong-auth-info", ResultCode::kInvalidAuthInfo,
                                       "the authorization information does not match"};
inline constexpr Reason kLoginRefused{"login-refused", ResultCode::kAuthenticationError,
                                      "unknown client, wrong password or wrong certificate"};
inline constexpr Reason kPasswordExpired{"password-expired", ResultCode::kAuthenticationError,
                                         "the password has expired; log in with a new one"};

inline constexpr Reason kNotGaining{"not-gaining", ResultCode::kAuthorizationError,
                                    "only the registrar who asked for the transfer may do this"};
inline constexpr Reason kNotParty{"not-party", ResultCode::kAuthorizationError,
                                  "only the two registrars of the transfer see it without the "
                                  "authorization information"};
// RFC 8495 sections 3.1.2, 3.2.1 and 3.2.4.
inline constexpr Reason kNameReserved{"name-reserved", ResultCode::kParameterPolicy,
                                      "the name is reserved and takes an allocation token"};
inline constexpr Reason kTokenMismatch{"token-mismatch", ResultCode::kAuthorizationError,
                                       "the allocation token is not for this"};
inline constexpr Reason kTokenNotShown{"token-not-shown", ResultCode::kAuthorizationError,
                                       "only the sponsoring registrar sees the allocation token"};
inline constexpr Reason kTokenNotFound{"token-not-found", ResultCode::kObjectMissing,
                                       "the domain was created without an allocation token"};

// Existence
inline constexpr Reason kDomainNotFound{"domain-not-found", ResultCode::kObjectMissing,
                                        "the domain does not exist"};
inline constexpr Reason kHostNotFound{"host-not-found", ResultCode::kObjectMissing,
                                      "the host does not exist"};
inline constexpr Reason kRegistrantNotFound{"registrant-not-found", ResultCode::kObjectMissing,
                                            "the registrant does not exist"};
inline constexpr Reason kContactNotFound{"contact-not-found", ResultCode::kObjectMissing,
                                         "the contact does not exist"};
inline constexpr Reason kRegistrarNotFound{"registrar-not-found", ResultCode::kObjectMissing,
                                           "the registrar does not exist"};
inline constexpr Reason kMessageNotFound{"message-not-found", ResultCode::kObjectMissing,
                                         "no such message in the queue"};
inline constexpr Reason kMaintenanceNotFound{"maintenance-not-found", ResultCode::kObjectMissing,
                                             "the maintenance does not exist"};
inline constexpr Reason kSuperordinateNotFound{"superordinate-not-found",
                                               ResultCode::kObjectMissing,
                                               "the superordinate domain does not exist"};
inline constexpr Reason kDomainExists{"domain-exists", ResultCode::kObjectExists,
                                      "the domain exists"};
inline constexpr Reason kHostExists{"host-exists", ResultCode::kObjectExists, "the host exists"};
inline constexpr Reason kContactExists{"contact-exists", ResultCode::kObjectExists,
                                       "the contact exists"};
inline constexpr Reason kRegistrarExists{"registrar-exists", ResultCode::kObjectExists,
                                         "the registrar exists"};

// Required and ranges
inline constexpr Reason kNothingToDo{"nothing-to-do", ResultCode::kParameterMissing,
                                     "an update needs something to add, remove or change"};
inline constexpr Reason kRegistrantMissing{"registrant-missing", ResultCode::kParameterMissing,
                                           "this TLD requires a registrant"};
inline constexpr Reason kPostalIncomplete{"postal-incomplete", ResultCode::kParameterMissing,
                                          "a postalInfo that is new needs"};
inline constexpr Reason kAddressMissing{"address-missing", ResultCode::kParameterMissing,
                                        "a host below a domain of this registry needs an address"};
inline constexpr Reason kAuthInfoMissing{"auth-info-missing", ResultCode::kParameterMissing,
                                         "a transfer needs the authorization information"};
inline constexpr Reason kPeriodTooLong{"period-too-long", ResultCode::kParameterRange,
                                       "the expiry would be too far away"};
inline constexpr Reason kExpiryMismatch{"expiry-mismatch", ResultCode::kParameterRange,
                                        "curExpDate is not the current expiry date"};
inline constexpr Reason kTooFarAhead{"too-far-ahead", ResultCode::kParameterRange,
                                     "the expiry would be too far away"};

// Statuses
inline constexpr Reason kUpdateProhibited{"update-prohibited", ResultCode::kStatusProhibits,
                                          "the object's status prohibits updates"};
inline constexpr Reason kDeleteProhibited{"delete-prohibited", ResultCode::kStatusProhibits,
                                          "the object's status prohibits deletion"};
inline constexpr Reason kRenewProhibited{"renew-prohibited", ResultCode::kStatusProhibits,
                                         "the object's status prohibits renewal"};
inline constexpr Reason kTransferProhibited{"transfer-prohibited", ResultCode::kStatusProhibits,
                                            "the object's status prohibits transfers"};
inline constexpr Reason kTransferPending{
    "transfer-pending", ResultCode::kStatusProhibits,
    "statuses that prohibit transfers cannot be set while one is pending"};
inline constexpr Reason kNotInRedemption{"not-in-redemption", ResultCode::kStatusProhibits,
                                         "only a domain in its redemption period is restored"};
inline constexpr Reason kNotPendingRestore{"not-pending-restore", ResultCode::kStatusProhibits,
                                           "no report of a restore is due"};
inline constexpr Reason kSuperordinatePendingDelete{"superordinate-pending-delete",
                                                    ResultCode::kStatusProhibits,
                                                    "the superordinate domain is being deleted"};
inline constexpr Reason kDelegationChanged{"delegation-changed", ResultCode::kStatusProhibits,
                                           "the delegation is no longer the one looked at"};

// Transfers
inline constexpr Reason kAlreadySponsor{"already-sponsor", ResultCode::kNotTransferable,
                                        "the client is the sponsor already"};
inline constexpr Reason kTransferIsPending{"transfer-is-pending", ResultCode::kPendingTransfer,
                                           "a transfer is pending"};
inline constexpr Reason kNoTransferPending{"no-transfer-pending", ResultCode::kNotPendingTransfer,
                                           "no transfer is pending"};
inline constexpr Reason kNeverTransferred{"never-transferred", ResultCode::kNotPendingTransfer,
                                          "no transfer was ever asked for"};

// Associations
inline constexpr Reason kHostLinked{"host-linked", ResultCode::kAssociationProhibits,
                                    "domains use this host"};
inline constexpr Reason kContactLinked{"contact-linked", ResultCode::kAssociationProhibits,
                                       "domains or organizations use this contact"};
inline constexpr Reason kHasSubordinates{"has-subordinates", ResultCode::kAssociationProhibits,
                                         "hosts exist below this domain"};
inline constexpr Reason kHostUsedByOthers{"host-used-by-others", ResultCode::kAssociationProhibits,
                                          "domains of other registrars use this host"};

// Policy
inline constexpr Reason kTldNotServed{"tld-not-served", ResultCode::kParameterPolicy,
                                      "not in a top-level domain of this registry"};
inline constexpr Reason kNotOneLabel{"not-one-label", ResultCode::kParameterPolicy,
                                     "names have exactly one label below the top-level domain"};
inline constexpr Reason kNameBlocked{"name-blocked", ResultCode::kParameterPolicy,
                                     "nobody can register this name"};
inline constexpr Reason kRegistrantRefused{"registrant-refused", ResultCode::kParameterPolicy,
                                           "this TLD does not collect contacts"};
inline constexpr Reason kRegistrantRequired{"registrant-required", ResultCode::kParameterPolicy,
                                            "the registrant cannot be removed"};
inline constexpr Reason kHostAttributesNotOffered{"host-attributes-not-offered",
                                                  ResultCode::kParameterPolicy,
                                                  "name servers are host objects (hostObj)"};
inline constexpr Reason kKeyDataNotOffered{"key-data-not-offered", ResultCode::kParameterPolicy,
                                           "this TLD takes DS data"};
inline constexpr Reason kDsDataNotOffered{"ds-data-not-offered", ResultCode::kParameterPolicy,
                                          "this TLD takes key data"};
inline constexpr Reason kKeyMismatch{"key-mismatch", ResultCode::kParameterPolicy,
                                     "the DS data are not those of the key"};
inline constexpr Reason kTooManyNameServers{"too-many-name-servers", ResultCode::kParameterPolicy,
                                            "too many name servers"};
inline constexpr Reason kTooManyContacts{"too-many-contacts", ResultCode::kParameterPolicy,
                                         "too many contacts"};
inline constexpr Reason kTooManyKeys{"too-many-keys", ResultCode::kParameterPolicy,
                                     "too many keys"};
inline constexpr Reason kRelayToSelf{"relay-to-self", ResultCode::kParameterPolicy,
                                     "keys are relayed to another registrar"};
inline constexpr Reason kTooManyDs{"too-many-ds", ResultCode::kParameterPolicy,
                                   "too many DS records"};
inline constexpr Reason kTooManyAddresses{"too-many-addresses", ResultCode::kParameterPolicy,
                                          "too many addresses"};
inline constexpr Reason kDuplicateValue{"duplicate-value", ResultCode::kParameterPolicy,
                                        "the same value twice"};
inline constexpr Reason kAlreadyPresent{"already-present", ResultCode::kParameterPolicy,
                                        "the value to add is there already"};
inline constexpr Reason kNotPresent{"not-present", ResultCode::kParameterPolicy,
                                    "the value to remove is not there"};
inline constexpr Reason kAddressOnExternal{"address-on-external", ResultCode::kParameterPolicy,
                                           "external hosts have no addresses"};
inline constexpr Reason kLastAddress{"last-address", ResultCode::kParameterPolicy,
                                     "a host below a domain of this registry keeps an address"};
inline constexpr Reason kHostWithoutAddress{"host-without-address", ResultCode::kParameterPolicy,
                                            "the name server needs an address first"};
inline constexpr Reason kAuthInfoWeak{
    "auth-info-weak", ResultCode::kParameterPolicy,
    "authorization information needs 128 bits: 20 printable or 25 alphanumeric characters"};

// TTLs of records, RFC 9803
inline constexpr Reason kTtlNotOffered{"ttl-not-offered", ResultCode::kParameterPolicy,
                                       "the TTL of these records is not the registrar's to choose"};
inline constexpr Reason kTtlRange{"ttl-range", ResultCode::kParameterRange,
                                  "the TTL is out of range"};

// Launch phases, RFC 8334
inline constexpr Reason kNotLaunched{"not-launched", ResultCode::kParameterPolicy,
                                     "the TLD takes no registrations at this time"};
inline constexpr Reason kPhaseMismatch{"phase-mismatch", ResultCode::kParameterPolicy,
                                       "not the launch phase that the TLD is in"};
inline constexpr Reason kLaunchedOtherwise{"launched-otherwise", ResultCode::kParameterPolicy,
                                           "the domain was not registered in this launch phase"};
inline constexpr Reason kApplicationsNotOffered{
    "applications-not-offered", ResultCode::kParameterPolicy,
    "there are no applications: names are registered at once"};
inline constexpr Reason kMarkUnexpected{"mark-unexpected", ResultCode::kParameterPolicy,
                                        "signed marks are for the sunrise"};
inline constexpr Reason kNoticeUnexpected{"notice-unexpected", ResultCode::kParameterPolicy,
                                          "claims notices are for the claims phase"};
inline constexpr Reason kMarkRequired{"mark-required", ResultCode::kParameterPolicy,
                                      "a registration in the sunrise needs a signed mark"};
inline constexpr Reason kMarkUntrusted{"mark-untrusted", ResultCode::kParameterPolicy,
                                       "the signed mark cannot be trusted"};
inline constexpr Reason kMarkRevoked{"mark-revoked", ResultCode::kParameterPolicy,
                                     "the signed mark was revoked"};
inline constexpr Reason kMarkOutOfTime{
    "mark-out-of-time", ResultCode::kParameterPolicy,
    "the signed mark or its signer's certificate is not valid now"};
inline constexpr Reason kMarkLabel{"mark-label", ResultCode::kParameterPolicy,
                                   "the signed mark does not name this label"};
inline constexpr Reason kClaimsUnknown{"claims-unknown", ResultCode::kParameterPolicy,
                                       "there is no list of claims at hand"};
inline constexpr Reason kNoticeRequired{"notice-required", ResultCode::kParameterPolicy,
                                        "the label has trademark claims and needs a claims notice"};
inline constexpr Reason kNoticeTwice{"notice-twice", ResultCode::kParameterPolicy,
                                     "one claims notice is enough"};
inline constexpr Reason kNoticeValidator{"notice-validator", ResultCode::kParameterPolicy,
                                         "claims notices come from the validator tmch"};
inline constexpr Reason kNoticeChecksum{
    "notice-checksum", ResultCode::kParameterPolicy,
    "the claims notice was not given for this label and this expiry"};
inline constexpr Reason kNoticeExpired{"notice-expired", ResultCode::kParameterPolicy,
                                       "the claims notice has expired"};
inline constexpr Reason kNoticeAcceptance{
    "notice-acceptance", ResultCode::kParameterPolicy,
    "the claims notice was accepted too long ago or in the future"};

// Internationalised names
inline constexpr Reason kIdnMissing{"idn-missing", ResultCode::kParameterMissing,
                                    "an A-label of this TLD has to come with its IDN table"};
inline constexpr Reason kIdnOnly{"idn-only", ResultCode::kParameterPolicy,
                                 "this TLD registers only internationalised names"};
inline constexpr Reason kIdnTableNotOffered{"idn-table-not-offered", ResultCode::kParameterPolicy,
                                            "the TLD has no such IDN table"};
inline constexpr Reason kIdnUnameMismatch{"idn-uname-mismatch", ResultCode::kParameterPolicy,
                                          "uname is not the Unicode form of the name"};
inline constexpr Reason kIdnLabelNotInTable{"idn-label-not-in-table", ResultCode::kParameterPolicy,
                                            "the IDN table does not allow the label"};
inline constexpr Reason kIdnLabelInNoTable{"idn-label-in-no-table", ResultCode::kParameterPolicy,
                                           "no IDN table of the TLD allows the label"};
inline constexpr Reason kIdnTableAmbiguous{
    "idn-table-ambiguous", ResultCode::kParameterMissing,
    "several IDN tables of the TLD allow the label: name one"};
inline constexpr Reason kVariantBlocked{"variant-blocked", ResultCode::kParameterPolicy,
                                        "the name is a variant of a registered one"};
inline constexpr Reason kVariantOfAnother{"variant-of-another", ResultCode::kParameterPolicy,
                                          "the name is a variant of one that somebody else has"};
inline constexpr Reason kIdnTableUnknown{"idn-table-unknown", ResultCode::kParameterPolicy,
                                         "the registry has no such IDN table"};
inline constexpr Reason kIdnVariantsConflict{"idn-variants-conflict", ResultCode::kParameterPolicy,
                                             "the variants of a TLD's IDN tables contradict"};

// Registrars
inline constexpr Reason kRegistrarIdCharacters{
    "registrar-id-characters", ResultCode::kParameterPolicy,
    "identifiers of registrars are letters, digits and hyphens"};
inline constexpr Reason kRegistrarName{
    "registrar-name", ResultCode::kParameterSyntax,
    "the name is empty, longer than 255 characters or not plain text in one line"};
inline constexpr Reason kRegistrarText{"registrar-text", ResultCode::kParameterSyntax,
                                       "longer than 255 characters or not plain text in one line"};
inline constexpr Reason kTooManyStreetLines{"too-many-street-lines", ResultCode::kParameterPolicy,
                                            "a street has at most three lines"};
inline constexpr Reason kWebAddress{"web-address", ResultCode::kParameterSyntax,
                                    "not an http or https URL"};
inline constexpr Reason kUnknownTld{"unknown-tld", ResultCode::kParameterPolicy,
                                    "this registry does not serve the top-level domain"};
inline constexpr Reason kBundleUnknown{"bundle-unknown", ResultCode::kParameterPolicy,
                                       "bundle_of is not another TLD of this registry"};
inline constexpr Reason kBundleChain{"bundle-chain", ResultCode::kParameterPolicy,
                                     "a TLD in a bundle is either the primary or the partner"};
inline constexpr Reason kBundleTaken{"bundle-taken", ResultCode::kParameterPolicy,
                                     "the TLD has another partner"};
inline constexpr Reason kBundleInUse{"bundle-in-use", ResultCode::kParameterPolicy,
                                     "bundling cannot change while there are domains in the TLD"};
inline constexpr Reason kBundleListed{
    "bundle-listed", ResultCode::kParameterPolicy,
    "a TLD of second names has no long list of its own: its primary's counts"};
inline constexpr Reason kBundleMismatch{"bundle-mismatch", ResultCode::kParameterPolicy,
                                        "rdn is not a name of the domain's bundle"};
inline constexpr Reason kCertificateNotFound{"certificate-not-found", ResultCode::kObjectMissing,
                                             "the registrar has no such certificate"};

// Money
inline constexpr Reason kCreditLimitRange{"credit-limit-range", ResultCode::kParameterRange,
                                          "a credit limit is not negative"};
inline constexpr Reason kLowBalanceRange{"low-balance-range", ResultCode::kParameterRange,
                                         "a low balance is not negative"};
inline constexpr Reason kAmountZero{"amount-zero", ResultCode::kParameterRange,
                                    "the amount is zero"};
inline constexpr Reason kDepositReference{
    "deposit-reference", ResultCode::kParameterSyntax,
    "the reference is longer than 255 characters or not plain text in one line"};
inline constexpr Reason kFeeMissing{"fee-missing", ResultCode::kParameterMissing,
                                    "the fee of a premium name has to be agreed to"};
inline constexpr Reason kCurrencyNotOffered{"currency-not-offered", ResultCode::kParameterRange,
                                            "the registry has another currency"};
inline constexpr Reason kFeeTooLow{"fee-too-low", ResultCode::kParameterRange, "the fee is higher"};
inline constexpr Reason kBalanceTooLow{"balance-too-low", ResultCode::kBillingFailure,
                                       "not enough credit"};

// Organizations, RFC 8543 and 8544
inline constexpr Reason kOrganizationNotFound{"organization-not-found", ResultCode::kObjectMissing,
                                              "the organization does not exist"};
inline constexpr Reason kOrganizationExists{"organization-exists", ResultCode::kObjectExists,
                                            "the organization exists"};
inline constexpr Reason kParentNotFound{"parent-not-found", ResultCode::kObjectMissing,
                                        "the parent does not exist"};
inline constexpr Reason kParentOfAnother{"parent-of-another", ResultCode::kParameterPolicy,
                                         "the parent has another sponsor"};
inline constexpr Reason kParentTooDeep{
    "parent-too-deep", ResultCode::kParameterPolicy,
    "an organization with a parent is no parent, and none is its own"};
inline constexpr Reason kRoleNotOffered{"role-not-offered", ResultCode::kParameterPolicy,
                                        "not a role that this registry has for organizations"};
inline constexpr Reason kRoleLinked{"role-linked", ResultCode::kAssociationProhibits,
                                    "domains use the organization in this role"};
inline constexpr Reason kLastRole{"last-role", ResultCode::kParameterPolicy,
                                  "an organization keeps a role"};
inline constexpr Reason kStatusNeedsParent{
    "status-needs-parent", ResultCode::kParameterPolicy,
    "hold and terminated are the registry's where there is no parent"};
inline constexpr Reason kOrganizationLinked{
    "organization-linked", ResultCode::kAssociationProhibits, "domains use this organization"};
inline constexpr Reason kOrganizationIsParent{"organization-is-parent",
                                              ResultCode::kAssociationProhibits,
                                              "the organization is the parent of others"};
inline constexpr Reason kOrganizationOfAnother{"organization-of-another",
                                               ResultCode::kAuthorizationError,
                                               "the organization has another sponsor"};
inline constexpr Reason kLinkProhibited{"link-prohibited", ResultCode::kStatusProhibits,
                                        "a status of the organization prohibits new links"};
inline constexpr Reason kRoleMissing{"role-missing", ResultCode::kParameterPolicy,
                                     "the organization does not have this role"};
inline constexpr Reason kRoleTaken{"role-taken", ResultCode::kAssociationProhibits,
                                   "the domain has an organization in this role"};
inline constexpr Reason kRoleVacant{"role-vacant", ResultCode::kAssociationProhibits,
                                    "the domain does not have this organization in this role"};

}  // namespace registry
