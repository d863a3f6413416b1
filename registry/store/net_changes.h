#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "registry/model/changes.h"

namespace registry::store {

// What several changes of the same objects come to: an object that is inserted and updated in one
// group is inserted once, one that is inserted and deleted is not written at all.
template <class T>
class NetChanges {
 public:
  using Key = decltype(T::key);

  void Add(const Change<T>& change) {
    const Key key = change.before ? change.before->key : change.after->key;
    auto [found, first] = net_.try_emplace(key);
    if (first) found->second.before = change.before;
    found->second.after = change.after;
  }

  // Those with an object before and after, and so on; valid until the next Add. Sorted by `less`.
  template <class Less>
  std::vector<const Change<T>*> Inserted(Less less) const {
    return Select(less, false, true);
  }
  template <class Less>
  std::vector<const Change<T>*> Updated(Less less) const {
    return Select(less, true, true);
  }
  template <class Less>
  std::vector<const Change<T>*> Deleted(Less less) const {
    return Select(less, true, false);
  }
  bool empty() const { return net_.empty(); }

 private:
  // `less` compares two objects.
  template <class Less>
  std::vector<const Change<T>*> Select(Less less, bool before, bool after) const {
    std::vector<const Change<T>*> selected;
    for (const auto& [key, change] : net_) {
      if (change.before.has_value() == before && change.after.has_value() == after) {
        selected.push_back(&change);
      }
    }
    std::sort(selected.begin(), selected.end(), [&](const Change<T>* a, const Change<T>* b) {
      return less(a->after ? *a->after : *a->before, b->after ? *b->after : *b->before);
    });
    return selected;
  }

  absl::flat_hash_map<Key, Change<T>> net_;
};

}  // namespace registry::store
