#include "epp/password_verifier.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/random.h>

#include <memory>
#include <utility>

#include "registry/base/check.h"

namespace epp {

PasswordVerifier::PasswordVerifier(int threads, size_t most_remembered)
    : most_remembered_(most_remembered), pool_(threads) {
  POSTEL_CHECK(getrandom(key_.data(), key_.size(), 0) == static_cast<ssize_t>(key_.size()));
}

void PasswordVerifier::Compare(std::string encoded, std::string password, Done done) {
  const Digest digest = DigestOf(encoded, password);
  bool known = false;
  {
    const registry::MutexLock lock(mutex_);
    known = matched_.contains(digest);
    if (!known) {
      std::vector<Done>& waiting = waiting_[digest];
      waiting.push_back(std::move(done));
      if (waiting.size() > 1) return;
      ++comparisons_;
    }
  }
  if (known) return std::move(done)(true);
  pool_.Compare(std::move(encoded), std::move(password),
                [this, digest](bool matches) { Finish(digest, matches); });
}

void PasswordVerifier::Hash(std::string password,
                            absl::AnyInvocable<void(std::string encoded) &&> done) {
  // The pool wants a callback that can be copied.
  auto shared = std::make_shared<decltype(done)>(std::move(done));
  pool_.Hash(std::move(password),
             [shared](std::string encoded) { std::move (*shared)(std::move(encoded)); });
}

int64_t PasswordVerifier::comparisons() const {
  const registry::MutexLock lock(mutex_);
  return comparisons_;
}

void PasswordVerifier::Finish(const Digest& digest, bool matches) {
  std::vector<Done> waited;
  {
    const registry::MutexLock lock(mutex_);
    auto it = waiting_.find(digest);
    POSTEL_CHECK(it != waiting_.end());
    waited = std::move(it->second);
    waiting_.erase(it);
    if (matches) {
      if (matched_.size() >= most_remembered_) matched_.clear();
      matched_.insert(digest);
    }
  }
  for (Done& done : waited) std::move(done)(matches);
}

PasswordVerifier::Digest PasswordVerifier::DigestOf(const std::string& encoded,
                                                    const std::string& password) const {
  // An encoded hash contains no zero byte, so the two cannot be shifted against one another.
  std::string text = encoded;
  text += '\0';
  text += password;
  Digest digest;
  unsigned int size = digest.size();
  POSTEL_CHECK(HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
                    reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(),
                    &size) != nullptr &&
               size == digest.size());
  return digest;
}

}  // namespace epp
