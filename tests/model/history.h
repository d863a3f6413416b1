#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/model/model.h"

// Random histories: made, lived, cut down to what matters, and shown.
namespace model {

using History = std::vector<Step>;

struct Lived {
  size_t steps = 0;  // that were taken
  std::string
      complaint;  // about the last of them; empty: all is well. "aborted": so did the process
  std::map<std::string, int64_t> accepted;  // how many of each kind
};

// Takes so many random steps, in a process of its own, which may abort.
Lived LiveAtRandom(const Setting& setting, size_t steps);
// The steps that LiveAtRandom takes.
History RandomHistory(const Setting& setting, size_t steps);
// Takes these, in a process of its own.
Lived Live(const Setting& setting, const History& history);

// What is left of a history that fails when every step is taken out without which it fails as well,
// in whatever way. Ends with the step that fails.
History Shrink(const Setting& setting, History history);

// The history as a table: when, who, what, the answer. Lives it in this process but for the last
// step, whose answer is the complaint.
std::string Table(const Setting& setting, const History& history, const std::string& complaint);

}  // namespace model
