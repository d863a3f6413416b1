#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "epp/signed_mark.h"
#include "registry/base/mutex.h"
#include "registry/model/tmch_lists.h"

namespace epp {

// What the trademark clearinghouse publishes, as it was at some time. Immutable.
struct Clearinghouse {
  registry::ClaimsList claims;
  registry::RevokedMarks revoked;
  MarkSigners signers;
};

struct ClearinghouseSettings {
  // Holds dnl.csv (the list of claims), smdrl.csv (revoked marks), tmch.pem (who signs the
  // certificates of trademark validators) and tmch.crl (revoked certificates).
  std::string folder;
  absl::Duration refresh;  // how often to look for changed files
  int64_t max_bytes = 0;   // of one file
};

// Reads all files. Errors name the file.
absl::StatusOr<Clearinghouse> ReadClearinghouse(const ClearinghouseSettings& settings);

// The files of a folder, read again by a thread of its own when one of them has changed. While they
// are not right, what was read before stays in use. Thread-safe.
class ClearinghouseFiles {
 public:
  static absl::StatusOr<std::unique_ptr<ClearinghouseFiles>> Open(ClearinghouseSettings settings);
  ~ClearinghouseFiles();

  std::shared_ptr<const Clearinghouse> current() const;
  // Did the latest attempt to read them fail?
  bool stale() const { return stale_; }

 private:
  ClearinghouseFiles(ClearinghouseSettings settings, std::string state, Clearinghouse read);
  void Watch();
  void Reload();

  const ClearinghouseSettings settings_;
  std::string state_;  // of the files when they were read last; the thread's
  std::atomic<bool> stale_ = false;
  mutable registry::Mutex mutex_;
  registry::Condition stopped_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::shared_ptr<const Clearinghouse> current_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace epp
