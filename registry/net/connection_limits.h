#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "registry/base/mutex.h"

namespace registry::net {

// How many connections a server holds, in all and from one source. An IPv6 source is a /64 network,
// since a single customer has at least so many addresses. Thread-safe.
class ConnectionLimits {
 public:
  // Both at least 1.
  ConnectionLimits(int total, int per_source);

  // A place; given back when it is destroyed. The limits outlive their places.
  class Place {
   public:
    Place(Place&& other) noexcept;
    Place& operator=(Place&&) = delete;
    ~Place();
    // The source holds more places than it may: tell it so and close.
    bool excessive() const { return excessive_; }

   private:
    friend class ConnectionLimits;
    Place(ConnectionLimits* limits, std::string source, bool excessive)
        : limits_(limits), source_(std::move(source)), excessive_(excessive) {}
    ConnectionLimits* limits_;
    std::string source_;
    bool excessive_;
  };

  // None: full; close at once. While less than half of all places are taken, a source beyond its
  // limit still gets a place, an excessive one, so that it can be told why it is sent away.
  std::optional<Place> Enter(const std::string& address);
  int count() const;

 private:
  void Leave(const std::string& source);

  const int total_;
  const int per_source_;
  mutable Mutex mutex_;
  int count_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_map<std::string, int> by_source_ ABSL_GUARDED_BY(mutex_);
};

// "192.0.2.1" for "::ffff:192.0.2.1" and itself, "2001:db8:1:2::/64" for any address of that
// network.
std::string SourceOf(const std::string& address);

}  // namespace registry::net
