#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/any_invocable.h"
#include "registry/base/mutex.h"
#include "registry/store/password.h"

namespace epp {

// Compares passwords away from the I/O threads. After a restart a registrar's fifty sessions log in
// at once with one password, and argon2id is slow on purpose; so equal questions that wait share
// one answer, and a password that matched is remembered. What is kept is an HMAC under a key of
// this process, which lives in memory only. A changed password has another hash, so that what was
// remembered does not apply to it. Thread-safe.
class PasswordVerifier {
 public:
  using Done = absl::AnyInvocable<void(bool matches) &&>;

  // Forgets everything when it remembers more than `most_remembered`.
  explicit PasswordVerifier(int threads, size_t most_remembered = 10'000);

  // `done` is called on a password thread, or at once. An empty `encoded` (unknown client) takes as
  // long as a wrong password and gives false.
  void Compare(std::string encoded, std::string password, Done done);
  void Hash(std::string password, absl::AnyInvocable<void(std::string encoded) &&> done);

  // How often argon2id was really run to compare.
  int64_t comparisons() const;

 private:
  using Digest = std::array<uint8_t, 32>;

  Digest DigestOf(const std::string& encoded, const std::string& password) const;
  void Finish(const Digest& digest, bool matches);

  const size_t most_remembered_;
  Digest key_;
  mutable registry::Mutex mutex_;
  int64_t comparisons_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_set<Digest> matched_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<Digest, std::vector<Done>> waiting_ ABSL_GUARDED_BY(mutex_);
  registry::store::PasswordPool pool_;  // last: its threads end before the rest goes
};

}  // namespace epp
