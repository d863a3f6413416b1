#pragma once

#include <cstdint>

#include "absl/time/time.h"
#include "registry/fill/cast.h"
#include "registry/fill/keys.h"
#include "registry/model/changes.h"
#include "registry/model/directory.h"

namespace fill {

// Makes domains up, each from its number, the instant `reference` and the TLDs' policies alone (and
// keys, which name nothing but themselves). Neighbouring numbers may have one holder.
class MadeUpDomains {
 public:
  // All outlive this object. `reference` is what counts as now: creations, deletions and renewals
  // are before it, expiries and the ends of grace periods at least a day after. The directory has
  // the TLDs org, ngo and ong.
  MadeUpDomains(const Cast& cast, const registry::Directory& directory, absl::Time reference);

  // Domain `number` with the contact and the hosts that come with it, and what was paid last.
  // Numbers ascend by one, from the first of a block of kBlock, or from where another one stopped.
  registry::Changes Make(int64_t number, Keys& keys);
  static constexpr int64_t kBlock = 64;

  // The contact that the next domain may share; to go on from where another one stopped.
  registry::ContactKey holder() const { return holder_; }
  void set_holder(registry::ContactKey holder) { holder_ = holder; }

 private:
  const Cast& cast_;
  const registry::Directory& directory_;
  const absl::Time reference_;
  const registry::TldPolicy* org_;
  const registry::TldPolicy* ngo_;
  const registry::TldPolicy* ong_;
  registry::ContactKey holder_{};
};

}  // namespace fill
