#include "zonegen/kept_zones.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <vector>

#include "registry/base/text.h"
#include "zonegen/file_error.h"
#include "zonegen/manifest.h"

namespace zonegen {
namespace {

using registry::Concat;

std::string KeptPath(const std::string& file, uint32_t serial) { return Concat(file, ".", serial); }

absl::Status Remove(const std::string& file) {
  if (::unlink(file.c_str()) == 0 || errno == ENOENT) return absl::OkStatus();
  return FileError("remove", file);
}

// Another name for `file`, also if there is such a name already.
absl::Status Link(const std::string& file, const std::string& name) {
  if (absl::Status status = Remove(name); !status.ok()) return status;
  return ::link(file.c_str(), name.c_str()) == 0 ? absl::OkStatus() : FileError("link", name);
}

}  // namespace

absl::Status KeepZone(const std::string& file, uint32_t serial, bool with_manifest) {
  const std::string kept = KeptPath(file, serial);
  if (absl::Status status = Link(file, kept); !status.ok()) return status;
  return with_manifest ? Link(ManifestPath(file), ManifestPath(kept)) : Remove(ManifestPath(kept));
}

absl::Status RemoveOldZones(const std::string& file, uint32_t serial, int keep) {
  const std::filesystem::path path(file);
  const std::string prefix = path.filename().string() + ".";
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  std::error_code error;
  std::vector<uint32_t> ages;  // how far before `serial`
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    uint32_t kept = 0;
    if (!name.starts_with(prefix) ||
        !registry::ParseNumber(std::string_view(name).substr(prefix.size()), &kept)) {
      continue;
    }
    ages.push_back(serial - kept);
  }
  if (error) {
    errno = error.value();
    return FileError("read", folder.string());
  }
  std::ranges::sort(ages);
  for (size_t i = static_cast<size_t>(keep); i < ages.size(); ++i) {
    const std::string kept = KeptPath(file, serial - ages[i]);
    if (absl::Status status = Remove(ManifestPath(kept)); !status.ok()) return status;
    if (absl::Status status = Remove(kept); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace zonegen
