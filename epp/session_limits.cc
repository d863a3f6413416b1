#include "epp/session_limits.h"

namespace epp {

SessionLimits::SessionLimits(int total, int per_registrar)
    : total_(total), per_registrar_(per_registrar) {}

SessionLimits::Ticket::~Ticket() {
  if (limits_ != nullptr) limits_->Leave(registrar_);
}

std::optional<SessionLimits::Ticket> SessionLimits::Enter(registry::RegistrarKey registrar,
                                                          int own_limit) {
  const registry::MutexLock lock(mutex_);
  if (count_ >= total_) return std::nullopt;
  auto it = by_registrar_.try_emplace(registrar, 0).first;
  if (it->second >= (own_limit > 0 ? own_limit : per_registrar_)) return std::nullopt;
  ++it->second;
  ++count_;
  return Ticket(this, registrar);
}

int SessionLimits::count() const {
  const registry::MutexLock lock(mutex_);
  return count_;
}

void SessionLimits::Leave(registry::RegistrarKey registrar) {
  const registry::MutexLock lock(mutex_);
  --count_;
  auto it = by_registrar_.find(registrar);
  if (it != by_registrar_.end() && --it->second == 0) by_registrar_.erase(it);
}

}  // namespace epp
