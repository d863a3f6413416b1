#pragma once

#include <cstddef>
#include <string>

namespace bench {

// A data unit of so many octets of XML, or of as few as a response can have: one that says 1000 and
// passes for a greeting as well.
std::string EchoAnswer(size_t bytes);

}  // namespace bench
