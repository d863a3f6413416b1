#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "absl/functional/any_invocable.h"
#include "registry/base/outcome.h"
#include "registry/base/result_code.h"
#include "registry/types/keys.h"
#include "registry/types/transaction_id.h"

namespace registry::store {
class Store;
}

namespace epp {

// The extensions that this server offers (extURI of the greeting).
enum class Extension : uint32_t {
  kSecDns = 1 << 0,  // urn:ietf:params:xml:ns:secDNS-1.1, RFC 5910
  kRgp = 1 << 1,     // urn:ietf:params:xml:ns:rgp-1.0, RFC 3915
};

class ExtensionSet {
 public:
  void Add(Extension extension) { bits_ |= static_cast<uint32_t>(extension); }
  bool Has(Extension extension) const { return (bits_ & static_cast<uint32_t>(extension)) != 0; }
  friend bool operator==(ExtensionSet, ExtensionSet) = default;

 private:
  uint32_t bits_ = 0;
};

// What a frame is judged by, apart from its text.
struct SessionView {
  bool logged_in = false;
  registry::RegistrarKey registrar = registry::kNoRegistrar;
  ExtensionSet extensions;  // announced at login; no others may appear in an answer
};

// An answer to a command as it goes to the client.
struct Answer {
  std::string xml;
  registry::ResultCode code = registry::ResultCode::kOk;
  registry::TransactionNumber number = 0;  // the svTRID's
  std::string_view reason;                 // Reason::id of a refusal, for the log; may be empty
};

// Makes the answer's XML once the registry has replied. Called once, on the connection's strand, so
// that the store's threads do not spend their time on XML.
using Rendering = absl::AnyInvocable<Answer() &&>;

// Called exactly once, from one of the store's threads, when the reply is durable.
using Finished = absl::AnyInvocable<void(Rendering) &&>;

// <hello>: answered with a greeting.
struct Hello {};

// Refused by the frame's text and the session's state alone (stages 2 to 11 of the order of
// checks): unknown command, syntax error, command use error ... The server adds the svTRID and
// renders it with RenderResult.
struct Refused {
  registry::Rejection rejection;
};

// <login>: version, language and URIs are fine (else it is Refused), and so is the form of the new
// password.
struct LoginCall {
  std::string id;  // a clIDType as far as the schema goes; may name nobody
  std::string password;
  std::optional<std::string> new_password;
  ExtensionSet extensions;
};

// <logout>.
struct LogoutCall {};

// A command for the registry. `run` submits it to the store on behalf of SessionView::registrar and
// returns at once.
struct StoreCall {
  absl::AnyInvocable<void(registry::store::Store& store, Finished finished) &&> run;
};

// What a frame turned out to be; made by Dispatch, run by the server.
struct Call {
  // For logs and metric labels, from a finite set: "domain-create", "login", "poll-req"; "unknown"
  // if the command could not be told.
  std::string_view name = "unknown";
  std::string client_id;  // clTRID as sent; empty if absent or unreadable
  std::variant<Hello, Refused, LoginCall, LogoutCall, StoreCall> action;
};

}  // namespace epp
