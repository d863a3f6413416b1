#include "registry/store/store.h"

#include <optional>
#include <utility>
#include <vector>

#include "registry/base/text.h"
#include "registry/store/connection.h"
#include "registry/store/directory_loader.h"
#include "registry/store/keeper.h"
#include "registry/store/lane.h"
#include "registry/store/open_with_faults.h"
#include "registry/store/schema_version.h"
#include "registry/store/shared.h"

namespace registry::store {
namespace {

constexpr int kReservedBlocks = 2;

absl::Status CheckOptions(const StoreOptions& options) {
  struct Range {
    const char* name;
    int value, min, max;
  };
  for (const Range& range : {Range{"write_lanes", options.write_lanes, 0, 16},
                             Range{"read_lanes", options.read_lanes, 1, 16},
                             Range{"max_group", options.max_group, 1, 1024},
                             Range{"fair_share", options.fair_share, 1, 1024},
                             Range{"max_queue", options.max_queue, 1, 1 << 20}}) {
    if (range.value < range.min || range.value > range.max) {
      return absl::InvalidArgumentError(
          Concat(range.name, " must be ", range.min, " to ", range.max));
    }
  }
  if (options.command_timeout < absl::Seconds(1) || options.command_timeout > absl::Hours(1)) {
    return absl::InvalidArgumentError("command_timeout must be a second to an hour");
  }
  return absl::OkStatus();
}

}  // namespace

class Store::Impl {
 public:
  Impl(StoreOptions options, FaultPoints faults, SystemClock* clock)
      : shared_(std::move(options), std::move(faults), clock, [this] {
          if (keeper_) keeper_->FetchNumbers();
        }) {}

  ~Impl() {
    shared_.writes.Close();
    shared_.reads.Close();
    lanes_.clear();
    keeper_.reset();
  }

  // Reads what every thread needs from the beginning.
  absl::Status Prepare() {
    ConnectionOptions options;
    options.application = shared_.options.application;
    options.writable = shared_.options.write_lanes > 0;
    absl::StatusOr<std::unique_ptr<Connection>> connection =
        Connection::Open(shared_.options.database, options);
    if (!connection.ok()) return connection.status();
    if (absl::Status status = CheckSchema(**connection); !status.ok()) return status;
    const int64_t ticket = shared_.directory.Ticket();
    absl::StatusOr<std::shared_ptr<const Directory>> directory = LoadDirectory(**connection);
    if (!directory.ok()) return directory.status();
    shared_.directory.Set(*std::move(directory), ticket);
    for (int i = 0; i < kReservedBlocks && shared_.options.write_lanes > 0; ++i) {
      absl::Status fetched = FetchBlock(**connection, shared_.numbers);
      if (!fetched.ok()) return fetched;
    }
    return absl::OkStatus();
  }

  void Start() {
    keeper_.emplace(shared_);
    shared_.on_feed_written = [this] { keeper_->NotifyFeed(); };
    for (int i = 0; i < shared_.options.write_lanes; ++i) {
      lanes_.push_back(std::make_unique<Lane>(shared_, /*writes=*/true));
    }
    for (int i = 0; i < shared_.options.read_lanes; ++i) {
      lanes_.push_back(std::make_unique<Lane>(shared_, /*writes=*/false));
    }
  }

  void Submit(std::vector<std::unique_ptr<Job>> jobs) {
    const absl::Time now = absl::Now();
    std::vector<Waiting> reads, writes;
    for (std::unique_ptr<Job>& job : jobs) {
      if (job->read_only()) {
        reads.push_back({std::move(job), now});
      } else if (shared_.options.write_lanes > 0) {
        writes.push_back({std::move(job), now});
      } else {
        job->Fail(shared_.numbers.Next(), absl::FailedPreconditionError("this store only reads"));
      }
    }
    if (!reads.empty()) shared_.reads.Push(std::move(reads));
    if (!writes.empty()) shared_.writes.Push(std::move(writes));
  }

  bool full() const {
    return shared_.writes.size() + shared_.reads.size() >=
           static_cast<size_t>(shared_.options.max_queue);
  }

  StoreStatistics statistics() const {
    StoreStatistics statistics;
    statistics.groups = shared_.groups;
    statistics.commands = shared_.commands;
    statistics.round_trips = shared_.round_trips;
    statistics.statements = shared_.statements;
    statistics.conflicts = shared_.conflicts;
    statistics.failures = shared_.failures;
    statistics.reconnects = shared_.reconnects;
    statistics.waiting = static_cast<int64_t>(shared_.writes.size() + shared_.reads.size());
    return statistics;
  }

  Shared& shared() { return shared_; }
  const Shared& shared() const { return shared_; }
  bool healthy() const { return keeper_->healthy(); }

 private:
  Shared shared_;
  std::optional<Keeper> keeper_;
  std::vector<std::unique_ptr<Lane>> lanes_;
};

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::~Store() = default;

absl::StatusOr<std::unique_ptr<Store>> Store::Open(StoreOptions options, SystemClock* clock) {
  return OpenWithFaults::Open(std::move(options), clock, {});
}

absl::StatusOr<std::unique_ptr<Store>> OpenWithFaults::Open(StoreOptions options,
                                                            SystemClock* clock,
                                                            FaultPoints faults) {
  if (absl::Status status = CheckOptions(options); !status.ok()) return status;
  auto impl = std::make_unique<Store::Impl>(std::move(options), std::move(faults), clock);
  if (absl::Status status = impl->Prepare(); !status.ok()) return status;
  impl->Start();
  return std::unique_ptr<Store>(new Store(std::move(impl)));
}

void Store::Submit(std::unique_ptr<Job> job) {
  std::vector<std::unique_ptr<Job>> jobs;
  jobs.push_back(std::move(job));
  SubmitAll(std::move(jobs));
}
void Store::SubmitAll(std::vector<std::unique_ptr<Job>> jobs) { impl_->Submit(std::move(jobs)); }
bool Store::full() const { return impl_->full(); }
std::shared_ptr<const Directory> Store::directory() const {
  return impl_->shared().directory.Get();
}
const Clock& Store::clock() const { return *impl_->shared().clock; }
TransactionNumber Store::NextNumber() { return impl_->shared().numbers.Next(); }
bool Store::healthy() const { return impl_->healthy(); }
StoreStatistics Store::statistics() const { return impl_->statistics(); }

}  // namespace registry::store
