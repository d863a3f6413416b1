#include "registry/base/check.h"

#include <cstdio>
#include <cstdlib>

#include "registry/base/log.h"

namespace registry {

void CheckFailed(const char* condition, const char* file, int line) {
  WriteKeptLines();
  std::fprintf(stderr, "%s:%d: check failed: %s\n", file, line, condition);
  std::abort();
}

}  // namespace registry
