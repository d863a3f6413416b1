#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "epp/call.h"
#include "epp/login_security.h"
#include "epp/response.h"
#include "registry/base/outcome.h"
#include "registry/types/transaction_id.h"

namespace epp {

struct SessionSettings {
  std::string server_id;
  absl::Duration idle_timeout;      // between commands
  absl::Duration login_timeout;     // from the greeting to a login
  absl::Duration session_lifetime;  // in all
  int login_failures = 3;           // the last of so many ends the session
  bool launch = false;              // the launch extension is offered
};

// What a session asks of its server.
class SessionServices {
 public:
  virtual ~SessionServices() = default;
  virtual Call Dispatch(std::string_view xml, const SessionView& view) = 0;
  virtual registry::TransactionNumber NextNumber() = 0;
  virtual absl::Time Now() = 0;  // the registry's, for the greeting
};

// What became of a login.
struct LoginResult {
  registry::Outcome<registry::RegistrarKey> outcome;
  registry::TransactionNumber number = 0;  // if something was stored (a new password)
  std::vector<SecurityEvent> events;       // for clients that know loginSec-1.0
};

// One EPP session, RFC 5730 section 2: decides; never touches a socket or reads a clock. `uptime`
// is the time since OnConnected and never goes back. One call is in flight at a time: after Execute
// and LogIn the session waits for OnAnswer and OnLogin.
class Session {
 public:
  struct Send {
    std::string xml;
    bool close = false;  // after sending
    // Of a response; a greeting is kOk and has no number.
    registry::ResultCode code = registry::ResultCode::kOk;
    registry::TransactionNumber number = 0;
    std::string_view reason;  // Reason::id, may be empty
  };
  struct Execute {
    StoreCall call;
  };
  struct LogIn {
    LoginCall call;
  };
  using Step = std::variant<Send, Execute, LogIn>;  // what the connection must do next

  // Both outlive the session.
  Session(const SessionSettings& settings, SessionServices& services);

  Send OnConnected();                                         // the greeting
  Step OnFrame(std::string_view xml, absl::Duration uptime);  // one data unit
  Send OnAnswer(Answer answer, absl::Duration uptime);        // after Execute
  Send OnLogin(LoginResult result, absl::Duration uptime);    // after LogIn

  // What the server says of its own accord, outside a command; all close.
  Send OnMalformedFrame();                 // 2001
  Send OnDeadline(absl::Duration uptime);  // 2502; only when uptime >= deadline()
  Send OnStop();                           // 2500
  Send OnTooManyConnections();             // 2502, instead of the greeting

  // The uptime at which the session ends unless a whole frame arrives before.
  absl::Duration deadline() const;

  bool logged_in() const { return view_.logged_in; }
  registry::RegistrarKey registrar() const { return view_.registrar; }
  // Of the command in flight or answered last; for logs. Empty before the first.
  std::string_view command() const { return command_; }
  const std::string& client_id() const { return client_id_; }

 private:
  Step Take(Hello hello);
  Step Take(Refused refused);
  Step Take(LoginCall login);
  Step Take(LogoutCall logout);
  Step Take(StoreCall call);
  Send Refuse(const registry::Rejection& rejection, std::string_view echo = {},
              const Body& body = {});
  // A number of 0: take the next.
  Send Respond(registry::ResultCode code, registry::TransactionNumber number = 0,
               const Body& body = {});
  Send Unasked(const registry::Reason& reason);

  const SessionSettings& settings_;
  SessionServices& services_;
  SessionView view_;
  // The services that a login in flight has named; they count when it succeeds.
  ObjectSet objects_asked_;
  ExtensionSet extensions_asked_;
  int failed_logins_ = 0;
  absl::Duration last_activity_;
  std::string_view command_;
  std::string client_id_;
};

}  // namespace epp
