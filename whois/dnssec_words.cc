#include "whois/dnssec_words.h"

#include <string_view>

#include "registry/base/text.h"

namespace whois {

// RFC 8624 and the registry "DNS Security Algorithm Numbers".
std::string AlgorithmName(uint8_t number) {
  switch (number) {
    case 5:
      return "RSA with SHA-1";
    case 7:
      return "RSA with SHA-1 (NSEC3)";
    case 8:
      return "RSA with SHA-256";
    case 10:
      return "RSA with SHA-512";
    case 13:
      return "ECDSA P-256 with SHA-256";
    case 14:
      return "ECDSA P-384 with SHA-384";
    case 15:
      return "Ed25519";
    case 16:
      return "Ed448";
    default:
      return registry::Concat("algorithm ", static_cast<int>(number));
  }
}

// The registry "DNSSEC Delegation Signer (DS) Resource Record (RR) Type Digest Algorithms".
std::string DigestName(uint8_t number) {
  switch (number) {
    case 1:
      return "SHA-1";
    case 2:
      return "SHA-256";
    case 4:
      return "SHA-384";
    default:
      return registry::Concat("type ", static_cast<int>(number));
  }
}

}  // namespace whois
