#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace registry {

// Reads the text of a settings file: lines `key = value`, comments from `#` at the start of a line
// or after a blank, blank lines, no sections. A key may repeat where a reader asks for a list. A
// value may stand in double quotes, with \" and \\ inside. Errors name file and line. A reader
// takes what it knows with the Take functions, then calls Finish(), which reports the first error,
// or else the first key that nobody took.
class Config {
 public:
  // `file` is only for messages.
  Config(std::string file, std::string_view text);

  // Each writes to `out` if the key is present (so `out` holds the default), and remembers an error
  // otherwise if the value is malformed or outside [min, max].
  Config& Take(std::string_view key, std::string* out);
  Config& Take(std::string_view key, bool* out);  // yes/no, true/false, on/off
  Config& Take(std::string_view key, int64_t* out, int64_t min, int64_t max);
  Config& Take(std::string_view key, int* out, int min, int max);
  // "250ms", "30s", "5m", "2h", "45d", "0".
  Config& Take(std::string_view key, absl::Duration* out, absl::Duration min, absl::Duration max);
  // Sizes in bytes with the suffixes k, M, G (powers of 1024).
  Config& TakeBytes(std::string_view key, int64_t* out, int64_t min, int64_t max);
  Config& TakeList(std::string_view key, std::vector<std::string>* out);  // in the file's order
  Config& Require(std::string_view key);  // an error if the key is missing
  // Remembers an error about `key` found by the reader itself ("file:line: key: message").
  Config& Fail(std::string_view key, std::string_view message);
  // The same about one value of a list, counted from 0.
  Config& Fail(std::string_view key, size_t which, std::string_view message);

  absl::Status Finish();

  // `--set key=value` of a command line: replaces every line of that key. Call before Take.
  void Override(std::string_view key, std::string_view value);

 private:
  struct Line {
    int number = 0;
    std::string key;
    std::string value;
    bool taken = false;
  };
  Line* Last(std::string_view key);
  void Complain(int line, std::string_view message);

  std::string file_;
  std::vector<Line> lines_;
  std::string first_error_;
};

// The line that Config reads back as this pair, with its end. `value` has no control characters.
std::string FormatSetting(std::string_view key, std::string_view value);

// "250ms", "30s", "5m", "2h", "45d", "0"; a leading minus is allowed.
absl::StatusOr<absl::Duration> ParseDuration(std::string_view text);
// Rounded towards zero to milliseconds. Call it as registry::FormatDuration: Abseil has one too.
std::string FormatDuration(absl::Duration duration);

}  // namespace registry
