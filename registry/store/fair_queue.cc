#include "registry/store/fair_queue.h"

#include <algorithm>
#include <utility>

namespace registry::store {

void FairQueue::Push(Waiting waiting) {
  const RegistrarKey asker = waiting.job->origin().asker;
  {
    const MutexLock lock(mutex_);
    std::deque<Waiting>& mine = by_asker_[asker];
    if (mine.empty()) turns_.push_back(asker);
    mine.push_back(std::move(waiting));
    ++size_;
  }
  changed_.NotifyOne();
}

// Only among those that all get a turn in this group: nobody is overtaken by a later group.
void FairQueue::DrawTurns(size_t most) {
  const auto served = static_cast<std::ptrdiff_t>(std::min(most, turns_.size()));
  std::shuffle(turns_.begin(), turns_.begin() + served, lots_);
}

Waiting FairQueue::TakeNext() {
  const RegistrarKey asker = turns_.front();
  turns_.pop_front();
  const auto mine = by_asker_.find(asker);
  Waiting next = std::move(mine->second.front());
  mine->second.pop_front();
  if (mine->second.empty()) {
    by_asker_.erase(mine);
  } else {
    turns_.push_back(asker);
  }
  --size_;
  return next;
}

std::vector<Waiting> FairQueue::Take(size_t most) {
  const MutexLock lock(mutex_);
  while (size_ == 0 && !closed_) changed_.Wait(mutex_);
  std::vector<Waiting> taken;
  taken.reserve(std::min(most, size_));
  DrawTurns(most);
  while (size_ > 0 && taken.size() < most) taken.push_back(TakeNext());
  return taken;
}

std::vector<Waiting> FairQueue::TakeOlderThan(absl::Time time) {
  const MutexLock lock(mutex_);
  std::vector<Waiting> old;
  std::deque<RegistrarKey> turns;
  for (RegistrarKey asker : turns_) {
    std::deque<Waiting>& mine = by_asker_[asker];
    while (!mine.empty() && mine.front().since < time) {
      old.push_back(std::move(mine.front()));
      mine.pop_front();
      --size_;
    }
    if (mine.empty()) {
      by_asker_.erase(asker);
    } else {
      turns.push_back(asker);
    }
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
