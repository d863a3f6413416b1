#pragma once

#include <string>
#include <string_view>

namespace tests {

// An empty folder that goes with this object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string Path(std::string_view name) const;

 private:
  std::string path_;
};

void WriteFile(const std::string& path, std::string_view text);
// "" if there is none.
std::string ReadFile(const std::string& path);
bool Exists(const std::string& path);

// What a program prints on both outputs, and its exit code. `command` goes through the shell.
struct Ran {
  int code = 0;
  std::string output;
};
Ran RunShell(const std::string& command);

}  // namespace tests
