#include "registry/net/connection_limits.h"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <utility>

namespace registry::net {

ConnectionLimits::ConnectionLimits(int total, int per_source)
    : total_(total), per_source_(per_source) {}

ConnectionLimits::Place::Place(Place&& other) noexcept
    : limits_(std::exchange(other.limits_, nullptr)),
      source_(std::move(other.source_)),
      excessive_(other.excessive_) {}

ConnectionLimits::Place::~Place() {
  if (limits_ != nullptr) limits_->Leave(source_);
}

std::optional<ConnectionLimits::Place> ConnectionLimits::Enter(const std::string& address) {
  std::string source = SourceOf(address);
  const MutexLock lock(mutex_);
  if (count_ >= total_) return std::nullopt;
  auto it = by_source_.try_emplace(source, 0).first;
  const bool excessive = it->second >= per_source_;
  if (excessive && count_ >= total_ / 2) return std::nullopt;
  ++it->second;
  ++count_;
  return Place(this, std::move(source), excessive);
}

int ConnectionLimits::count() const {
  const MutexLock lock(mutex_);
  return count_;
}

void ConnectionLimits::Leave(const std::string& source) {
  const MutexLock lock(mutex_);
  --count_;
  auto it = by_source_.find(source);
  if (it != by_source_.end() && --it->second == 0) by_source_.erase(it);
}

std::string SourceOf(const std::string& address) {
  namespace ip = boost::asio::ip;
  boost::system::error_code error;
  const ip::address parsed = ip::make_address(address, error);
  if (error || parsed.is_v4()) return address;
  const ip::address_v6 v6 = parsed.to_v6();
  if (v6.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, v6).to_string();
  return ip::make_network_v6(v6, 64).canonical().to_string();
}

}  // namespace registry::net
