#include "registry/worker/lifecycle_pass.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "registry/base/log.h"
#include "registry/commands/contact_materialize.h"
#include "registry/commands/domain_materialize.h"
#include "registry/net/monotonic.h"
#include "registry/worker/answers.h"

namespace worker {
namespace {

using registry::Log;
using registry::LogLevel;
using registry::ObjectKind;
using registry::net::Monotonic;
using registry::store::Calendar;
using registry::store::Origin;
using registry::store::Reply;

constexpr absl::Duration kPatience = absl::Minutes(1);

// An object may stand in the calendar twice; it is written once.
std::vector<Calendar::Entry> OnceEach(const std::vector<Calendar::Entry>& entries) {
  absl::flat_hash_set<int64_t> seen;
  std::vector<Calendar::Entry> objects;
  for (const Calendar::Entry& entry : entries) {
    if (seen.insert(entry.object).second) objects.push_back(entry);
  }
  return objects;
}

// The world's trouble, or ours: a refusal of this command is a bug.
absl::Status StatusOf(const Reply<registry::Done>& reply) {
  if (!reply.status.ok() || reply.outcome->ok()) return reply.status;
  return absl::InternalError(std::string(reply.outcome->rejection().reason.id));
}

// Nothing that an object is to blame for.
bool DatabaseIsAway(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) || absl::IsUnknown(status);
}

void LogFailure(const Calendar::Entry& entry, const absl::Status& status) {
  const bool contact = entry.kind == ObjectKind::kContact;
  Log(LogLevel::kError, contact ? "worker.contact_failed" : "worker.domain_failed",
      {{contact ? "contact" : "domain", entry.object}, {"error", status.ToString()}});
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
  std::erase_if(*entries, [this](const Entry& entry) { return failed_.contains(entry.object); });
  if (std::ssize(*entries) > batch_) entries->resize(static_cast<size_t>(batch_));
  return entries;
}

absl::Status LifecyclePass::Materialize(const std::vector<Entry>& entries, Result* result) {
  const std::vector<Entry> objects = OnceEach(entries);
  Answers answers(objects.size());
  for (size_t i = 0; i < objects.size(); ++i) {
    const Origin origin{registry::kLifecycle, "", "lifecycle"};
    const auto done = [&answers, i](const Reply<registry::Done>& reply) {
      answers.Give(i, {StatusOf(reply), reply.now});
    };
    if (objects[i].kind == ObjectKind::kContact) {
      store_.Execute(origin, registry::ContactMaterialize{registry::ContactKey{objects[i].object}},
                     done);
    } else {
      store_.Execute(origin, registry::DomainMaterialize{registry::DomainKey{objects[i].object}},
                     done);
    }
  }
  const std::vector<Answers::Answer> given = answers.Await();

  absl::flat_hash_map<int64_t, absl::Time> written;  // as of when
  for (size_t i = 0; i < objects.size(); ++i) {
    if (DatabaseIsAway(given[i].status)) return given[i].status;
    if (given[i].status.ok()) {
      written[objects[i].object] = given[i].now;
      ++result->handled;
    } else {
      LogFailure(objects[i], given[i].status);
      failed_[objects[i].object] = Monotonic();
      ++result->failed;
    }
  }
  // An entry is done with if the command came after it: a sandbox's clock may have been set back.
  std::vector<Entry> done;
  for (const Entry& entry : entries) {
    const auto at = written.find(entry.object);
    if (at != written.end() && entry.at <= at->second) done.push_back(entry);
  }
  return done.empty() ? absl::OkStatus() : calendar_.Remove(done);
}

}  // namespace worker
