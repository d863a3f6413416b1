#pragma once

#include <string>
#include <string_view>

namespace tests {

// The absolute path of a file of the checkout: SourcePath("tests/golden/epp/greeting.xml").
std::string SourcePath(std::string_view path);

// The absolute path of an executable of this build: ProgramPath("postel-epp").
std::string ProgramPath(std::string_view name);

}  // namespace tests
