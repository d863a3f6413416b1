#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/domain.h"
#include "registry/model/working_set.h"
#include "registry/types/identifiers.h"

namespace registry {

// A contact of a domain as a command names it.
struct ContactLink {
  ContactRole role = ContactRole::kAdmin;
  ContactId id;
  friend auto operator<=>(const ContactLink&, const ContactLink&) = default;
};

// "admin", "billing", "tech": the type of <domain:contact>.
std::string_view RoleName(ContactRole role);
// "holder as tech": what a refusal calls a contact of a domain.
std::string DescribeContact(ContactRole role, const ContactId& id);

// What a command names, as keys: sorted, and as often as it was named. kRegistrantNotFound,
// kContactNotFound, kHostNotFound; the subject is the identifier.
Outcome<ContactKey> ResolveRegistrant(const ContactId& id, const WorkingSet& set);
Outcome<std::vector<DomainContact>> ResolveContacts(const std::vector<ContactLink>& links,
                                                    const WorkingSet& set);
Outcome<std::vector<HostKey>> ResolveHosts(const std::vector<DomainName>& names,
                                           const WorkingSet& set);

// A host below a domain of ours is no name server without an address (RFC 5732 section 2.5).
// kHostWithoutAddress.
std::optional<Rejection> CheckAddressed(const std::vector<HostKey>& hosts, const WorkingSet& set);

}  // namespace registry
