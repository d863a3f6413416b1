#pragma once

#include <optional>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/tld_policy.h"
#include "registry/types/ds_record.h"

namespace registry {

// DNSSEC data come as the TLD wants them, RFC 5910 section 4: kKeyDataNotOffered,
// kDsDataNotOffered. What is there already stays as it came.
std::optional<Rejection> CheckDsInterface(const std::vector<DsRecord>& added,
                                          const TldPolicy& policy);

}  // namespace registry
