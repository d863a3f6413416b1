#include "registry/worker/housekeeping.h"

#include <string_view>

#include "absl/status/status.h"
#include "registry/base/log.h"
#include "registry/store/add_grace_limits.h"
#include "registry/store/maintenance.h"

namespace worker {
namespace {

int CountFailure(std::string_view task, const absl::Status& status) {
  if (status.ok()) return 0;
  registry::Log(registry::LogLevel::kError, "worker.housekeeping_failed",
                {{"task", task}, {"error", status.ToString()}});
  return 1;
}

}  // namespace

int KeepHouse(const Config& config, absl::Time now) {
  return CountFailure("partitions", registry::store::EnsurePartitions(config.database, now)) +
         CountFailure("feed", registry::store::PruneFeed(config.database, {config.feed_patience})) +
         CountFailure("commit_groups", registry::store::PruneCommitGroups(
                                           config.database, config.commit_group_age)) +
         CountFailure("agp", registry::store::ChargeAddGraceExcess(config.database, now)) +
         CountFailure("failed_logins", registry::store::PruneFailedLogins(config.database, now));
}

}  // namespace worker
