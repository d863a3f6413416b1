#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "epp/xml_reader.h"
#include "registry/types/auth_info.h"
#include "registry/types/domain_name.h"
#include "registry/types/identifiers.h"
#include "registry/types/ip_address.h"
#include "registry/types/status.h"
#include "registry/types/years.h"

// Elements that several object mappings share, read into the registry's types. What cannot be read
// is a fault and comes back as an empty value.
namespace epp {

// eppcom:labelType.
registry::DomainName ReadDomainName(const Element& element, Faults* faults);
registry::DomainName ReadHostName(const Element& element, Faults* faults);
// A name of a <check>, as the client wrote it; it must be fit to be repeated in the answer.
std::string ReadAskedName(const Element& element, Faults* faults);
registry::ContactId ReadContactId(const Element& element, Faults* faults);
registry::OrganizationId ReadOrganizationId(const Element& element, Faults* faults);

// domain:periodType; one year for no element.
registry::Years ReadPeriod(const Element& element, Faults* faults);

// host:addrType.
registry::IpAddress ReadAddress(const Element& element, Faults* faults);

// authInfo with its pw; takes what stands in `element`. For updates that may contain <null/>, see
// ReadAuthInfoChange.
registry::AuthInfo ReadAuthInfo(const Element& element, Faults* faults,
                                std::string_view ns = {});  // of its content, if not the element's
registry::AuthInfo ReadAuthInfoChange(const Element& element, Faults* faults);
// The roid of its pw: the object that the authInfo belongs to. Empty: the object of the command.
std::string OwnerOf(const Element& auth_info);
// As it is stored.
registry::SealedAuthInfo Seal(const registry::AuthInfo& auth);
// RFC 9154 section 4.1: not to be set. Empty is fine, it clears.
bool IsWeak(const registry::AuthInfo& auth);

// xs:duration, not negative, of at most 40 characters.
bool IsDuration(std::string_view text);

// The attribute lang, if there is one.
void CheckLanguage(const Element& element, Faults* faults);

// The statuses of an <add> or <rem> (attributes s and lang); `settable` says which of them a client
// may name. One that stands twice is Faults::Policy.
registry::StatusSet ReadStatuses(const std::vector<Element>& elements,
                                 bool (*settable)(registry::Status), Faults* faults);

// Complains of more values than any policy allows, so that one command cannot have thousands of
// rows loaded before the policy is asked.
void LimitValues(size_t count, const registry::Reason& reason, const Element& parent,
                 Faults* faults);

}  // namespace epp
