#pragma once

#include <openssl/types.h>

#include <optional>

#include "registry/types/fingerprint.h"

namespace registry::net {

// The client's certificate after the handshake. None if it sent none, or one that is not valid now
// or not signed by the client CA.
std::optional<Fingerprint> PeerFingerprint(const SSL* connection);

}  // namespace registry::net
