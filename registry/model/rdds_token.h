#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace registry {

// What lets a client of RDAP do and see more than the public (RFC 7481 section 3.1, RFC 6750). Its
// secret is shown once, when it is made, and kept nowhere.
struct RddsToken {
  int64_t key = 0;
  std::string name;             // unique for ever; letters, digits and "-._", at most 64
  std::string digest;           // SHA-256 of the secret, 32 octets
  bool unredacted = false;      // sees what is withheld from the public
  bool reverse_search = false;  // RFC 9536
  int per_minute = 0;           // queries; 0: what the server gives every token
  std::string purpose;          // for people and for the audit log
  absl::Time made;
  std::string made_by;  // the operator's user name
  absl::Time expires = absl::InfiniteFuture();
  absl::Time revoked = absl::InfiniteFuture();
  std::string revoked_by;

  // A revoked one never is, whatever the clock says.
  bool ValidAt(absl::Time now) const { return revoked == absl::InfiniteFuture() && now < expires; }
  friend bool operator==(const RddsToken&, const RddsToken&) = default;
};

}  // namespace registry
