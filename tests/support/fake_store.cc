#include "tests/support/fake_store.h"

#include <utility>

namespace tests {

void FakeStore::Submit(std::unique_ptr<registry::store::Job> job) {
  const registry::TransactionNumber number = scene_.number++;
  if (!failure_.ok()) {
    job->Fail(number, std::exchange(failure_, absl::OkStatus()));
    return;
  }
  auto directory = std::make_shared<const registry::Directory>(scene_.directory);
  const registry::Context context{job->origin().asker, scene_.now, number, job->origin().client_id,
                                  *directory};
  registry::WorkingSet set = scene_.Load({job->CollectNeeds()}, scene_.now);
  registry::Changes changes;
  job->Decide(context, set, &changes);
  if (!job->read_only()) scene_.Write(set.Merge(std::move(changes)));
  job->Finish(number, scene_.now, std::move(directory));
}

}  // namespace tests
