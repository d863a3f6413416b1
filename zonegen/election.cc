#include "zonegen/election.h"

#include <utility>

#include "registry/base/text.h"
#include "registry/store/delegation_reader.h"

namespace zonegen {

using registry::Concat;

absl::StatusOr<bool> Election::Win() {
  Check();
  if (connection_ != nullptr) return true;
  registry::store::ConnectionOptions options;
  options.application = Concat("postel-follow-", name_);
  options.keyed_plans = true;
  auto connection = registry::store::Connection::Open(database_, options);
  if (!connection.ok()) return connection.status();
  const auto locked =
      registry::store::TryLock(**connection, Concat("postel-zonegen follow ", name_));
  if (locked.ok() && *locked) connection_ = *std::move(connection);
  return locked;
}

void Election::Check() {
  if (connection_ != nullptr && connection_->lost()) connection_.reset();
}

}  // namespace zonegen
