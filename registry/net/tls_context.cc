#include "registry/net/tls_context.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <utility>

#include "absl/strings/str_cat.h"

namespace registry::net {
namespace {

constexpr char kTls12Ciphers[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr char kTls13Ciphers[] =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
constexpr char kGroups[] = "X25519:P-256:P-384";

absl::Status Failed(const std::string& what) {
  char text[256] = "unknown error";
  if (const unsigned long code = ERR_peek_error(); code != 0) {
    ERR_error_string_n(code, text, sizeof text);
  }
  ERR_clear_error();
  return absl::FailedPreconditionError(absl::StrCat("TLS: ", what, ": ", text));
}

// Goes on whatever is wrong; SSL_get_verify_result keeps the error.
int TolerateBadCertificate(int /*ok*/, X509_STORE_CTX* /*store*/) { return 1; }

absl::Status AskForClientCertificates(SSL_CTX* tls, const std::string& file) {
  if (SSL_CTX_load_verify_file(tls, file.c_str()) != 1) return Failed(file);
  STACK_OF(X509_NAME)* names = SSL_load_client_CA_file(file.c_str());
  if (names == nullptr) return Failed(file);
  SSL_CTX_set_client_CA_list(tls, names);
  SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, TolerateBadCertificate);
  SSL_CTX_set_verify_depth(tls, 4);
  return absl::OkStatus();
}

absl::Status LimitProtocol(SSL_CTX* tls) {
  if (SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_cipher_list(tls, kTls12Ciphers) != 1 ||
      SSL_CTX_set_ciphersuites(tls, kTls13Ciphers) != 1 ||
      SSL_CTX_set1_groups_list(tls, kGroups) != 1) {
    return Failed("this OpenSSL refuses our settings");
  }
  SSL_CTX_set_security_level(tls, 2);  // RSA keys of 2048 bits and more, no SHA-1
  SSL_CTX_set_options(tls, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                               SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS);  // most sessions are idle most of the time
  return absl::OkStatus();
}

void RefuseResumption(SSL_CTX* tls) {
  SSL_CTX_set_options(tls, SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(tls, 0);
}

}  // namespace

absl::StatusOr<std::shared_ptr<boost::asio::ssl::context>> LoadTlsContext(const TlsFiles& files) {
  using boost::asio::ssl::context;
  ERR_clear_error();
  auto made = std::make_shared<context>(context::tls_server);
  SSL_CTX* tls = made->native_handle();
  if (absl::Status status = LimitProtocol(tls); !status.ok()) return status;
  if (!files.resumption) RefuseResumption(tls);
  if (SSL_CTX_use_certificate_chain_file(tls, files.certificate.c_str()) != 1) {
    return Failed(files.certificate);
  }
  if (SSL_CTX_use_PrivateKey_file(tls, files.certificate_key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return Failed(files.certificate_key);
  }
  if (SSL_CTX_check_private_key(tls) != 1) {
    return Failed(absl::StrCat(files.certificate_key, " does not belong to ", files.certificate));
  }
  if (!files.client_ca.empty()) {
    absl::Status status = AskForClientCertificates(tls, files.client_ca);
    if (!status.ok()) return status;
  }
  return made;
}

absl::StatusOr<std::unique_ptr<TlsContexts>> TlsContexts::Load(TlsFiles files) {
  auto loaded = LoadTlsContext(files);
  if (!loaded.ok()) return loaded.status();
  return std::unique_ptr<TlsContexts>(new TlsContexts(std::move(files), *std::move(loaded)));
}

std::shared_ptr<boost::asio::ssl::context> TlsContexts::current() const {
  const MutexLock lock(mutex_);
  return context_;
}

absl::Status TlsContexts::Reload() {
  auto loaded = LoadTlsContext(files_);
  if (!loaded.ok()) return loaded.status();
  const MutexLock lock(mutex_);
  context_ = *std::move(loaded);
  return absl::OkStatus();
}

}  // namespace registry::net
