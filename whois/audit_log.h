#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/base/mutex.h"
#include "registry/net/metrics.h"

namespace whois {

// One access of an authorised client.
struct AuditEntry {
  absl::Time time;
  std::string_view token;    // its name
  std::string_view purpose;  // for which it was given
  std::string_view source;   // the client's address
  std::string_view method;
  std::string_view target;  // as it stands in the request line
  int status = 0;           // of the answer
};

// The file in which every access of an authorised client stands before it is answered: one JSON
// object in a line each, appended by a single write, so that several processes may share it.
// Nothing of it waits for the disk. Thread-safe.
class AuditLog {
 public:
  // Makes the file, if it is not there, for its owner alone to read and write and for its group to
  // read. `metrics` outlives this: postel_audit_failures_total.
  static absl::StatusOr<std::unique_ptr<AuditLog>> Open(std::string path,
                                                        registry::net::Metrics& metrics);
  ~AuditLog();
  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  // False: it does not stand there, and nothing may be disclosed.
  bool Add(const AuditEntry& entry);
  // Goes on with the file that now has the name, for who moves the old one away. If it cannot be
  // opened, that is logged, and the old one is written on.
  void Reopen();

 private:
  AuditLog(std::string path, int file, registry::net::Metrics& metrics);

  const std::string path_;
  prometheus::Counter& failures_;
  registry::Mutex mutex_;
  int file_ ABSL_GUARDED_BY(mutex_);
  bool torn_ ABSL_GUARDED_BY(mutex_) = false;  // its last line is not whole
};

// As it stands in the file, with its end.
std::string FormatAuditEntry(const AuditEntry& entry);

}  // namespace whois
