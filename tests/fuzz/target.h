#pragma once

#include <string>
#include <string_view>
#include <vector>

// One entry point that reads hostile input, and what must hold whatever it reads. Each file that is
// named in CMakeLists.txt defines these two functions; it becomes a fuzzer (fuzzer_main.cc) or,
// with other compilers, an ordinary test (replay_test.cc).
namespace fuzz {

// Inputs to begin with: golden files and a few literals.
std::vector<std::string> Seeds();

// Aborts (POSTEL_CHECK) where something does not hold. True if the input was accepted as far as
// this entry point knows such a thing: the test sees to it that its inputs are of both kinds. What
// it does depends on nothing but `input`.
bool Check(std::string_view input);

}  // namespace fuzz
