#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "epp/call.h"
#include "epp/login_security.h"
#include "epp/password_verifier.h"
#include "epp/session.h"
#include "epp/session_limits.h"
#include "registry/net/peer_certificate.h"
#include "registry/store/store.h"

namespace epp {

struct LoginServices {
  registry::store::Store& store;
  PasswordVerifier& passwords;
  SessionLimits& limits;
  const LoginSecuritySettings& security;
};

struct LoginDone {
  LoginResult result;
  std::optional<SessionLimits::Ticket> ticket;  // there if the result is a success
};

// RFC 5730 section 2.9.1.1: who it is (id, password, certificate), whether one session more is
// allowed, and the new password last, only if everything else succeeded. Hashing happens on the
// password threads. `certificate`: the client's as TLS verified it. Failures are counted, and told
// with the next good login; a database that is away keeps nobody out for that.
boost::asio::awaitable<LoginDone> RunLogin(
    LoginServices services, LoginCall call,
    std::optional<registry::net::PeerCertificate> certificate, std::string client_id);

}  // namespace epp
