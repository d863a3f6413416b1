#include "registry/net/peer_certificate.h"

#include <openssl/asn1.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <ctime>

namespace registry::net {

namespace {

std::optional<Fingerprint> FingerprintOf(const X509* certificate) {
  Fingerprint fingerprint;
  unsigned int size = fingerprint.size();
  if (X509_digest(certificate, EVP_sha256(), fingerprint.data(), &size) != 1 ||
      size != fingerprint.size()) {
    return std::nullopt;
  }
  return fingerprint;
}

std::optional<absl::Time> TimeOf(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return absl::FromTM(parts, absl::UTCTimeZone());
}

}  // namespace

std::optional<PeerCertificate> VerifiedPeer(const SSL* connection) {
  const X509* certificate = SSL_get0_peer_certificate(connection);
  if (certificate == nullptr) return std::nullopt;
  if (SSL_get_verify_result(connection) != X509_V_OK) return std::nullopt;
  const std::optional<Fingerprint> fingerprint = FingerprintOf(certificate);
  const std::optional<absl::Time> expires = TimeOf(X509_get0_notAfter(certificate));
  if (!fingerprint || !expires) return std::nullopt;
  return PeerCertificate{*fingerprint, *expires};
}

}  // namespace registry::net
