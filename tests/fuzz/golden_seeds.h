#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

// The files below tests/golden/`folder` whose names end in `ending`, by path.
std::vector<std::string> GoldenFiles(std::string_view folder, std::string_view ending);

// The requests of tests/golden/epp, or of one of the folders in it.
std::vector<std::string> GoldenRequests(std::string_view folder = "");

// What runs of a target have found worth keeping: the files of tests/fuzz/seeds/`target`.
std::vector<std::string> KeptSeeds(std::string_view target);

// A settings file or the like, by its path in the checkout.
std::string SourceFile(std::string_view path);

}  // namespace fuzz
