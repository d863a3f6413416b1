#include "bench/load/traffic.h"

#include <algorithm>

#include "bench/load/answer.h"

namespace bench {

Traffic::Traffic(Fleet& fleet, Workload& workload, Schedule schedule, int pipeline, Tally* tally)
    : fleet_(fleet), workload_(workload), schedule_(schedule), pipeline_(pipeline), tally_(tally) {
  fleet_.set_listener(this);
  for (int number = 0; number < fleet_.size(); ++number) {
    Session& session = fleet_.session(number);
    if (session.state() == Session::State::kReady) OnReady(session);
  }
}

void Traffic::Step(Instant until) {
  SendDue(Clock::now());
  // While no place is free, an answer has to come first.
  fleet_.Poll(free_.empty() || stopped_ ? until : std::min(until, schedule_.NextDue()));
}

void Traffic::OnReady(Session& session) {
  for (int i = 0; i < pipeline_; ++i) free_.push_back({session.number(), session.generation()});
}

void Traffic::OnAnswer(Session& session, const Session::Sent& sent, std::string_view xml) {
  const Instant now = Clock::now();
  const Answer answer{ResultCodeOf(xml), xml};
  ++answers_;
  --outstanding_;
  workload_.OnAnswer(session.number(), sent.request, answer);
  if (tally_ != nullptr) {
    tally_->OnAnswer(fleet_.user_of(session.number()), sent.request.kind, answer.code, sent.since,
                     now);
  }
  RetryOne();
  free_.push_back({session.number(), session.generation()});
  SendDue(now);
}

void Traffic::OnLost(Session& session, const Session::Sent& sent) {
  --outstanding_;
  workload_.OnLost(session.number(), sent.request);
  RetryOne();
}

void Traffic::RetryOne() {
  if (idle_.empty()) return;
  free_.push_back(idle_.front());
  idle_.pop_front();
}

void Traffic::SendDue(Instant now) {
  while (!stopped_ && !free_.empty() && schedule_.IsDue(now)) {
    const Place place = free_.front();
    free_.pop_front();
    Session& session = fleet_.session(place.session);
    if (session.generation() != place.generation) continue;
    if (!SendOne(session, now)) idle_.push_back(place);
  }
}

bool Traffic::SendOne(Session& session, Instant now) {
  const std::optional<Request> request = workload_.Next(session.number(), session.out());
  if (!request.has_value()) return false;
  session.Expect({*request, schedule_.Take(now)});
  fleet_.SendSoon(session);
  ++outstanding_;
  return true;
}

int64_t Traffic::LateAt(Instant end) const {
  return std::max<int64_t>(0, schedule_.DueBefore(end) - answers_);
}

absl::Status Traffic::status() const {
  if (!fleet_.status().ok()) return fleet_.status();
  std::string problem = workload_.problem();
  return problem.empty() ? absl::OkStatus() : absl::FailedPreconditionError(problem);
}

}  // namespace bench
