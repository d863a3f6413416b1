#pragma once

#include <string>
#include <vector>

namespace registry::store {

// One file of this folder. Never changed once it was released.
struct MigrationStep {
  std::string name;  // "0001_schema"
  std::string sql;
};

// Step 1, step 2, ...
const std::vector<MigrationStep>& MigrationSteps();

}  // namespace registry::store
