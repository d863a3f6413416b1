#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "registry/types/fingerprint.h"

namespace ctl {

// The SHA-256 fingerprint of the first certificate in a PEM file.
absl::StatusOr<registry::Fingerprint> ReadCertificate(const std::string& path);

}  // namespace ctl
