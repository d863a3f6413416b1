#include "registry/worker/lifecycle_pass.h"

#include <algorithm>
#include <ctime>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "registry/base/log.h"
#include "registry/commands/domain_materialize.h"
#include "registry/worker/answers.h"

namespace worker {
namespace {

using registry::DomainKey;
using registry::DomainMaterialize;
using registry::Log;
using registry::LogLevel;
using registry::store::Calendar;
using registry::store::Origin;
using registry::store::Reply;

constexpr absl::Duration kPatience = absl::Minutes(1);

absl::Duration Monotonic() {
  timespec now;
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return absl::DurationFromTimespec(now);
}

// A domain may stand in the calendar twice; it is written once.
std::vector<DomainKey> DomainsOf(const std::vector<Calendar::Entry>& entries) {
  absl::flat_hash_set<DomainKey> seen;
  std::vector<DomainKey> domains;
  for (const Calendar::Entry& entry : entries) {
    if (seen.insert(entry.domain).second) domains.push_back(entry.domain);
  }
  return domains;
}

// The world's trouble, or ours: a refusal of this command is a bug.
absl::Status StatusOf(const Reply<registry::Done>& reply) {
  if (!reply.status.ok() || reply.outcome->ok()) return reply.status;
  return absl::InternalError(std::string(reply.outcome->rejection().reason.id));
}

// Nothing that a domain is to blame for.
bool DatabaseIsAway(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) || absl::IsUnknown(status);
}

void LogFailure(DomainKey domain, const absl::Status& status) {
  Log(LogLevel::kError, "worker.domain_failed",
      {{"domain", registry::Number(domain)}, {"error", status.ToString()}});
}

}  // namespace

LifecyclePass::LifecyclePass(registry::store::Store& store, registry::store::Calendar& calendar,
                             int batch)
    : store_(store), calendar_(calendar), batch_(batch) {}

absl::StatusOr<LifecyclePass::Result> LifecyclePass::Run(const std::stop_token& stop) {
  Result result;
  const absl::Time started = store_.clock().Now();
  ForgetOldFailures();
  while (!stop.stop_requested()) {
    const auto entries = TakeDue();
    if (!entries.ok()) return entries.status();
    if (entries->empty()) break;
    result.delay = std::max(result.delay, started - entries->front().at);
    if (absl::Status status = Materialize(*entries, &result); !status.ok()) return status;
    if (std::ssize(*entries) < batch_) break;
  }
  return result;
}

void LifecyclePass::ForgetOldFailures() {
  const absl::Duration now = Monotonic();
  absl::erase_if(failed_, [now](const auto& failure) { return failure.second + kPatience < now; });
}

absl::StatusOr<std::vector<Calendar::Entry>> LifecyclePass::TakeDue() {
  const int limit = batch_ + static_cast<int>(failed_.size());
  auto entries = calendar_.Due(store_.clock().Now(), limit);
  if (!entries.ok()) return entries.status();
  std::erase_if(*entries, [this](const Entry& entry) { return failed_.contains(entry.domain); });
  if (std::ssize(*entries) > batch_) entries->resize(static_cast<size_t>(batch_));
  return entries;
}

absl::Status LifecyclePass::Materialize(const std::vector<Entry>& entries, Result* result) {
  const std::vector<DomainKey> domains = DomainsOf(entries);
  Answers answers(domains.size());
  for (size_t i = 0; i < domains.size(); ++i) {
    store_.Execute(Origin{registry::kLifecycle, "", "lifecycle"}, DomainMaterialize{domains[i]},
                   [&answers, i](const Reply<registry::Done>& reply) {
                     answers.Give(i, {StatusOf(reply), reply.now});
                   });
  }
  const std::vector<Answers::Answer> given = answers.Await();

  absl::flat_hash_map<DomainKey, absl::Time> written;  // as of when
  for (size_t i = 0; i < domains.size(); ++i) {
    if (DatabaseIsAway(given[i].status)) return given[i].status;
    if (given[i].status.ok()) {
      written[domains[i]] = given[i].now;
      ++result->handled;
    } else {
      LogFailure(domains[i], given[i].status);
      failed_[domains[i]] = Monotonic();
      ++result->failed;
    }
  }
  // An entry is done with if the command came after it: a sandbox's clock may have been set back.
  std::vector<Entry> done;
  for (const Entry& entry : entries) {
    const auto at = written.find(entry.domain);
    if (at != written.end() && entry.at <= at->second) done.push_back(entry);
  }
  return done.empty() ? absl::OkStatus() : calendar_.Remove(done);
}

}  // namespace worker
