#pragma once

#include "registry/base/outcome.h"

// Why the server ends a session of its own accord, or refuses one.
namespace epp {

inline constexpr registry::Reason kFrameLength{
    "frame-length", registry::ResultCode::kSyntaxError,
    "the frame's length is below 5 bytes or above the server's limit"};
inline constexpr registry::Reason kTooManyLoginFailures{
    "too-many-login-failures", registry::ResultCode::kAuthenticationErrorClosing,
    "too many failed logins"};
inline constexpr registry::Reason kTooManySessions{
    "too-many-sessions", registry::ResultCode::kSessionLimitClosing,
    "the client has as many sessions as it may have"};
inline constexpr registry::Reason kTooManyConnections{"too-many-connections",
                                                      registry::ResultCode::kSessionLimitClosing,
                                                      "too many connections from this address"};
inline constexpr registry::Reason kIdleTooLong{
    "idle-too-long", registry::ResultCode::kSessionLimitClosing, "no command for too long"};
inline constexpr registry::Reason kLoginTooLate{
    "login-too-late", registry::ResultCode::kSessionLimitClosing, "no login in time"};
inline constexpr registry::Reason kSessionTooOld{"session-too-old",
                                                 registry::ResultCode::kSessionLimitClosing,
                                                 "the session has lasted as long as it may"};
inline constexpr registry::Reason kServerStops{
    "server-stops", registry::ResultCode::kCommandFailedClosing, "the server is being stopped"};

// A login whose new password could not be stored.
inline constexpr registry::Reason kNotStored{"not-stored", registry::ResultCode::kCommandFailed,
                                             "nothing was changed; please try again"};
inline constexpr registry::Reason kPerhapsStored{
    "perhaps-stored", registry::ResultCode::kCommandFailedClosing,
    "the new password may have been stored or not; please try both"};

}  // namespace epp
