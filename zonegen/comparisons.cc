#include "zonegen/comparisons.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "registry/base/log.h"
#include "registry/base/text.h"
#include "registry/net/monotonic.h"

namespace zonegen {
namespace {

using registry::Concat;
using registry::Log;
using registry::LogLevel;
using registry::net::Monotonic;

constexpr absl::Duration kFirst = absl::Minutes(10);
constexpr absl::Duration kAgain = absl::Seconds(10);  // after one that failed
constexpr size_t kMostTouched = 1'000'000;
constexpr size_t kMostExamples = 5;
constexpr int kNice = 10;

// Of this thread, and of those that it starts: on Linux each has its own.
void LowerPriority() { ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice); }

std::string Examples(const std::vector<std::string>& owners) {
  std::string text;
  for (size_t i = 0; i < std::min(owners.size(), kMostExamples); ++i) {
    text += Concat(i == 0 ? "" : " ", owners[i]);
  }
  return text;
}

}  // namespace

Comparisons::Comparisons(ComparisonOrder order, absl::Duration interval, FollowMetrics& metrics)
    : order_(std::move(order)), interval_(interval), metrics_(metrics) {}

Comparisons::~Comparisons() {
  stop_.request_stop();
  if (result_.valid()) result_.wait();
}

void Comparisons::Want(std::string reason) {
  Spoil();
  owed_ = true;
  if (reason_.empty()) reason_ = std::move(reason);
  next_ = Monotonic();
}

void Comparisons::Touch(const std::string& owner) {
  if (!running_ || spoiled_) return;
  touched_.insert(owner);
  if (touched_.size() > kMostTouched) {
    touched_.clear();
    spoiled_ = true;
  }
}

bool Comparisons::StartIsDue() {
  if (next_ == absl::ZeroDuration()) next_ = Monotonic() + std::min(interval_, kFirst);
  return !running_ && Monotonic() >= next_;
}

void Comparisons::Start(const ZoneRecords& zone, absl::Time now) {
  const std::string reason = std::exchange(reason_, "");
  Log(LogLevel::kInfo, "follow.compares",
      {{"tld", order_.tld},
       {"primary", order_.server.name},
       {"reason", reason.empty() ? "interval" : reason}});
  order_.fixed.clear();
  for (const auto& [owner, records] : zone.fixed()) order_.fixed.insert(WireName(owner));
  running_ = true;
  spoiled_ = false;
  touched_.clear();
  stop_ = {};
  result_ = std::async(std::launch::async, [order = order_, now, stop = stop_.get_token()] {
    LowerPriority();
    return CompareZone(order, now, stop);
  });
}

bool Comparisons::TakeIsDue(uint64_t transaction) {
  if (!running_) return false;
  if (!ended_) {
    if (result_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return false;
    ended_ = result_.get();
  }
  return spoiled_ || !ended_->ok() || transaction >= (*ended_)->barrier;
}

void Comparisons::Ended(absl::Duration again) {
  running_ = false;
  // Another may be wanted by now.
  if (reason_.empty()) next_ = Monotonic() + again;
}

std::vector<std::string> Comparisons::Take(const std::function<bool(const std::string&)>& excused) {
  const auto result = *std::exchange(ended_, std::nullopt);
  const auto touched = std::exchange(touched_, {});
  if (!result.ok() || spoiled_) {
    Ended(std::min(interval_, kAgain));
    if (!result.ok()) {
      Log(LogLevel::kError, "follow.compare_failed",
          {{"tld", order_.tld},
           {"primary", order_.server.name},
           {"error", result.status().ToString()}});
    }
    return {};
  }
  owed_ = false;
  Ended(interval_);
  std::vector<std::string> differ;
  for (const std::string& owner : result->owners) {
    if (!touched.contains(owner) && !excused(owner)) differ.push_back(owner);
  }
  Report(*result, differ);
  // The rest of what was too much to be kept.
  if (result->different > std::ssize(result->owners)) Want("rest");
  return differ;
}

void Comparisons::Report(const ComparisonResult& result, const std::vector<std::string>& differ) {
  const int64_t in_flight = std::ssize(result.owners) - std::ssize(differ);
  const int64_t differences = result.different - in_flight;
  metrics_.Compared(result.compared, differences, result.took);
  Log(differences == 0 ? LogLevel::kInfo : LogLevel::kWarning, "follow.compared",
      {{"tld", order_.tld},
       {"primary", order_.server.name},
       {"names", result.compared},
       {"differences", differences},
       {"in_flight", in_flight},
       {"examples", Examples(differ)},
       {"ms", absl::ToInt64Milliseconds(result.took)}});
}

}  // namespace zonegen
