#include "tests/fuzz/golden_seeds.h"

#include <algorithm>
#include <filesystem>
#include <functional>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "tests/support/paths.h"
#include "tests/support/temporary_folder.h"

namespace fuzz {
namespace {

std::vector<std::string> FilesBelow(std::string_view folder,
                                    const std::function<bool(const std::string& name)>& wanted) {
  const std::string top = tests::SourcePath(registry::Concat("tests/golden/", folder));
  std::vector<std::string> paths, texts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(top)) {
    if (entry.is_regular_file() && wanted(entry.path())) paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  for (const std::string& path : paths) texts.push_back(tests::ReadFile(path));
  POSTEL_CHECK(!texts.empty());
  return texts;
}

}  // namespace

std::vector<std::string> GoldenFiles(std::string_view folder, std::string_view ending) {
  return FilesBelow(folder, [&](const std::string& name) { return name.ends_with(ending); });
}

std::vector<std::string> GoldenRequests() {
  return FilesBelow("epp", [](const std::string& name) {
    return name.ends_with(".xml") && !name.ends_with(".reply.xml");
  });
}

std::string SourceFile(std::string_view path) {
  std::string text = tests::ReadFile(tests::SourcePath(path));
  POSTEL_CHECK(!text.empty());
  return text;
}

}  // namespace fuzz
