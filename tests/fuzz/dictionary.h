#pragma once

#include <string>
#include <vector>

namespace fuzz {

// The words of a libFuzzer dictionary: lines "word" with \\, \" and \xNN inside, comments from #.
// None if there is no such file; aborts at a line that it does not understand.
std::vector<std::string> ReadDictionary(const std::string& path);

}  // namespace fuzz
