#include "bench/load/tls_context.h"

#include <openssl/err.h>

#include "registry/base/text.h"

namespace bench {
namespace {

// Frames are shorter; OpenSSL's write buffers need not be longer than what is sent.
constexpr int kLongestRecord = 4096;

absl::Status Unusable(const std::string& file) {
  return absl::InvalidArgumentError(registry::Concat(file, ": ", TakeTlsError()));
}

}  // namespace

std::string TakeTlsError() {
  const unsigned long code = ERR_get_error();  // NOLINT(google-runtime-int): OpenSSL's type
  ERR_clear_error();
  if (code == 0) return "";
  char text[256];
  ERR_error_string_n(code, text, sizeof text);
  return text;
}

absl::StatusOr<TlsContext> MakeTlsContext(const SSL_METHOD* method, const std::string& certificate,
                                          const std::string& key) {
  TlsContext context(SSL_CTX_new(method));
  SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION);
  SSL_CTX_set_mode(context.get(),
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // Connections take turns with the same buffers: less memory, and what there is stays in the
  // cache.
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_max_send_fragment(context.get(), kLongestRecord);
  // A server that is killed is no error of TLS, but a connection that ended.
  SSL_CTX_set_options(context.get(), SSL_OP_IGNORE_UNEXPECTED_EOF);
  // One recv for a record with its head.
  SSL_CTX_set_read_ahead(context.get(), 1);
  if (SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) != 1) {
    return Unusable(certificate);
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return Unusable(key);
  }
  return context;
}

absl::Status VerifyPeersBy(const std::string& ca, SSL_CTX* context) {
  if (SSL_CTX_load_verify_locations(context, ca.c_str(), nullptr) != 1) return Unusable(ca);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  return absl::OkStatus();
}

}  // namespace bench
