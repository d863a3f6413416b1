// What postel-zonegen reads back from the folder that it writes to, where others may have written
// as well: a zone file and its manifest. The input is the manifest, an empty line, and the zone.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "tests/fuzz/golden_seeds.h"
#include "tests/fuzz/target.h"
#include "zonegen/manifest.h"
#include "zonegen/published_zone.h"
#include "zonegen/zone_check.h"
#include "zonegen/zone_diff.h"

namespace fuzz {
namespace {

constexpr std::string_view kBetween = "\n\n";
constexpr char kOwn[] = "@\t86400\tIN\tNS\tns1.nic.org.\n";

// A file that no disk has a part in: a run makes tens of thousands.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view text) : descriptor_(::memfd_create("zone", MFD_CLOEXEC)) {
    POSTEL_CHECK(::write(descriptor_, text.data(), text.size()) == std::ssize(text));
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return registry::Concat("/proc/self/fd/", descriptor_); }

 private:
  const int descriptor_;
};

void CheckManifest(std::string_view text) {
  const auto manifest = zonegen::ParseManifest("manifest", text);
  if (!manifest.ok()) return;
  const std::string written = zonegen::FormatManifest(*manifest);
  const auto again = zonegen::ParseManifest("manifest", written);
  POSTEL_CHECK(again.ok() && zonegen::FormatManifest(*again) == written);
}

// Whatever is in it, it is compared to the end or refused, and equal to itself.
void CheckDiff(const std::string& file) {
  const auto difference = zonegen::DiffZones(file, file, {}, [](std::string_view) {});
  POSTEL_CHECK(difference.ok() || absl::IsInvalidArgument(difference.status()) ||
               absl::IsDataLoss(difference.status()));
  POSTEL_CHECK(!difference.ok() || difference->same());
}

}  // namespace

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds;
  for (std::string& zone : GoldenFiles("zonegen", ".zone")) {
    constexpr std::string_view kPlace = "SERIAL";  // the golden file holds for any
    zone.replace(zone.find(kPlace), kPlace.size(), "2026112500");
    zonegen::Manifest manifest{"org", 2026112500};
    manifest.counts.numbers.fill(7);
    manifest.bytes = std::ssize(zone);
    manifest.sha256 = std::string(64, '0');
    manifest.forced = "a reason";
    seeds.push_back(registry::Concat(zonegen::FormatManifest(manifest), "\n", zone));
    seeds.push_back(registry::Concat(kBetween, zone));
  }
  return seeds;
}

bool Check(std::string_view input) {
  const size_t between = std::min(input.find(kBetween), input.size());
  CheckManifest(input.substr(0, between));
  const MemoryFile memory(input.substr(std::min(between + kBetween.size(), input.size())));
  const std::string file = memory.path();
  const auto same = zonegen::SameButSerial(file, file);
  POSTEL_CHECK(same.ok() || absl::IsDataLoss(same.status()));
  const auto findings = zonegen::CheckZoneFile(file, {"org", std::nullopt, kOwn});
  POSTEL_CHECK(findings.ok() || absl::IsDataLoss(findings.status()));
  CheckDiff(file);
  const auto published = zonegen::ReadPublishedZone(file, "org", kOwn);
  if (!published.ok()) {
    POSTEL_CHECK(absl::IsFailedPrecondition(published.status()));
    return false;
  }
  POSTEL_CHECK(published->has_value() && (*published)->counts.delegations() >= 0);
  POSTEL_CHECK(!same.ok() || *same);
  return true;
}

}  // namespace fuzz
