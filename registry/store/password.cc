#include "registry/store/password.h"

#include <argon2.h>
#include <sys/random.h>

#include <array>
#include <cstdint>
#include <deque>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "registry/base/check.h"
#include "registry/base/mutex.h"

namespace registry::store {
namespace {

constexpr uint32_t kPasses = 2;
constexpr uint32_t kMemoryKib = 19 * 1024;
constexpr uint32_t kLanes = 1;
constexpr size_t kSaltBytes = 16;
constexpr size_t kHashBytes = 32;

// What unknown clients are compared with, so that they cannot be told by the time it takes.
const std::string& NobodysHash() {
  static const std::string hash = HashPassword("nobody has this password");
  return hash;
}

}  // namespace

std::string HashPassword(std::string_view password) {
  std::array<uint8_t, kSaltBytes> salt;
  POSTEL_CHECK(getrandom(salt.data(), salt.size(), 0) == static_cast<ssize_t>(salt.size()));
  std::string encoded(
      argon2_encodedlen(kPasses, kMemoryKib, kLanes, kSaltBytes, kHashBytes, Argon2_id), '\0');
  const int error =
      argon2id_hash_encoded(kPasses, kMemoryKib, kLanes, password.data(), password.size(),
                            salt.data(), salt.size(), kHashBytes, encoded.data(), encoded.size());
  POSTEL_CHECK(error == ARGON2_OK);
  encoded.resize(encoded.find('\0'));
  return encoded;
}

bool PasswordMatches(const std::string& encoded, std::string_view password) {
  return argon2id_verify(encoded.c_str(), password.data(), password.size()) == ARGON2_OK;
}

struct PasswordPool::Impl {
  Mutex mutex;
  Condition wake;
  std::deque<std::function<void()>> queue ABSL_GUARDED_BY(mutex);
  bool stopped ABSL_GUARDED_BY(mutex) = false;
  std::vector<std::thread> threads;

  void Push(std::function<void()> work) {
    {
      const MutexLock lock(mutex);
      queue.push_back(std::move(work));
    }
    wake.NotifyOne();
  }

  void Serve() {
    while (true) {
      std::function<void()> work;
      {
        const MutexLock lock(mutex);
        while (!stopped && queue.empty()) wake.Wait(mutex);
        if (queue.empty()) return;
        work = std::move(queue.front());
        queue.pop_front();
      }
      work();
    }
  }
};

PasswordPool::PasswordPool(int threads) : impl_(std::make_unique<Impl>()) {
  NobodysHash();
  for (int i = 0; i < threads; ++i) {
    impl_->threads.emplace_back([impl = impl_.get()] { impl->Serve(); });
  }
}

PasswordPool::~PasswordPool() {
  {
    const MutexLock lock(impl_->mutex);
    impl_->stopped = true;
  }
  impl_->wake.NotifyAll();
  for (std::thread& thread : impl_->threads) thread.join();
}

void PasswordPool::Compare(std::string encoded, std::string password,
                           std::function<void(bool)> done) {
  impl_->Push(
      [encoded = std::move(encoded), password = std::move(password), done = std::move(done)] {
        const bool known = !encoded.empty();
        const bool matches = PasswordMatches(known ? encoded : NobodysHash(), password);
        done(known && matches);
      });
}

void PasswordPool::Hash(std::string password, std::function<void(std::string)> done) {
  impl_->Push(
      [password = std::move(password), done = std::move(done)] { done(HashPassword(password)); });
}

}  // namespace registry::store
