#include "zonegen/directory_store.h"

#include <utility>

namespace zonegen {

absl::StatusOr<std::unique_ptr<registry::store::Store>> OpenDirectoryStore(
    const Config& config, registry::SystemClock* clock) {
  registry::store::StoreOptions options;
  options.database = config.database;
  options.application = "postel-zonegen";
  options.write_lanes = 0;
  options.read_lanes = 1;
  return registry::store::Store::Open(std::move(options), clock);
}

}  // namespace zonegen
