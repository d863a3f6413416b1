#pragma once

#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "registry/base/mutex.h"
#include "registry/types/keys.h"

namespace epp {

// How many sessions are logged in, in all and for each registrar. Thread-safe.
class SessionLimits {
 public:
  // All at least 1.
  SessionLimits(int total, int per_registrar);

  // The right to one session; given back when it is destroyed. The limits outlive it.
  class Ticket {
   public:
    Ticket(Ticket&& other) noexcept
        : limits_(std::exchange(other.limits_, nullptr)), registrar_(other.registrar_) {}
    Ticket& operator=(Ticket&& other) noexcept {
      std::swap(limits_, other.limits_);
      std::swap(registrar_, other.registrar_);
      return *this;
    }
    ~Ticket();

   private:
    friend class SessionLimits;
    Ticket(SessionLimits* limits, registry::RegistrarKey registrar)
        : limits_(limits), registrar_(registrar) {}
    SessionLimits* limits_;
    registry::RegistrarKey registrar_;
  };

  // None: one session more would be too many. `own_limit` is the registrar's; 0: the default.
  std::optional<Ticket> Enter(registry::RegistrarKey registrar, int own_limit);
  int count() const;

 private:
  void Leave(registry::RegistrarKey registrar);

  const int total_;
  const int per_registrar_;
  mutable registry::Mutex mutex_;
  int count_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_map<registry::RegistrarKey, int> by_registrar_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace epp
