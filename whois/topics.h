#pragma once

#include "registry/base/outcome.h"
#include "registry/commands/domain_lookup.h"
#include "registry/model/directory.h"
#include "whois/answer_cache.h"

namespace whois {

// Sets of `answer` what the outcome of looking up the domain `name` depends on, and until when.
void SetTopics(const registry::DomainName& name,
               const registry::Outcome<registry::DomainLookupAnswer>& outcome,
               const registry::Directory& directory, CachedAnswer& answer);

}  // namespace whois
