#include "registry/store/object_searcher.h"

#include <chrono>
#include <deque>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "registry/base/mutex.h"
#include "registry/store/connection.h"
#include "registry/store/database_error.h"

namespace registry::store {
namespace {

using SteadyClock = std::chrono::steady_clock;

ConnectionOptions OptionsOf(const ObjectSearcher::Options& options) {
  ConnectionOptions connection;
  connection.application = options.application;
  connection.statement_timeout = options.timeout;
  connection.answer_timeout = options.timeout + absl::Seconds(5);
  connection.lock_timeout = options.timeout;
  connection.keyed_plans = true;
  connection.writable = false;
  return connection;
}

absl::StatusOr<FoundObjects> Read(Session& session, const ObjectSearch& search) {
  absl::StatusOr<Connection*> connection = session.Get();
  if (!connection.ok()) return connection.status();
  absl::StatusOr<FoundObjects> found = FindObjects(**connection, search);
  if (!found.ok() && IsTooSlow(found.status())) {
    return absl::DeadlineExceededError("the search takes too long");
  }
  return found;
}

}  // namespace

class ObjectSearcher::Impl {
 public:
  explicit Impl(Options options) : options_(std::move(options)) {
    for (int i = 0; i < options_.lanes; ++i) threads_.emplace_back([this] { Work(); });
  }

  ~Impl() {
    std::deque<Waiting> left;
    {
      const MutexLock lock(mutex_);
      stopping_ = true;
      left.swap(waiting_);
    }
    condition_.NotifyAll();
    for (Waiting& waiting : left) waiting.then(absl::CancelledError("searching has ended"));
    for (std::thread& thread : threads_) thread.join();
  }

  void Find(ObjectSearch search, Then then) {
    {
      const MutexLock lock(mutex_);
      if (!stopping_ && std::ssize(waiting_) < options_.max_queue) {
        waiting_.push_back({std::move(search), std::move(then), SteadyClock::now()});
        condition_.NotifyOne();
        return;
      }
    }
    then(absl::ResourceExhaustedError("too many searches are waiting"));
  }

 private:
  struct Waiting {
    ObjectSearch search;
    Then then;
    SteadyClock::time_point since;
  };

  std::optional<Waiting> Next() {
    const MutexLock lock(mutex_);
    while (!stopping_ && waiting_.empty()) condition_.Wait(mutex_);
    if (stopping_) return std::nullopt;
    Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    return next;
  }

  void Work() {
    Session session(options_.database, OptionsOf(options_));
    while (std::optional<Waiting> next = Next()) {
      if (SteadyClock::now() - next->since > absl::ToChronoNanoseconds(options_.timeout)) {
        next->then(absl::DeadlineExceededError("the search waited too long"));
      } else {
        next->then(Read(session, next->search));
      }
    }
  }

  const Options options_;
  Mutex mutex_;
  Condition condition_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::deque<Waiting> waiting_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_;
};

ObjectSearcher::ObjectSearcher(Options options)
    : impl_(std::make_unique<Impl>(std::move(options))) {}
ObjectSearcher::~ObjectSearcher() = default;

void ObjectSearcher::Find(ObjectSearch search, Then then) {
  impl_->Find(std::move(search), std::move(then));
}

}  // namespace registry::store
