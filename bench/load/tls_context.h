#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace bench {

struct FreeTlsContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using TlsContext = std::unique_ptr<SSL_CTX, FreeTlsContext>;

// TLS 1.3 with a certificate of its own, for many connections of small messages.
absl::StatusOr<TlsContext> MakeTlsContext(const SSL_METHOD* method, const std::string& certificate,
                                          const std::string& key);
// The peer's certificate is to be verified by those in the PEM file.
absl::Status VerifyPeersBy(const std::string& ca, SSL_CTX* context);

// The oldest error that OpenSSL has queued, as text. Empties the queue.
std::string TakeTlsError();

}  // namespace bench
