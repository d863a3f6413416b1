#include "registry/ctl/certificate_file.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <memory>

#include "registry/base/text.h"

namespace ctl {

absl::StatusOr<registry::Fingerprint> ReadCertificate(const std::string& path) {
  std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "r"), &std::fclose);
  if (file == nullptr) return absl::NotFoundError(registry::Concat(path, ": cannot be read"));
  std::unique_ptr<X509, void (*)(X509*)> certificate(
      PEM_read_X509(file.get(), nullptr, nullptr, nullptr), &X509_free);
  if (certificate == nullptr) {
    return absl::InvalidArgumentError(registry::Concat(path, ": no PEM certificate in it"));
  }
  registry::Fingerprint fingerprint{};
  unsigned int length = 0;
  if (X509_digest(certificate.get(), EVP_sha256(), fingerprint.data(), &length) != 1 ||
      length != fingerprint.size()) {
    return absl::InternalError(registry::Concat(path, ": the fingerprint cannot be computed"));
  }
  return fingerprint;
}

}  // namespace ctl
