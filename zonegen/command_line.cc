#include "zonegen/command_line.h"

#include <cstdio>
#include <string>
#include <utility>

namespace zonegen {

int Complain(const absl::Status& status, int code) {
  std::fprintf(stderr, "postel-zonegen: %s\n", std::string(status.message()).c_str());
  return code;
}

int CodeOf(const absl::Status& status) {
  return absl::IsNotFound(status) || absl::IsFailedPrecondition(status) || absl::IsAborted(status)
             ? kRefused
             : kBroken;
}

absl::StatusOr<Config> ReadConfig(const registry::net::SettingsOptions& options) {
  auto settings = registry::net::ReadSettings(options);
  if (!settings.ok()) return settings.status();
  return ReadConfig(*std::move(settings));
}

}  // namespace zonegen
