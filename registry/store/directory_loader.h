#pragma once

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "registry/model/directory.h"
#include "registry/store/connection.h"

namespace registry::store {

// Reads settings, TLDs and registrars, within the transaction that is open or in none. Outside of a
// snapshot the content may be newer than the version says, never older.
absl::StatusOr<std::shared_ptr<const Directory>> LoadDirectory(Connection& connection);

}  // namespace registry::store
