#pragma once

#include <string>
#include <string_view>

namespace tests {

// Compares with tests/golden/<path>. UPDATE_GOLDEN=1 rewrites the file instead.
void ExpectGolden(std::string_view path, const std::string& text);

// A JSON text with one member or element a line, as golden files have it. Fails the test if it is
// not JSON.
std::string PrettyJson(std::string_view json);

}  // namespace tests
