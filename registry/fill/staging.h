#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/store/connection.h"

namespace fill {

// The fast way into a registry that is nearly empty: tables of the same form, but without indexes,
// in the schema `fill`, which get their indexes when all rows are there and then take the place of
// the registry's own tables, in one short transaction. The servers work on meanwhile. What
// is staged stays when the program ends early, unseen; the next run goes on with it.
class Staging {
 public:
  // `at` as history and ledger have it: their partition for that time is the one that is replaced.
  Staging(std::string database, absl::Time at);

  absl::StatusOr<bool> Exists(registry::store::Connection& connection) const;
  // Whether the registry's tables are small against `domains` that come: their rows are copied
  // while everybody waits.
  absl::StatusOr<bool> Pays(registry::store::Connection& connection, int64_t domains) const;
  absl::Status Create(registry::store::Connection& connection) const;
  // With fill.batches: the staged rows were of no other use.
  absl::Status Drop(registry::store::Connection& connection) const;
  // Makes the indexes, which takes a third of the time; `note` is told what is being done.
  absl::Status BuildIndexes(registry::store::Connection& connection,
                            const std::function<void(std::string_view)>& note) const;
  // Everything appears at once, and who reads the change feed begins anew from a snapshot.
  absl::Status TakePlace(registry::store::Connection& connection) const;

 private:
  absl::Status TryTakePlace(registry::store::Connection& connection) const;
  std::string Tables() const;

  const std::string database_;
  const std::string at_;  // a literal
};

// The application_name of connections that load: by this a run knows what an earlier one left
// behind.
inline constexpr char kLoaderName[] = "postel-fill-load";

// The tables of the connection's COPYs from now on.
inline constexpr char kUseStaging[] = "SET search_path = fill, public";

}  // namespace fill
