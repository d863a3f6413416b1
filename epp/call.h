#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
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
class Job;
}

namespace epp {

// The extensions that this server offers (extURI of the greeting).
enum class Extension : uint32_t {
  kSecDns = 1 << 0,          // urn:ietf:params:xml:ns:secDNS-1.1, RFC 5910
  kRgp = 1 << 1,             // urn:ietf:params:xml:ns:rgp-1.0, RFC 3915
  kFee = 1 << 2,             // urn:ietf:params:xml:ns:epp:fee-1.0, RFC 8748
  kLoginSec = 1 << 3,        // urn:ietf:params:xml:ns:epp:loginSec-1.0, RFC 8807
  kSecureAuthInfo = 1 << 4,  // urn:ietf:params:xml:ns:epp:secure-authinfo-transfer-1.0, RFC 9154
  kUnhandledNamespaces = 1 << 5,  // urn:ietf:params:xml:ns:epp:unhandled-namespaces-1.0, RFC 9038
  // urn:ietf:params:xml:ns:launch-1.0, RFC 8334; only with the files of a clearinghouse.
  kLaunch = 1 << 6,
  kIdn = 1 << 7,               // urn:ietf:params:xml:ns:idn-1.0, draft-ietf-eppext-idnmap
  kAllocationToken = 1 << 12,  // urn:ietf:params:xml:ns:allocationToken-1.0, RFC 8495
  kChangePoll = 1 << 15,       // urn:ietf:params:xml:ns:changePoll-1.0, RFC 8590
  kBundle = 1 << 16,           // urn:ietf:params:xml:ns:epp:b-dn, RFC 9095
  kAdditionalEmail = 1 << 21,  // urn:ietf:params:xml:ns:epp:addlEmail-1.0, RFC 9873
  kTtl = 1 << 20,              // urn:ietf:params:xml:ns:epp:ttl-1.0, RFC 9803
  kOrgExt = 1 << 22,           // urn:ietf:params:xml:ns:epp:orgext-1.0, RFC 8544
};

class ExtensionSet {
 public:
  constexpr ExtensionSet(std::initializer_list<Extension> extensions = {}) {
    for (Extension extension : extensions) bits_ |= static_cast<uint32_t>(extension);
  }
  void Add(Extension extension) { bits_ |= static_cast<uint32_t>(extension); }
  constexpr bool Has(Extension extension) const {
    return (bits_ & static_cast<uint32_t>(extension)) != 0;
  }
  friend bool operator==(ExtensionSet, ExtensionSet) = default;

 private:
  uint32_t bits_ = 0;
};

// The object mappings that this server offers (objURI of the greeting).
enum class Object : uint32_t {
  kDomain = 1 << 0,        // RFC 5731
  kHost = 1 << 1,          // RFC 5732
  kContact = 1 << 2,       // RFC 5733
  kKeyRelay = 1 << 3,      // RFC 8063
  kMaintenance = 1 << 4,   // RFC 9167
  kOrganization = 1 << 5,  // RFC 8543
};

class ObjectSet {
 public:
  void Add(Object object) { bits_ |= static_cast<uint32_t>(object); }
  bool Has(Object object) const { return (bits_ & static_cast<uint32_t>(object)) != 0; }
  friend bool operator==(ObjectSet, ObjectSet) = default;

 private:
  uint32_t bits_ = 0;
};

// What a frame is judged by, apart from its text.
struct SessionView {
  bool logged_in = false;
  registry::RegistrarKey registrar = registry::kNoRegistrar;
  ObjectSet objects;        // announced at login; commands for others are refused with 2002
  ExtensionSet extensions;  // announced at login; no others may appear in an answer
};

// An answer to a command as it goes to the client.
struct Answer {
  std::string xml;
  registry::ResultCode code = registry::ResultCode::kOk;
  registry::TransactionNumber number = 0;  // the svTRID's
  std::string_view reason;                 // Reason::id of a refusal, for the log; may be empty
};

// Makes the answer's XML once the registry has replied. Called once, on the connection's thread, so
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
  std::string echo;  // Result::echo
};

// What the client says of its own software, RFC 8807 section 4.1. Each may be empty.
struct UserAgent {
  std::string app, tech, os;
  bool empty() const { return app.empty() && tech.empty() && os.empty(); }
};

// <login>: version, language and URIs are fine (else it is Refused), and so is the length of the
// passwords, but for that of a new one in loginSec-1.0: no more than the server takes.
struct LoginCall {
  std::string id;  // a clIDType as far as the schema goes; may name nobody
  std::string password;
  std::optional<std::string> new_password;
  ObjectSet objects;
  ExtensionSet extensions;
  UserAgent user_agent;
};

// <logout>.
struct LogoutCall {};

// A command for the registry, sent by SessionView::registrar. The server gives the job to its store
// at once: store.Submit(std::move(call.make_job)(std::move(finished))).
struct StoreCall {
  absl::AnyInvocable<std::unique_ptr<registry::store::Job>(Finished finished) &&> make_job;
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
