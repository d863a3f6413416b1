#pragma once

#include <openssl/types.h>

#include <optional>

#include "absl/time/time.h"
#include "registry/types/fingerprint.h"

namespace registry::net {

struct PeerCertificate {
  Fingerprint fingerprint;
  absl::Time expires;  // notAfter
};

// The client's certificate after the handshake. None if it sent none, or one that is not valid now
// or not signed by the client CA.
std::optional<PeerCertificate> VerifiedPeer(const SSL* connection);

}  // namespace registry::net
