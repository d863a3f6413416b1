#pragma once

#include <optional>

#include "absl/time/time.h"
#include "registry/model/changes.h"
#include "registry/model/directory.h"
#include "registry/model/domain.h"

namespace registry {

// A domain as it is at an instant, and what it takes to make the database say so.
struct Projection {
  std::optional<Domain> domain;  // nothing: it has been purged
  Changes arrears;               // empty: the row says it all
};

// Runs the transitions of this folder, earliest first, until none is due at `now`: auto-renewal,
// approval of transfers, end of redemption, purge. Ended grace periods are dropped too. A pure
// function: asked twice, or by steps, the result is the same.
Projection Project(Domain row, absl::Time now, const Directory& directory);

// The earliest instant after which Project would say something else than the row; the worker's
// calendar.
absl::Time NextEvent(const Domain& row);

// Likewise contacts, of which the clock only approves transfers.
struct ContactProjection {
  Contact contact;
  Changes arrears;
};
ContactProjection Project(Contact row, absl::Time now);
absl::Time NextEvent(const Contact& row);

}  // namespace registry
