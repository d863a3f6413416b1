#include "zonegen/manifest.h"

#include <fstream>
#include <limits>
#include <sstream>

#include "registry/base/config.h"
#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/types/date_time.h"
#include "zonegen/output_file.h"

namespace zonegen {

using registry::FormatSetting;

std::string FormatManifest(const Manifest& manifest) {
  std::string text = FormatSetting("tld", manifest.tld) +
                     FormatSetting("serial", std::to_string(manifest.serial)) +
                     FormatSetting("time", registry::FormatUtc(manifest.time));
  for (size_t i = 0; i < kCountedNames.size(); ++i) {
    text += FormatSetting(kCountedNames[i], std::to_string(manifest.counts.numbers[i]));
  }
  text += FormatSetting("bytes", std::to_string(manifest.bytes)) +
          FormatSetting("sha256", manifest.sha256);
  if (!manifest.forced.empty()) text += FormatSetting("forced", manifest.forced);
  return text;
}

absl::StatusOr<Manifest> ParseManifest(const std::string& file, std::string_view text) {
  Manifest manifest;
  int64_t serial = 0;
  std::string time;
  registry::Config config(file, text);
  config.Require("tld").Take("tld", &manifest.tld);
  config.Require("serial").Take("serial", &serial, 0, std::numeric_limits<uint32_t>::max());
  config.Require("time").Take("time", &time);
  for (size_t i = 0; i < kCountedNames.size(); ++i) {
    const std::string_view name = kCountedNames[i];
    config.Require(name).Take(name, &manifest.counts.numbers[i], 0, kMostCounted);
  }
  config.Require("bytes").Take("bytes", &manifest.bytes, 0, std::numeric_limits<int64_t>::max());
  config.Require("sha256").Take("sha256", &manifest.sha256);
  config.Take("forced", &manifest.forced);
  const auto when = registry::ParseDateTime(time);
  if (!when) config.Fail("time", "looks like 2026-01-31T12:00:00.000Z");
  if (absl::Status status = config.Finish(); !status.ok()) return status;
  manifest.serial = static_cast<uint32_t>(serial);
  manifest.time = *when;
  return manifest;
}

std::string ManifestPath(const std::string& zone_file) { return zone_file + ".manifest"; }

absl::StatusOr<Manifest> ReadManifest(const std::string& zone_file) {
  const std::string path = ManifestPath(zone_file);
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(registry::Concat("there is no ", path));
  std::ostringstream text;
  text << in.rdbuf();
  return ParseManifest(path, text.str());
}

absl::Status WriteManifest(const std::string& zone_file, const Manifest& manifest) {
  auto out = OutputFile::Create(ManifestPath(zone_file));
  if (!out.ok()) return out.status();
  if (absl::Status status = (*out)->Append(FormatManifest(manifest)); !status.ok()) return status;
  return (*out)->Publish();
}

}  // namespace zonegen
