#pragma once

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "registry/store/object_search.h"
#include "registry/store/object_searcher.h"

namespace whois {

// Where RDAP's searches find objects; what the objects are, Lookups says. Thread-safe.
class Searches {
 public:
  using Then = registry::store::ObjectSearcher::Then;

  virtual ~Searches() = default;
  // `then` is called once, from any thread, and must not block. Errors are ObjectSearcher's.
  virtual void Find(registry::store::ObjectSearch search, Then then) = 0;
};

// The store's.
class StoreSearches final : public Searches {
 public:
  explicit StoreSearches(registry::store::ObjectSearcher::Options options)
      : searcher_(std::move(options)) {}
  void Find(registry::store::ObjectSearch search, Then then) override {
    searcher_.Find(std::move(search), std::move(then));
  }

 private:
  registry::store::ObjectSearcher searcher_;
};

}  // namespace whois
