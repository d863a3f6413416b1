#pragma once

namespace registry {

// Logs the broken condition with its place and aborts.
[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);

}  // namespace registry

// For states that cannot be: the process is wrong about the world and must not go on writing to it.
#define POSTEL_CHECK(condition) \
  ((condition) ? void(0) : ::registry::CheckFailed(#condition, __FILE__, __LINE__))
