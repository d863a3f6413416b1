#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

// The files below tests/golden/`folder` whose names end in `ending`, by path.
std::vector<std::string> GoldenFiles(std::string_view folder, std::string_view ending);

// The requests of tests/golden/epp.
std::vector<std::string> GoldenRequests();

// A settings file or the like, by its path in the checkout.
std::string SourceFile(std::string_view path);

}  // namespace fuzz
