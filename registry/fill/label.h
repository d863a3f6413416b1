#pragma once

#include <cstdint>
#include <string>

namespace fill {

inline constexpr int64_t kMostDomains = 100'000'000;

// The label of domain `number`, 1 to kMostDomains: unlike that of any other number. Most are two or
// three words, some have digits or hyphens, some are short, some are A-labels.
std::string LabelOf(int64_t number);

}  // namespace fill
