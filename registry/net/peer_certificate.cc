#include "registry/net/peer_certificate.h"

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace registry::net {

std::optional<Fingerprint> PeerFingerprint(const SSL* connection) {
  const X509* certificate = SSL_get0_peer_certificate(connection);
  if (certificate == nullptr) return std::nullopt;
  if (SSL_get_verify_result(connection) != X509_V_OK) return std::nullopt;
  Fingerprint fingerprint;
  unsigned int size = fingerprint.size();
  if (X509_digest(certificate, EVP_sha256(), fingerprint.data(), &size) != 1 ||
      size != fingerprint.size()) {
    return std::nullopt;
  }
  return fingerprint;
}

}  // namespace registry::net
