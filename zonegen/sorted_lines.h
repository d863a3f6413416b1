#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace zonegen {

// Sorts any number of lines by octets, by means of the program sort (1) of GNU, in a quarter of a
// gigabyte of memory and a file beside `beside`. SIGPIPE must be ignored. Not thread-safe.
class SortedLines {
 public:
  static absl::StatusOr<std::unique_ptr<SortedLines>> Start(const std::string& beside);
  // Ends the program, if it still runs, and removes the file.
  ~SortedLines();
  SortedLines(const SortedLines&) = delete;
  SortedLines& operator=(const SortedLines&) = delete;

  absl::Status Add(std::string_view lines);  // with their ends
  // After the last Add: the file with the sorted lines, which is there as long as this object.
  absl::StatusOr<std::string> Finish();

 private:
  SortedLines(std::string file, int pid, int descriptor);
  absl::Status Flush();
  int Await();  // its exit code; -1: it was killed

  const std::string file_;
  int pid_;         // 0: it has ended
  int descriptor_;  // its standard input; -1: closed
  std::string buffer_;
};

}  // namespace zonegen
