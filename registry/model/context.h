#pragma once

#include <string>

#include "absl/time/time.h"
#include "registry/model/directory.h"
#include "registry/types/keys.h"
#include "registry/types/transaction_id.h"

namespace registry {

// Who asks, when, under which policies.
struct Context {
  RegistrarKey asker = kNoRegistrar;  // a registrar, kOperator, kLifecycle or kPublic
  absl::Time now;
  TransactionNumber number = 0;  // also the key of the object that the command creates
  std::string client_id;         // clTRID, may be empty
  const Directory& directory;    // outlives the call
};

}  // namespace registry
