#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/net/settings_options.h"
#include "zonegen/config.h"

// What the commands of postel-zonegen share.
namespace zonegen {

inline constexpr int kRefused = 1;
inline constexpr int kUsage = 2;
inline constexpr int kBroken = 3;

// Says it on standard error; `code`.
int Complain(const absl::Status& status, int code);

// The exit code of what GenerateZone says.
int CodeOf(const absl::Status& status);

absl::StatusOr<Config> ReadConfig(const registry::net::SettingsOptions& options);

}  // namespace zonegen
