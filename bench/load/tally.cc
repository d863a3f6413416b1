#include "bench/load/tally.h"

#include <algorithm>

namespace bench {

Tally::Tally(Instant from, Instant until, int users, Series& series)
    : from_(from),
      until_(until),
      next_second_(from),
      last_answer_(from),
      wins_(static_cast<size_t>(users)),
      series_(series) {
  series_.Begin(from);
}

void Tally::Advance(Instant now) {
  if (!begun_ && now >= from_) {
    begun_ = true;
    meter_.Start();
  }
  if (!begun_ || ended_) return;
  series_.Advance(std::min(now, until_));
  while (next_second_ <= now) next_second_ += std::chrono::seconds(1);
  if (now >= until_) End(until_);
}

Instant Tally::NextMark() const { return std::min(next_second_, until_); }

void Tally::OnAnswer(int user, Kind kind, int code, Instant since, Instant now) {
  Advance(now);
  if (!begun_ || ended_) return;
  const auto taken = std::chrono::duration_cast<std::chrono::microseconds>(now - since);
  const auto microseconds = static_cast<uint64_t>(std::max<int64_t>(0, taken.count()));
  latencies_.Add(microseconds);
  series_.Add(microseconds);
  ++codes_[code];
  if (kind == Kind::kCreate && code == 1000) ++wins_[static_cast<size_t>(user)];
  longest_gap_ = std::max(longest_gap_, now - last_answer_);
  last_answer_ = now;
}

void Tally::EndWithLastAnswer() {
  until_ = std::max(from_, last_answer_);
  if (!ended_) End(until_);
}

void Tally::End(Instant end) {
  ended_ = true;
  cpu_ = meter_.Taken();
  longest_gap_ = std::max(longest_gap_, end - last_answer_);
}

double Tally::seconds() const { return std::chrono::duration<double>(until_ - from_).count(); }

}  // namespace bench
