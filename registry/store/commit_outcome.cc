#include "registry/store/commit_outcome.h"

#include <chrono>
#include <thread>

#include "registry/base/text.h"

namespace registry::store {

absl::Status AwaitEnd(Connection& connection, const Backend& backend, absl::Duration patience) {
  // A process number may be used again; with the instant of its start it is one of a kind.
  static const Statement kAlive{"backend_alive",
                                "SELECT count(*) FROM pg_stat_activity WHERE pid = $1::int4 AND "
                                "backend_start = $2::timestamptz"};
  static const Statement kEnd{"end_backend",
                              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = "
                              "$1::int4 AND backend_start = $2::timestamptz"};
  const Parameters who = Parameters().Add(backend.pid).Add(backend.started);
  const absl::Time asked = absl::Now();
  while (true) {
    absl::StatusOr<Result> alive = connection.Run(kAlive, who);
    if (!alive.ok()) return alive.status();
    if (alive->Row(0).Int8() == 0) return absl::OkStatus();
    const absl::Duration waited = absl::Now() - asked;
    if (waited > patience + absl::Seconds(30)) {
      return absl::UnavailableError(
          Concat("server process ", backend.pid, " of a lost connection does not end"));
    }
    if (waited >= patience) {
      if (absl::Status status = connection.Run(kEnd, who).status(); !status.ok()) return status;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

absl::StatusOr<bool> WasCommitted(Connection& connection, TransactionNumber group) {
  // A write, not a look: where commits wait for a standby, a transaction whose process was ended in
  // that wait can be seen though it is not safe. This commit returns when all before it is.
  static const Statement kConfirm{"confirm_commit_group",
                                  "UPDATE commit_groups SET at = at WHERE id = $1::int8"};
  absl::StatusOr<Result> confirmed = connection.Run(kConfirm, Parameters().Add(group));
  if (!confirmed.ok()) return confirmed.status();
  return confirmed->tag() == "UPDATE 1";
}

}  // namespace registry::store
