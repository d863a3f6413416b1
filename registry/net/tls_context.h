#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/base/mutex.h"

namespace registry::net {

// PEM files.
struct TlsFiles {
  std::string certificate;      // the server's, followed by the intermediate ones
  std::string certificate_key;  // not encrypted
  std::string client_ca;        // who signs clients' certificates; empty: none are asked for
  // Clients that come back may take up their session (by tickets, whose keys live and die with the
  // context): for those that stay for a moment only.
  bool resumption = false;
};

// TLS 1.2 and 1.3 with ephemeral keys and AEAD ciphers only; no renegotiation, no compression; no
// resumption unless asked for (where sessions last for hours nothing is gained). A client
// certificate is asked for but not demanded, and a bad one does not end the handshake: VerifiedPeer
// tells them apart, so that the protocol above can say what is wrong.
absl::StatusOr<std::shared_ptr<boost::asio::ssl::context>> LoadTlsContext(const TlsFiles& files);

// The context for new connections, replaced whole when certificates are renewed. Thread-safe.
class TlsContexts {
 public:
  static absl::StatusOr<std::unique_ptr<TlsContexts>> Load(TlsFiles files);
  std::shared_ptr<boost::asio::ssl::context> current() const;
  // Reads the files again. On an error the old context stays in use.
  absl::Status Reload();

 private:
  TlsContexts(TlsFiles files, std::shared_ptr<boost::asio::ssl::context> context)
      : files_(std::move(files)), context_(std::move(context)) {}

  const TlsFiles files_;
  mutable Mutex mutex_;
  std::shared_ptr<boost::asio::ssl::context> context_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace registry::net
