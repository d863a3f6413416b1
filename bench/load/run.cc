#include "bench/load/run.h"

#include <iostream>

#include "absl/functional/function_ref.h"
#include "bench/load/report.h"
#include "bench/load/traffic.h"
#include "bench/load/workloads.h"
#include "registry/base/text.h"

namespace bench {
namespace {

// Longer than any answer may take, if the server is there at all.
constexpr auto kStalled = std::chrono::seconds(60);
constexpr auto kPatience = std::chrono::seconds(10);  // with the last answers
constexpr auto kShort = std::chrono::milliseconds(100);

// What there is to do until `progress` reaches `goal`; an error if it stands still.
absl::Status Await(int64_t goal, absl::FunctionRef<int64_t()> progress,
                   absl::FunctionRef<absl::Status()> step, const char* what) {
  int64_t best = progress();
  Instant since = Clock::now();
  while (progress() < goal) {
    if (const absl::Status status = step(); !status.ok()) return status;
    const Instant now = Clock::now();
    if (progress() > best) {
      best = progress();
      since = now;
    }
    if (now - since > kStalled) {
      return absl::DeadlineExceededError(
          registry::Concat(what, ": nothing for a minute; ", best, " of ", goal));
    }
  }
  return absl::OkStatus();
}

absl::Status LogIn(Fleet& fleet) {
  return Await(
      fleet.size(), [&] { return fleet.ready(); },
      [&] {
        fleet.Poll(Clock::now() + kShort);
        return fleet.status();
      },
      "sessions");
}

absl::Status AwaitAnswers(Traffic& traffic, int64_t goal) {
  return Await(
      goal, [&] { return traffic.answers(); },
      [&] {
        traffic.Step(Clock::now() + kShort);
        return traffic.status();
      },
      "answers");
}

absl::Status Prepare(const Options& options, const Frames& frames, Fleet& fleet, Stock& stock) {
  if (!NeedsPreparation(options)) return absl::OkStatus();
  const std::unique_ptr<Workload> preparation = MakePreparation(frames, stock);
  Traffic traffic(fleet, *preparation, Schedule::Closed(), 1, nullptr);
  return AwaitAnswers(traffic, stock.count);
}

std::string Report(const Options& options, const Tally& tally, const Fleet& fleet, int64_t late) {
  return ReportJson(options, tally, {fleet.broken(), fleet.reconnects(), late});
}

absl::StatusOr<std::string> BeIdle(const Options& options, Fleet& fleet, Series& series) {
  std::cout << "{\"ready\": " << fleet.ready() << "}" << std::endl;
  const Instant from = Clock::now();
  const Instant until = from + std::chrono::seconds(options.seconds);
  Tally tally(from, until, static_cast<int>(options.users.size()), series);
  for (Instant now = from; now < until; now = Clock::now()) {
    tally.Advance(now);
    fleet.Poll(tally.NextMark());
    if (!fleet.status().ok()) return fleet.status();
  }
  tally.Advance(until);
  return Report(options, tally, fleet, 0);
}

absl::StatusOr<std::string> Storm(const Options& options, Fleet& fleet, Workload& workload,
                                  Series& series) {
  Tally tally(Clock::now(), Instant::max(), static_cast<int>(options.users.size()), series);
  tally.Advance(Clock::now());
  Traffic traffic(fleet, workload, Schedule::Closed(), options.pipeline, &tally);
  const int64_t answers = int64_t{options.sessions} * options.names;
  if (const absl::Status status = AwaitAnswers(traffic, answers); !status.ok()) return status;
  tally.EndWithLastAnswer();
  return Report(options, tally, fleet, 0);
}

// Ends the load in order: a server that writes to closed connections would be the next run's noise.
void Drain(Traffic& traffic) {
  traffic.Stop();
  const Instant deadline = Clock::now() + kPatience;
  while (traffic.outstanding() > 0 && traffic.status().ok() && Clock::now() < deadline) {
    traffic.Step(deadline);
  }
}

absl::StatusOr<std::string> Measure(const Options& options, Fleet& fleet, Workload& workload,
                                    Series& series) {
  const Instant start = Clock::now();
  const Instant from = start + std::chrono::seconds(options.warm_up_seconds);
  const Instant until = from + std::chrono::seconds(options.seconds);
  Tally tally(from, until, static_cast<int>(options.users.size()), series);
  workload.Measures(from, until);
  const Schedule schedule =
      options.rate > 0 ? Schedule::Open(options.rate, start) : Schedule::Closed();
  Traffic traffic(fleet, workload, schedule, options.pipeline, &tally);
  for (Instant now = start; now < until; now = Clock::now()) {
    tally.Advance(now);
    traffic.Step(tally.NextMark());
    if (const absl::Status status = traffic.status(); !status.ok()) return status;
  }
  tally.Advance(Clock::now());
  const int64_t late = traffic.LateAt(until);
  std::string report = Report(options, tally, fleet, late);
  if (tally.answers() == 0) return absl::UnavailableError("there were no answers");
  Drain(traffic);
  report.insert(report.size() - 1, workload.Finish());
  return report;
}

}  // namespace

absl::StatusOr<std::string> Run(const Options& options) {
  const Frames frames(options);
  const std::string run = options.run.empty() ? NewRun() : options.run;
  Stock stock = MakeStock(options, run);
  absl::StatusOr<std::unique_ptr<Workload>> workload = MakeWorkload(options, run, frames, stock);
  if (workload.ok() && *workload != nullptr && !options.record.empty()) {
    workload = MakeRecorded(*std::move(workload),
                            NameSeries::Fresh(options.prefix, run, options.tld), options.record);
  }
  if (!workload.ok()) return workload.status();
  Series series;
  if (const absl::Status status = series.Open(options.series); !status.ok()) return status;
  absl::StatusOr<std::unique_ptr<Fleet>> fleet = Fleet::Make(options);
  if (!fleet.ok()) return fleet.status();
  if (const absl::Status status = LogIn(**fleet); !status.ok()) return status;
  if (options.command == "idle") return BeIdle(options, **fleet, series);
  if (options.command == "storm") return Storm(options, **fleet, **workload, series);
  if (const absl::Status status = Prepare(options, frames, **fleet, stock); !status.ok()) {
    return status;
  }
  return Measure(options, **fleet, **workload, series);
}

}  // namespace bench
