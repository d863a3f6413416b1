#pragma once

#include <memory>

#include "absl/status/status.h"
#include "registry/store/job.h"
#include "tests/support/scene.h"

namespace tests {

// Does with a scene's objects what registry::store::Store does with the database: decides a job,
// keeps what it changes and finishes it, all before Submit returns.
class FakeStore {
 public:
  explicit FakeStore(registry::Scene& scene) : scene_(scene) {}

  void Submit(std::unique_ptr<registry::store::Job> job);
  // The next job fails as if the database were away.
  void FailNext(absl::Status status) { failure_ = std::move(status); }

 private:
  registry::Scene& scene_;
  absl::Status failure_;
};

}  // namespace tests
