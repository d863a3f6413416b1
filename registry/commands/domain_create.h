#pragma once

#include <array>
#include <optional>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/base/rare.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/idn_table.h"
#include "registry/model/launch.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/fee_agreement.h"
#include "registry/rules/organizations.h"
#include "registry/rules/reasons.h"
#include "registry/rules/references.h"
#include "registry/types/given_token.h"
#include "registry/types/years.h"

namespace registry {

// <domain:create>, RFC 5731 section 3.2.1, with secDNS:create, RFC 5910 section 5.2.1.
struct DomainCreate {
  DomainName name;
  Years period;
  std::vector<DomainName> name_servers;  // host objects
  std::optional<ContactId> registrant;
  using ContactLink = registry::ContactLink;
  std::vector<ContactLink> contacts;
  SealedAuthInfo auth;
  bool auth_weak = false;  // the edge saw a value below 128 bits (RFC 9154); refused
  std::vector<DsRecord> ds;
  std::optional<LaunchRequest> launch;  // <launch:create>, RFC 8334 section 3.3
  Claims claims = Claims::kUnknown;     // of the label, as the edge's list of claims says
  // What the edge saw and nobody may do: kHostAttributesNotOffered, kKeyMismatch, kRoleNotOffered,
  // kDuplicateValue (a role).
  std::optional<Rejection> unacceptable;
  std::optional<FeeAgreement> agreement;
  std::optional<DomainName> bundle;  // <b-dn:create>: one of the two names, RFC 9095
  std::optional<IdnRequest> idn;     // <idn:data>
  Rare<GivenToken> token;            // RFC 8495 section 3.2.1
  std::vector<TtlChoice> ttls;       // <ttl:create>, RFC 9803
  NamedOrganizations organizations;  // <orgext:create>, RFC 8544; each role once
};

struct DomainCreated {
  DomainName name;
  absl::Time created;
  absl::Time expires;
  Money charged;
};

// Checked in this order; the first that applies is the answer. Only registrars create: the operator
// has kTldNotAllowed.
inline constexpr std::array kDomainCreateReasons = {
    kTldNotServed, kNotOneLabel, kPeriodTooLong, kRegistrantMissing, kIdnMissing, kDomainExists,
    kTldNotAllowed, kTokenMismatch,
    // Of what it refers to:
    kRegistrantNotFound, kContactNotFound, kHostNotFound, kOrganizationNotFound,
    kHostWithoutAddress, kOrganizationOfAnother, kLinkProhibited, kRoleMissing,
    // Policy:
    kNameReserved, kNameBlocked, kNotLaunched, kPhaseMismatch, kApplicationsNotOffered,
    kMarkUnexpected, kNoticeUnexpected, kMarkRequired, kMarkUntrusted, kMarkRevoked, kMarkOutOfTime,
    kMarkLabel, kClaimsUnknown, kNoticeRequired, kNoticeTwice, kNoticeValidator, kNoticeChecksum,
    kNoticeExpired, kNoticeAcceptance, kIdnOnly, kIdnTableNotOffered, kIdnUnameMismatch,
    kIdnLabelNotInTable, kIdnLabelInNoTable, kIdnTableAmbiguous, kVariantBlocked, kVariantOfAnother,
    kRegistrantRefused, kHostAttributesNotOffered, kKeyMismatch, kRoleNotOffered,
    kKeyDataNotOffered, kDsDataNotOffered, kTooManyNameServers, kTooManyContacts, kTooManyDs,
    kDuplicateValue, kAuthInfoWeak, kTtlNotOffered, kTtlRange, kBundleMismatch, kFeeMissing,
    kCurrencyNotOffered, kFeeTooLow, kBalanceTooLow};

Needs NeedsOf(const DomainCreate& command);
Outcome<Applied<DomainCreated>> Apply(const DomainCreate& command, const Context& context,
                                      const WorkingSet& set);

}  // namespace registry
