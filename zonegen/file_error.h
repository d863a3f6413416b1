#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace zonegen {

// What the operating system says (errno) about an attempt to `what` a file: always kUnavailable, so
// that it is not taken for a refusal, which has a code of its own (generate.h).
absl::Status FileError(std::string_view what, const std::string& file);

}  // namespace zonegen
