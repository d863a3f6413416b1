#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/model/rdds_token.h"
#include "registry/store/connection.h"

// The tokens of RDAP's authorised clients as the operator keeps them. A change of them makes every
// process load its directory again, within a second; the record of who made and who revoked one is
// in its row, which stays for ever.
namespace registry::store {

// For the loader of directories; by key.
const Statement& RddsTokensInOrder();
std::vector<RddsToken> ReadRddsTokens(Result& result);

// AlreadyExists: the name is taken, be it by one that is revoked. `token.key` is ignored.
absl::Status CreateRddsToken(const std::string& database, const RddsToken& token);
// By key, all that ever were.
absl::StatusOr<std::vector<RddsToken>> ListRddsTokens(const std::string& database);
// NotFound: there is none of this name. One that is revoked already stays as it is.
absl::Status RevokeRddsToken(const std::string& database, const std::string& name,
                             const std::string& by, absl::Time now);

}  // namespace registry::store
