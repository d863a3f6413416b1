#include "registry/store/keeper.h"

#include <chrono>
#include <utility>
#include <vector>

#include "registry/base/log.h"
#include "registry/store/directory_loader.h"

namespace registry::store {
namespace {

constexpr std::chrono::seconds kTick{1};
constexpr int64_t kUnhealthyAfterMs = 4000;

ConnectionOptions OptionsFor(const StoreOptions& store) {
  ConnectionOptions options;
  options.application = store.application;
  options.connect_timeout = absl::Seconds(3);
  options.answer_timeout = absl::Seconds(3);
  options.statement_timeout = absl::Seconds(2);
  options.keyed_plans = true;
  options.writable = store.write_lanes > 0;
  return options;
}

int64_t NowMs() { return absl::ToUnixMillis(absl::Now()); }

}  // namespace

Keeper::Keeper(Shared& shared)
    : shared_(shared),
      session_(shared.options.database, OptionsFor(shared.options)),
      reached_ms_(NowMs()),
      thread_([this] { Serve(); }) {}

Keeper::~Keeper() {
  {
    const MutexLock lock(mutex_);
    stopped_ = true;
  }
  wake_.NotifyOne();
  thread_.join();
}

void Keeper::NotifyFeed() {
  {
    const MutexLock lock(mutex_);
    if (notify_) return;
    notify_ = true;
  }
  wake_.NotifyOne();
}

void Keeper::FetchNumbers() {
  {
    const MutexLock lock(mutex_);
    fetch_ = true;
  }
  wake_.NotifyOne();
}

bool Keeper::healthy() const { return NowMs() - reached_ms_ < kUnhealthyAfterMs; }

void Keeper::Serve() {
  bool go_on = true;
  while (go_on) {
    bool notify = false;
    {
      const MutexLock lock(mutex_);
      const auto until = std::chrono::steady_clock::now() + kTick;
      while (!notify_ && !fetch_ && !stopped_ && wake_.WaitUntil(mutex_, until)) {
      }
      go_on = !stopped_;
      notify = std::exchange(notify_, false);
      fetch_ = false;
    }
    if (go_on || notify) Keep(notify);
  }
}

void Keeper::Keep(bool notify) {
  static const Statement kVersion{"kept_version", "SELECT version FROM registry"};
  static const Statement kNotify{"notify_feed", "SELECT pg_notify('postel_feed', '')"};
  absl::StatusOr<Connection*> connection = session_.Get();
  if (!connection.ok()) return;
  if (shared_.options.write_lanes > 0 && shared_.numbers.low()) {
    // In a transaction of its own: the block is given for good before anybody uses it.
    if (!FetchBlock(**connection, shared_.numbers).ok()) return;
  }
  (*connection)->Queue(kVersion);
  if (notify) (*connection)->Queue(kNotify);
  absl::StatusOr<std::vector<Result>> results = (*connection)->Run();
  if (!results.ok()) return;
  reached_ms_ = NowMs();
  if ((*results)[0].rows() != 1) return;
  const int64_t version = (*results)[0].Row(0).Int8();
  if (shared_.directory.Get()->version == version) return;
  const int64_t ticket = shared_.directory.Ticket();
  absl::StatusOr<std::shared_ptr<const Directory>> directory = LoadDirectory(**connection);
  if (directory.ok()) {
    shared_.directory.Set(*std::move(directory), ticket);
  } else {
    Log(LogLevel::kError, "store.directory_unreadable",
        {{"error", std::string(directory.status().message())}});
  }
}

}  // namespace registry::store
