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

std::vector<std::string> FilesBelow(const std::string& folder,
                                    const std::function<bool(const std::string& name)>& wanted) {
  const std::string top = tests::SourcePath(folder);
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
  return FilesBelow(registry::Concat("tests/golden/", folder),
                    [&](const std::string& name) { return name.ends_with(ending); });
}

std::vector<std::string> GoldenRequests(std::string_view folder) {
  return FilesBelow(registry::Concat("tests/golden/epp/", folder), [](const std::string& name) {
    return name.ends_with(".xml") && !name.ends_with(".reply.xml");
  });
}

std::vector<std::string> KeptSeeds(std::string_view target) {
  const std::string folder = registry::Concat("tests/fuzz/seeds/", target);
  if (!std::filesystem::exists(tests::SourcePath(folder))) return {};
  return FilesBelow(folder, [](const std::string&) { return true; });
}

std::string SourceFile(std::string_view path) {
  std::string text = tests::ReadFile(tests::SourcePath(path));
  POSTEL_CHECK(!text.empty());
  return text;
}

}  // namespace fuzz
