#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace zonegen {

// Work that is done in parts by several threads and comes out in the order of the parts.
struct OrderedParts {
  int threads = 1;
  int parts = 0;
  size_t most_bytes = 0;  // that are made and not yet taken, beside a piece for each thread

  // Hands the next piece of the part on and leaves an empty one, for its memory's sake; may wait.
  // kCancelled: give up.
  using Emit = std::function<absl::Status(std::string& piece)>;
  // By several threads at once, each for another part.
  using Make = std::function<absl::Status(int part, const Emit& emit)>;
  // By the thread that calls Run.
  using Take = std::function<absl::Status(std::string_view piece)>;

  // The first status that is not ok ends it. Pieces may be of any size.
  absl::Status Run(const Make& make, const Take& take) const;
};

}  // namespace zonegen
