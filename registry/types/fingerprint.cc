#include "registry/types/fingerprint.h"

namespace registry {

std::string FormatFingerprint(const Fingerprint& fingerprint) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * fingerprint.size());
  for (uint8_t octet : fingerprint) {
    text += kDigits[octet >> 4];
    text += kDigits[octet & 0xF];
  }
  return text;
}

}  // namespace registry
