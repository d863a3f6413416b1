#include "registry/rules/ds_interface.h"

#include "registry/rules/reasons.h"

namespace registry {

std::optional<Rejection> CheckDsInterface(const std::vector<DsRecord>& added,
                                          const TldPolicy& policy) {
  const bool keys = policy.ds_interface == TldPolicy::DsInterface::kKey;
  for (const DsRecord& record : added) {
    if (record.key.empty() == !keys) continue;
    return Reject(keys ? kDsDataNotOffered : kKeyDataNotOffered);
  }
  return std::nullopt;
}

}  // namespace registry
