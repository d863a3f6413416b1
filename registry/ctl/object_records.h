#pragma once

#include "absl/time/time.h"
#include "registry/commands/contact_lookup.h"
#include "registry/commands/domain_lookup.h"
#include "registry/commands/host_lookup.h"
#include "registry/commands/organization_info.h"
#include "registry/ctl/output.h"
#include "registry/model/directory.h"

namespace ctl {

// Everything about an object, as an operator sees it at `now`.
Record Describe(const registry::DomainLookupAnswer& answer, const registry::Directory& directory,
                absl::Time now);
Record Describe(const registry::HostInfoAnswer& answer, const registry::Directory& directory);
Record Describe(const registry::ContactInfoAnswer& answer, const registry::Directory& directory);
Record Describe(const registry::OrganizationInfoAnswer& answer,
                const registry::Directory& directory);

std::vector<std::string> StatusNames(registry::StatusSet statuses);

}  // namespace ctl
