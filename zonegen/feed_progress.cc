#include "zonegen/feed_progress.h"

#include <iterator>
#include <limits>
#include <utility>

#include "registry/net/monotonic.h"

namespace zonegen {
namespace {

using registry::net::Monotonic;

constexpr absl::Duration kConsume = absl::Milliseconds(200);  // each is a commit
constexpr absl::Duration kSignOfLife = absl::Seconds(20);
constexpr absl::Duration kBusyPoll = absl::Milliseconds(10);
constexpr absl::Duration kIdlePoll = absl::Milliseconds(500);
constexpr absl::Duration kActive = absl::Seconds(2);
constexpr uint64_t kNotYet = std::numeric_limits<uint64_t>::max();

}  // namespace

absl::StatusOr<FeedProgress::Start> FeedProgress::Attach() {
  const auto start = feed_.Attach();
  if (!start.ok()) return start;
  read_.reset();
  on_their_way_.clear();
  done_.reset();
  next_sign_of_life_ = absl::ZeroDuration();
  return start;
}

absl::StatusOr<FeedProgress::Batch> FeedProgress::Read(int limit) {
  auto batch = read_ ? feed_.Read(limit, *read_) : feed_.Read(limit);
  if (batch.ok() && !batch->entries.empty()) active_until_ = Monotonic() + kActive;
  return batch;
}

absl::Status FeedProgress::Wait() {
  const auto told = feed_.Wait(Monotonic() < active_until_ ? kBusyPoll : kIdlePoll);
  // What was written may not be readable yet, while an older transaction runs.
  if (told.ok() && *told) active_until_ = Monotonic() + kActive;
  return told.status();
}

void FeedProgress::Begin(const Batch& batch, absl::Duration read, bool whole,
                         std::vector<std::string> looks) {
  read_ = batch.end;
  on_their_way_.push_back(
      {batch.end, kNotYet, whole, !batch.entries.empty(), read, std::move(looks)});
}

void FeedProgress::Sent(uint64_t done, bool some) {
  on_their_way_.back().done = done;
  on_their_way_.back().some |= some;
}

bool FeedProgress::NoteDone(uint64_t done) {
  bool any = false;
  while (!on_their_way_.empty() && on_their_way_.front().done <= done) {
    const Part& part = on_their_way_.front();
    if (part.whole) current_as_of_ = part.read;
    changed_ |= part.some;
    done_ = part.end;
    any = true;
    on_their_way_.pop_front();
  }
  return any;
}

std::vector<std::string> FeedProgress::GiveUp() {
  std::vector<std::string> looks;
  for (Part& part : std::exchange(on_their_way_, {})) {
    looks.insert(looks.end(), std::move_iterator(part.looks.begin()),
                 std::move_iterator(part.looks.end()));
  }
  return looks;
}

absl::Status FeedProgress::KeepNote(std::string note) {
  kept_note_ = std::move(note);
  return feed_.Keep(kept_note_);
}

absl::Status FeedProgress::Consume(std::string note, bool at_once) {
  if (!done_) return absl::OkStatus();
  const absl::Duration now = Monotonic();
  const bool news = changed_ || note != kept_note_;
  if (!(news && at_once) && now < (news ? next_consume_ : next_sign_of_life_)) {
    return absl::OkStatus();
  }
  next_consume_ = now + kConsume;
  next_sign_of_life_ = now + kSignOfLife;
  changed_ = false;
  kept_note_ = std::move(note);
  return feed_.Consume(*std::exchange(done_, std::nullopt), kept_note_);
}

}  // namespace zonegen
