#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "registry/store/connection.h"

namespace zonegen {

// Which of several followers leads: the one that holds a lock of PostgreSQL, on the connection that
// it reads the registry over. Not thread-safe.
class Election {
 public:
  // `database`: libpq connection string. `name`: who takes part in it.
  Election(std::string database, std::string name)
      : database_(std::move(database)), name_(std::move(name)) {}

  // Whether it is won, or was and still holds.
  absl::StatusOr<bool> Win();
  // After Win.
  registry::store::Connection& connection() { return *connection_; }
  // Gives up what does not hold any more.
  void Check();
  void Resign() { connection_.reset(); }

 private:
  const std::string database_, name_;
  std::unique_ptr<registry::store::Connection> connection_;
};

}  // namespace zonegen
