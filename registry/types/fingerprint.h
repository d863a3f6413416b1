#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "registry/base/outcome.h"

namespace registry {

// SHA-256 over the DER form of an X.509 certificate.
using Fingerprint = std::array<uint8_t, 32>;

std::string FormatFingerprint(const Fingerprint& fingerprint);  // lower-case hexadecimal, 64 digits

}  // namespace registry
