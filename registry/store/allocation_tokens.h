#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/model/allocation_token.h"
#include "registry/store/row_reader.h"

// Allocation tokens as the operator keeps them: few, so each function has a connection of its own.
// Their uses are counted by the flush.
namespace registry::store {

inline constexpr char kTokenColumns[] =
    "id, digest, kind, purpose, registrar, tld, name, starts, ends, max_uses, uses, revoked IS NOT "
    "NULL, discount, price, promoted_years";
AllocationToken ReadAllocationToken(RowReader& row);

// Their keys, in the order of `tokens`, whose own are ignored. AlreadyExists: one has the text of
// another; none is made.
absl::StatusOr<std::vector<int64_t>> CreateTokens(const std::string& database,
                                                  const std::vector<AllocationToken>& tokens,
                                                  const std::string& by, absl::Time now);

struct TokenRecord {
  AllocationToken token;
  absl::Time made;
  std::string made_by;
  std::optional<absl::Time> revoked;
  std::string revoked_by;
};
// By key; those that can still be used, or all.
absl::StatusOr<std::vector<TokenRecord>> ReadTokens(const std::string& database, bool all,
                                                    absl::Time now);

// NotFound: there is no such token. One that is revoked already stays as it is.
absl::Status RevokeToken(const std::string& database, int64_t key, const std::string& by,
                         absl::Time now);

}  // namespace registry::store
