#pragma once

#include <cstdint>
#include <string>

namespace registry {

// The number of a command, unique for good: history rows are keyed by it, an object that the
// command creates has it as its key.
using TransactionNumber = int64_t;

// The svTRID of RFC 5730 section 2.6, computed from the number: "PTL-000000001A2B" (hexadecimal).
std::string FormatServerTransactionId(TransactionNumber number);

}  // namespace registry
