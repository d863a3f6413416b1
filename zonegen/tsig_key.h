#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace zonegen {

// The secret that updates and transfers are signed with (TSIG, RFC 8945). Copies share it; it has
// no way to be printed. Thread-safe.
class TsigKey {
 public:
  // A file as tsig-keygen writes it: key "name" { algorithm hmac-sha256; secret "..."; };
  // HMAC-SHA256, -384 and -512 are taken. Errors name the file, never the secret.
  static absl::StatusOr<TsigKey> ReadFile(const std::string& file);
  static absl::StatusOr<TsigKey> Parse(const std::string& text);

  const std::string& name() const { return name_; }

 private:
  friend class DnsMessage;
  struct Secret;
  std::string name_;
  std::shared_ptr<const Secret> secret_;
};

}  // namespace zonegen
