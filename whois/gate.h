#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/model/directory.h"
#include "whois/access.h"
#include "whois/audit_log.h"
#include "whois/http_message.h"
#include "whois/ip_prefix.h"
#include "whois/lookups.h"
#include "whois/query_limits.h"
#include "whois/rdap_error.h"

namespace whois {

// Why a request is not let in.
struct Refusal {
  RdapError error;
  int retry_after = 0;                // seconds; 0: not said
  std::string_view www_authenticate;  // the field's value; empty: not said
};

// What requests of HTTP have to pass: who asks, how often, and what may he see. A client that sends
// `Authorization: Bearer SECRET` (RFC 6750) is authorised by the token with that secret; what else
// an Authorization field may hold is refused. Thread-safe.
class Gate {
 public:
  // Those given outlive this. `audit` may be null: then no token is taken.
  Gate(std::vector<IpPrefix> trusted_proxies, QueryLimits& limits, AuditLog* audit,
       const Lookups& lookups);

  struct Passage {
    std::optional<Refusal> refused;
    Access access;
    std::string client;  // its address; only of authorised clients
  };
  Passage Enter(const HttpRequest& request) const;

  // Of an authorised client's request that was let in, before it is answered: false if that could
  // not be recorded.
  bool Record(const Passage& passage, HttpMethod method, std::string_view target, int status) const;

 private:
  const std::vector<IpPrefix> trusted_proxies_;
  QueryLimits& limits_;
  AuditLog* const audit_;
  const Lookups& lookups_;
};

// The answer of who could not be recorded.
inline constexpr RdapError kNotRecorded{
    503, "Service Unavailable", "Authorised access cannot be recorded now, so it is not given."};

}  // namespace whois
