#include "bench/load/renewals.h"

namespace bench {

void Renewals::Push(uint32_t name) {
  queue_[(head_ + waiting_) % queue_.size()] = name;
  ++waiting_;
}

void Renewals::Add(uint32_t name, std::string_view expiry_day) {
  expiry_day.copy(names_[name].expiry_day.data(), names_[name].expiry_day.size());
  Push(name);
}

std::optional<uint32_t> Renewals::Take() {
  if (waiting_ == 0) return std::nullopt;
  const uint32_t name = queue_[head_];
  head_ = (head_ + 1) % queue_.size();
  --waiting_;
  ++taken_;
  return name;
}

std::string_view Renewals::ExpiryDayOf(uint32_t name) const {
  const auto& day = names_[name].expiry_day;
  return {day.data(), day.size()};
}

void Renewals::Renewed(uint32_t name, std::string_view expiry_day) {
  --taken_;
  if (++names_[name].renewed < kMost) Add(name, expiry_day);
}

void Renewals::GiveBack(uint32_t name) {
  --taken_;
  Push(name);
}

void Renewals::Drop(uint32_t) { --taken_; }

}  // namespace bench
