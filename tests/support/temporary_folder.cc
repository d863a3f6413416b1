#include "tests/support/temporary_folder.h"

#include <stdlib.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace tests {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

TemporaryFolder::TemporaryFolder() : path_("/tmp/postel-test-XXXXXX") {
  Require(::mkdtemp(path_.data()) != nullptr);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::Path(std::string_view name) const {
  return path_ + "/" + std::string(name);
}

void WriteFile(const std::string& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  Require(out.good());
}

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

bool Exists(const std::string& path) { return std::filesystem::exists(path); }

Ran RunShell(const std::string& command) {
  Ran ran;
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  Require(pipe != nullptr);
  char part[4096];
  while (const size_t got = std::fread(part, 1, sizeof part, pipe)) ran.output.append(part, got);
  const int state = ::pclose(pipe);
  ran.code = WIFEXITED(state) ? WEXITSTATUS(state) : -1;
  return ran;
}

}  // namespace tests
