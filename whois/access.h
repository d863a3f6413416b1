#pragma once

#include <string>

namespace whois {

// What a client may do and see beyond what everybody may. One that showed no token has the
// defaults.
struct Access {
  bool unredacted = false;      // sees what the public does not
  bool reverse_search = false;  // RFC 9536
  std::string token;            // the name of its token, for the audit log; empty: it has none
  std::string purpose;          // for which the token was given

  bool authorised() const { return !token.empty(); }
};

}  // namespace whois
