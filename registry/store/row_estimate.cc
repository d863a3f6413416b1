#include "registry/store/row_estimate.h"

#include "registry/store/connection.h"
#include "registry/store/snapshot.h"

namespace registry::store {
namespace {

const Statement kEstimate{
    "estimate_domains",
    "SELECT greatest(reltuples, 0)::int8 FROM pg_class WHERE oid = 'domains'::regclass"};

}  // namespace

absl::StatusOr<int64_t> EstimateDomains(const std::string& database) {
  auto connection = OpenSnapshot(database, "postel-estimate");
  if (!connection.ok()) return connection.status();
  auto result = (*connection)->Run(kEstimate);
  if (!result.ok()) return result.status();
  return result->Row(0).Int8();
}

}  // namespace registry::store
