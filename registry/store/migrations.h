#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace registry::store {

// What is fixed when the schema is made, and ignored when it is there already.
struct MigrateOptions {
  std::string repository_id = "POSTEL";  // the suffix of ROIDs, types/roid.h
  std::string currency = "USD";          // ISO 4217, two decimals
  bool sandbox = false;                  // the clock may be moved; can never be changed
};

// Brings the database to the schema that this program knows: forward only, in one transaction per
// step, one caller at a time. Prepares the partitions around `now`. Safe to repeat. Gives the
// version. kInvalidArgument for an option that is malformed; refused when the database is newer
// than this program, or when a step that was applied was another one.
absl::StatusOr<int> Migrate(const std::string& database, const MigrateOptions& options,
                            absl::Time now);

// The version of the schema that this program needs.
int SchemaVersion();

}  // namespace registry::store
