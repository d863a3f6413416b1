#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "zonegen/primary.h"

namespace zonegen {

// A primary for one zone in memory, on a port of the loopback address. Like BIND it looks at what
// an update may change before it looks at what it requires. Its answers are signed. Thread-safe.
class FakePrimary {
 public:
  FakePrimary();
  ~FakePrimary();
  PrimaryServer server() const;

  // Updates of this name are refused; empty: all updates.
  void Refuse(const std::string& owner);
  void RefuseNothing();
  // Keeps answers back until there are so many, or nothing more comes.
  void AnswerTogether(size_t count);
  // Takes so many updates, then closes the connection without an answer to them, once.
  void CloseAfter(int updates);
  void SetTxt(std::set<std::string> txt);
  void SetSerial(uint32_t serial);

  // What the zone has: by name, the TTLs of its NS records.
  std::map<std::string, std::set<uint32_t>> Names() const;
  // The most answers that were sent together.
  size_t most_together() const;

 private:
  struct Update;
  void Serve();
  void ServeConnection(int socket);
  std::string Answer(std::string& wire);
  int Apply(const void* packet) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  int listener_, wake_[2];
  uint16_t port_ = 0;
  TsigKey key_;
  mutable std::mutex mutex_;
  bool refuses_all_ ABSL_GUARDED_BY(mutex_) = false;
  std::set<std::string> refused_ ABSL_GUARDED_BY(mutex_);
  size_t together_ ABSL_GUARDED_BY(mutex_) = 1;
  size_t most_together_ ABSL_GUARDED_BY(mutex_) = 0;
  int close_after_ ABSL_GUARDED_BY(mutex_) = 0;  // 0: never
  uint32_t serial_ ABSL_GUARDED_BY(mutex_) = 1;
  std::set<std::string> txt_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::set<uint32_t>> names_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace zonegen
