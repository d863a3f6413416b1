#pragma once

#include <deque>

#include "bench/load/fleet.h"
#include "bench/load/schedule.h"
#include "bench/load/tally.h"
#include "bench/load/workload.h"

namespace bench {

// Sends a workload through the fleet: every session has so many places for outstanding commands,
// and the place that is free for longest is served first, when the schedule allows.
class Traffic : private Fleet::Listener {
 public:
  // All must outlive it. `tally` may be null: not measured.
  Traffic(Fleet& fleet, Workload& workload, Schedule schedule, int pipeline, Tally* tally);
  ~Traffic() override { fleet_.set_listener(nullptr); }

  // Sends what is due, then polls until `until` at the latest.
  void Step(Instant until);
  // From now on nothing is sent, answers are waited for.
  void Stop() { stopped_ = true; }

  int64_t answers() const { return answers_; }
  int64_t outstanding() const { return outstanding_; }
  // Commands due before `end` that have not been answered so far.
  int64_t LateAt(Instant end) const;
  // Of the fleet or of the workload.
  absl::Status status() const;

 private:
  struct Place {
    int session;
    int generation;  // of the session; places of earlier connections are void
  };
  void OnReady(Session& session) override;
  void OnAnswer(Session& session, const Session::Sent& sent, std::string_view xml) override;
  void OnLost(Session& session, const Session::Sent& sent) override;
  void SendDue(Instant now);
  bool SendOne(Session& session, Instant now);
  void RetryOne();

  Fleet& fleet_;
  Workload& workload_;
  Schedule schedule_;
  const int pipeline_;
  Tally* const tally_;
  std::deque<Place> free_;
  std::deque<Place> idle_;  // free as well, but the workload had nothing for them
  bool stopped_ = false;
  int64_t answers_ = 0, outstanding_ = 0;
};

}  // namespace bench
