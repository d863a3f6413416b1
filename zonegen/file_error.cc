#include "zonegen/file_error.h"

#include <cerrno>
#include <system_error>

#include "registry/base/text.h"

namespace zonegen {

absl::Status FileError(std::string_view what, const std::string& file) {
  const std::string reason = std::generic_category().message(errno);
  return absl::UnavailableError(registry::Concat("cannot ", what, " ", file, ": ", reason));
}

}  // namespace zonegen
