#pragma once

#include <optional>
#include <vector>

#include "tests/support/scene.h"
#include "whois/searches.h"

namespace tests {

// Searches a scene as whois::StoreSearches searches the database: looks at every object.
class SceneSearches final : public whois::Searches {
 public:
  explicit SceneSearches(registry::Scene& scene) : scene_(scene) {}

  void Find(registry::store::ObjectSearch search, Then then) override;

  // The next search fails so.
  void FailNext(absl::Status status) { failure_ = std::move(status); }
  // From now on searches are never answered.
  void Hang() { hanging_ = true; }
  int searched() const { return searched_; }  // how many

 private:
  registry::store::FoundObjects Found(const registry::store::ObjectSearch& search) const;

  registry::Scene& scene_;
  absl::Status failure_;
  bool hanging_ = false;
  int searched_ = 0;
};

}  // namespace tests
