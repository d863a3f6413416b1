#include "registry/store/lane.h"

#include <utility>
#include <vector>

#include "registry/store/execute.h"

namespace registry::store {
namespace {

void Serve(Shared& shared, bool writes) {
  Executor executor(shared, writes);
  FairQueue::Taker queue(writes ? shared.writes : shared.reads);
  while (true) {
    std::vector<Waiting> group = queue.Take(static_cast<size_t>(shared.options.max_group));
    if (group.empty()) return;
    executor.Execute(std::move(group));
  }
}

}  // namespace

Lane::Lane(Shared& shared, bool writes) : thread_([&shared, writes] { Serve(shared, writes); }) {}

Lane::~Lane() { thread_.join(); }

}  // namespace registry::store
