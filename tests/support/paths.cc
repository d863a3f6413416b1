#include "tests/support/paths.h"

namespace tests {

std::string SourcePath(std::string_view path) {
  return std::string(POSTEL_SOURCE_DIR "/").append(path);
}

std::string ProgramPath(std::string_view name) {
  return std::string(POSTEL_BINARY_DIR "/bin/").append(name);
}

}  // namespace tests
