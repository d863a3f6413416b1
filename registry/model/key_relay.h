#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace registry {

// A DNSSEC key on its way from the registrar whose DNS operator will sign a domain to the one who
// sponsors it, RFC 8063. The registry passes it on as it is.
struct RelayedKey {
  uint16_t flags = 0;
  uint8_t protocol = 3;
  uint8_t algorithm = 0;
  std::string public_key;  // base64 without spaces
  // When it need not be published any longer: at an instant, or so long after it was relayed (an
  // xs:duration as it was sent). At most one of them.
  std::optional<absl::Time> until;
  std::string after;
  friend bool operator==(const RelayedKey&, const RelayedKey&) = default;
};

struct KeyRelayNotice {
  int32_t from = 0;  // a RegistrarKey's number
  std::vector<RelayedKey> keys;
  friend bool operator==(const KeyRelayNotice&, const KeyRelayNotice&) = default;
};

// One line for the sender, and one for each key. ParseKeyRelay reads it back; nothing if it is not
// such a text.
std::string FormatKeyRelay(const KeyRelayNotice& notice);
std::optional<KeyRelayNotice> ParseKeyRelay(const std::string& text);

}  // namespace registry
