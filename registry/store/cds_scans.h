#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/model/domain.h"
#include "registry/model/host.h"
#include "registry/types/domain_name.h"

namespace registry::store {

class Session;

// What the last look at a delegation's CDS and CDNSKEY records gave.
struct CdsScan {
  DomainName name;
  DomainKey domain{};
  absl::Time at;
  absl::Time since;     // it has been so
  std::string result;   // ChildDsKindName
  std::string problem;  // ChildDsProblem::id; empty: none
  std::string about;
  std::string wish;  // DsText
};

// Whose turn it is. Rows of domains as the database has them, to be projected; without secrets and
// contacts.
struct CdsBatch {
  std::vector<Domain> domains;
  absl::flat_hash_map<HostKey, Host> hosts;         // their name servers
  absl::flat_hash_map<std::string, CdsScan> scans;  // by name; of those who have one
};

// The pass over all delegations: where it is, and what it found. Not thread-safe; reconnects by
// itself.
class CdsScans {
 public:
  explicit CdsScans(const std::string& database);
  ~CdsScans();

  // Whether this process is the one that scans: one at a time, for as long as it is connected. To
  // be called before each step.
  absl::StatusOr<bool> Claim();

  struct Pass {
    absl::Time started;
    std::optional<absl::Time> finished;  // none: it is under way
    int64_t after = 0;                   // all domains up to this one are done
  };
  absl::StatusOr<std::optional<Pass>> LastPass();  // nothing before the first
  absl::Status BeginPass(absl::Time now);
  // The least and the greatest key of all domains, 0 if there are none: from where to where it
  // goes.
  struct Keys {
    int64_t first = 0;
    int64_t last = 0;
  };
  absl::StatusOr<Keys> DomainKeys();
  absl::Status AdvancePass(int64_t after);
  // Forgets what was found before the pass began and not again.
  absl::Status FinishPass(absl::Time now);

  // Domains with name servers by key; without DS records only if `insecure`.
  absl::StatusOr<CdsBatch> Next(int64_t after, int limit, bool insecure);
  // Those that the operator wants looked at, oldest first; `names` are the domains' own (not the
  // second one of a bundle), also of domains that are not there.
  struct Requests {
    std::vector<std::string> names;
    CdsBatch batch;
  };
  absl::StatusOr<Requests> Requested(int limit);
  // Domains by their own names, those that are there.
  absl::StatusOr<CdsBatch> Named(const std::vector<std::string>& names);
  absl::Status RemoveRequests(const std::vector<std::string>& names);

  // `since` is not taken from the scans: it stays as it was where result, problem and wish do.
  absl::Status Keep(const std::vector<CdsScan>& found, const std::vector<std::string>& nothing);

 private:
  absl::StatusOr<CdsBatch> AddDetails(CdsBatch batch);

  std::unique_ptr<Session> session_;
};

// For the operator, over connections of their own. `name` is the domain's name or its second one.
absl::StatusOr<std::optional<CdsScan>> ReadCdsScan(const std::string& database,
                                                   const DomainName& name);
absl::StatusOr<std::optional<CdsScans::Pass>> ReadCdsPass(const std::string& database);
absl::Status RequestCdsScan(const std::string& database, const DomainName& name, absl::Time now);

}  // namespace registry::store
