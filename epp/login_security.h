#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "epp/xml_writer.h"

// What a login hears about its own security: the <loginSec:loginSecData> of the answer, RFC 8807
// sections 3.1 and 4.1. Of the RFC's events two cannot occur here: "tlsProtocol" and "cipher" tell
// of insecure connections, and such a handshake fails (registry/net/tls_context.cc: TLS 1.2 and
// 1.3, forward secrecy and authenticated encryption only). "custom" is not used.
namespace epp {

struct LoginSecuritySettings {
  absl::Duration password_warning;     // so long before it expires
  absl::Duration certificate_warning;  // likewise
  absl::Duration failed_login_window;  // failures are told for so long
  size_t longest_password = 128;       // in characters
};

// What there is to know of a login by a client that has proved who it is.
struct LoginFacts {
  absl::Time now;
  // What certificates go by: another time than the registry's where a sandbox has moved its clock.
  absl::Time true_now;
  absl::Time password_expires = absl::InfiniteFuture();  // of the one that holds from now on
  bool new_password_refused = false;
  absl::Time certificate_expires = absl::InfiniteFuture();
  int64_t failed_logins = 0;  // since the last good one, within the window
};

// <loginSec:event>. The texts are static.
struct SecurityEvent {
  enum class Level { kWarning, kError };
  struct Statistic {
    std::string_view name;
    int64_t value = 0;
    absl::Duration duration;  // ending now
  };
  std::string_view type;
  Level level = Level::kWarning;
  std::string_view text;
  std::optional<absl::Time> expires;  // exDate
  std::optional<Statistic> statistic;
};

// In the order: password, certificate, newPW, stat.
std::vector<SecurityEvent> SecurityEventsOf(const LoginFacts& facts,
                                            const LoginSecuritySettings& settings);

// <loginSec:loginSecData>; nothing without events.
void WriteSecurityEvents(const std::vector<SecurityEvent>& events, XmlWriter* xml);

// xs:duration: "P1D", "PT36H" is "P1DT12H". Whole seconds, not negative.
std::string FormatXmlDuration(absl::Duration duration);

}  // namespace epp
