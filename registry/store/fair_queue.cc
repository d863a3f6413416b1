#include "registry/store/fair_queue.h"

#include <algorithm>
#include <utility>

namespace registry::store {
namespace {

// Whoever was seen so long ago is still taken to be there. Longer than the pause between two
// commands of a session that works, and short enough that a flood alone soon has everything.
constexpr absl::Duration kPresence = absl::Seconds(1);

}  // namespace

// Remembers who has many commands here and who has few. With many is also who had them a moment
// ago: between two groups everybody has few.
void FairQueue::NoteSize(RegistrarKey key, Asker& asker, absl::Time now) {
  if (asker.waiting.size() + static_cast<size_t>(asker.in_work) >
      static_cast<size_t>(fair_share_)) {
    asker.many = now;
    // It had few only as it began.
    if (few_before_.asker == key) few_before_ = {};
    if (few_.asker == key) few_ = std::exchange(few_before_, {});
  } else if (asker.many + kPresence < now) {
    if (few_.asker != key) few_before_ = std::exchange(few_, {key, now});
    few_.at = now;
  }
}

bool FairQueue::HasItsShare(RegistrarKey key, absl::Time now) const {
  if (askers_.at(key).in_work < fair_share_) return false;
  const Sighting& other = few_.asker == key ? few_before_ : few_;
  return other.at + kPresence >= now;
}

void FairQueue::Add(Waiting waiting) {
  const RegistrarKey key = waiting.job->origin().asker;
  const absl::Time since = waiting.since;
  Asker& asker = askers_[key];
  if (asker.waiting.empty()) turns_.push_back(key);
  asker.waiting.push_back(std::move(waiting));
  ++size_;
  NoteSize(key, asker, since);
}

void FairQueue::Push(std::vector<Waiting> all) {
  {
    const MutexLock lock(mutex_);
    for (Waiting& waiting : all) Add(std::move(waiting));
  }
  changed_.NotifyOne();
}

// Only among those that all get a turn in this group: nobody is overtaken by a later group.
void FairQueue::DrawTurns(size_t most) {
  const auto served = static_cast<std::ptrdiff_t>(std::min(most, turns_.size()));
  std::shuffle(turns_.begin(), turns_.begin() + served, lots_);
}

std::vector<Waiting> FairQueue::TakeTurns(size_t most) {
  std::vector<Waiting> taken;
  taken.reserve(std::min(most, size_));
  DrawTurns(most);
  const absl::Time now = absl::Now();
  size_t passed = 0;  // in a row
  while (taken.size() < most && passed < turns_.size()) {
    const RegistrarKey key = turns_.front();
    turns_.pop_front();
    if (!closed_ && HasItsShare(key, now)) {
      turns_.push_back(key);
      ++passed;
      continue;
    }
    passed = 0;
    Asker& asker = askers_[key];
    taken.push_back(std::move(asker.waiting.front()));
    asker.waiting.pop_front();
    ++asker.in_work;
    --size_;
    if (!asker.waiting.empty()) turns_.push_back(key);
  }
  return taken;
}

std::vector<Waiting> FairQueue::Taker::Take(size_t most) {
  const MutexLock lock(queue_.mutex_);
  for (const RegistrarKey key : in_work_) --queue_.askers_[key].in_work;
  in_work_.clear();
  std::vector<Waiting> taken = queue_.TakeTurns(most);
  while (taken.empty() && !(queue_.closed_ && queue_.size_ == 0)) {
    if (queue_.size_ == 0) {
      queue_.changed_.Wait(queue_.mutex_);
    } else {  // all of it is floods', which may go on when the others have left
      queue_.changed_.WaitUntil(queue_.mutex_, absl::ToChronoTime(absl::Now() + kPresence));
    }
    taken = queue_.TakeTurns(most);
  }
  if (taken.size() == most && queue_.size_ > 0) queue_.changed_.NotifyOne();
  for (const Waiting& waiting : taken) in_work_.push_back(waiting.job->origin().asker);
  return taken;
}

std::vector<Waiting> FairQueue::TakeOlderThan(absl::Time time) {
  const MutexLock lock(mutex_);
  std::vector<Waiting> old;
  std::deque<RegistrarKey> turns;
  for (const RegistrarKey key : turns_) {
    std::deque<Waiting>& mine = askers_[key].waiting;
    while (!mine.empty() && mine.front().since < time) {
      old.push_back(std::move(mine.front()));
      mine.pop_front();
      --size_;
    }
    if (!mine.empty()) turns.push_back(key);
  }
  turns_ = std::move(turns);
  return old;
}

size_t FairQueue::size() const {
  const MutexLock lock(mutex_);
  return size_;
}

void FairQueue::Close() {
  {
    const MutexLock lock(mutex_);
    closed_ = true;
  }
  changed_.NotifyAll();
}

}  // namespace registry::store
