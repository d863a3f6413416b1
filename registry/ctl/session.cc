#include "registry/ctl/session.h"

namespace ctl {

absl::StatusOr<registry::store::Store*> Session::store() {
  if (store_ == nullptr) {
    registry::store::StoreOptions options;
    options.database = database;
    options.application = "postelctl";
    options.write_lanes = 1;
    options.read_lanes = 1;
    auto opened = registry::store::Store::Open(options, &clock_);
    if (!opened.ok()) return opened.status();
    store_ = *std::move(opened);
  }
  return store_.get();
}

}  // namespace ctl
