#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "epp/call.h"
#include "epp/password_verifier.h"
#include "epp/session.h"
#include "epp/session_limits.h"
#include "registry/store/store.h"
#include "registry/types/fingerprint.h"

namespace epp {

struct LoginServices {
  registry::store::Store& store;
  PasswordVerifier& passwords;
  SessionLimits& limits;
};

struct LoginDone {
  LoginResult result;
  std::optional<SessionLimits::Ticket> ticket;  // there if the result is a success
};

// RFC 5730 section 2.9.1.1: who it is (id, password, certificate), whether one session more is
// allowed, and the new password last, only if everything else succeeded. Hashing happens on the
// password threads. `certificate`: the client's as TLS verified it.
boost::asio::awaitable<LoginDone> RunLogin(LoginServices services, LoginCall call,
                                           std::optional<registry::Fingerprint> certificate,
                                           std::string client_id);

}  // namespace epp
