#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace zonegen {

// A command line as words. Blanks separate them, double quotes keep blanks in one; no shell has a
// part in it. Empty text: no words. kInvalidArgument: a quote without its end.
absl::StatusOr<std::vector<std::string>> SplitWords(std::string_view text);

// {tld} and {file} replaced in each word.
std::vector<std::string> FillIn(const std::vector<std::string>& words, std::string_view tld,
                                std::string_view file);

// Runs the program (found by PATH) and waits for it, at most `timeout`; then it is killed. Anything
// but exit code 0 is an error that ends with what the program said.
absl::Status RunCommand(const std::vector<std::string>& words, absl::Duration timeout);

}  // namespace zonegen
