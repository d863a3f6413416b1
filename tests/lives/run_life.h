#pragma once

#include "absl/status/statusor.h"
#include "tests/lives/life.h"
#include "tests/support/memory_registry.h"

namespace lives {

// When what the clock has done is written: at the very instant, as by a worker that never sleeps,
// or only when a command or a poll needs it, as when the worker is away.
enum class Worker { kAwake, kAway };

struct LivedLife {
  Life life;                          // with what really happened in its rows
  registry::MemoryRegistry registry;  // as it is at the end, everything written
};

// Errors name file and line.
absl::StatusOr<LivedLife> RunLife(const Life& life, Worker worker);

}  // namespace lives
