#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace registry::store {

// argon2id (RFC 9106), 19 MiB, 2 passes, 1 lane, random salt, in the encoded form "$argon2id$...".
// Tens of milliseconds of CPU: not on I/O threads.
std::string HashPassword(std::string_view password);
bool PasswordMatches(const std::string& encoded, std::string_view password);

// Threads that do nothing but the above. `done` is called on one of them.
class PasswordPool {
 public:
  explicit PasswordPool(int threads);
  ~PasswordPool();  // finishes what is queued
  // An empty `encoded` (unknown client) takes as long as a real one and gives false.
  void Compare(std::string encoded, std::string password, std::function<void(bool)> done);
  void Hash(std::string password, std::function<void(std::string)> done);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace registry::store
