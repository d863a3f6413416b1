#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/model/maintenance.h"
#include "registry/store/connection.h"

// Maintenances that registrars are told of (RFC 9167), as the operator keeps them: few, so each
// function of his has a connection of its own. What changes one, the message to every registrar
// whom it concerns and the record of it are one transaction; such transactions wait for one
// another.
namespace registry::store {

// What was done, and how many registrars were told.
struct MaintenanceDone {
  Maintenance maintenance;  // of a deleted one, before
  int64_t told = 0;
};

// kAlreadyExists: there is, or was, one with this id. kInvalidArgument: it is over already, or
// WhatIsWrong. kFailedPrecondition: kMostMaintenances are planned or running. `created` is ignored.
absl::StatusOr<MaintenanceDone> CreateMaintenance(const std::string& database,
                                                  Maintenance maintenance, const std::string& by,
                                                  absl::Time now);

// `change` is called with the maintenance as it is; what it refuses is the answer. kNotFound.
// kFailedPrecondition: it has ended. kInvalidArgument: nothing has changed, or WhatIsWrong. With
// another start, registrars are reminded again.
absl::StatusOr<MaintenanceDone> UpdateMaintenance(
    const std::string& database, const std::string& id,
    const std::function<absl::Status(Maintenance&)>& change, const std::string& by, absl::Time now);

// kNotFound; kFailedPrecondition: it has ended.
absl::StatusOr<MaintenanceDone> DeleteMaintenance(const std::string& database,
                                                  const std::string& id, const std::string& by,
                                                  absl::Time now);

struct MaintenanceRecord {
  Maintenance maintenance;
  std::optional<absl::Time> courtesy;  // when registrars will be reminded
  bool ended = false;                  // registrars were told so
};
// By start. `all`: also those that are over at `now`.
absl::StatusOr<std::vector<MaintenanceRecord>> ReadMaintenances(const std::string& database,
                                                                bool all, absl::Time now);

struct MaintenanceChange {
  absl::Time at;
  std::string by;
  MaintenanceNotice notice;
};
// The latest first, at most so many; an empty id: of all.
absl::StatusOr<std::vector<MaintenanceChange>> ReadMaintenanceChanges(const std::string& database,
                                                                      const std::string& id,
                                                                      int64_t most);

// What the clock has to say about maintenances: that one is about to begin, or has ended. Each
// thing is told once, however many do this at the same time and whenever they are killed. Not
// thread-safe; reconnects by itself.
class MaintenanceClock {
 public:
  explicit MaintenanceClock(const std::string& database);

  struct Told {
    int64_t notices = 0;   // of maintenances
    int64_t messages = 0;  // to registrars
  };
  // What is due at `now`. A reminder that comes after the start is not given.
  absl::StatusOr<Told> TellDue(absl::Time now);

 private:
  absl::Status Tell(Connection& connection, absl::Time now, Told* told);

  Session session_;
};

}  // namespace registry::store
