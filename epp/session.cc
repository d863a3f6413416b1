#include "epp/session.h"

#include <algorithm>
#include <utility>

#include "epp/namespaces.h"
#include "epp/reasons.h"
#include "epp/response.h"
#include "epp/session_reasons.h"
#include "registry/base/check.h"
#include "registry/types/reasons.h"

namespace epp {

using registry::Reject;
using registry::ResultCode;

Session::Session(const SessionSettings& settings, SessionServices& services)
    : settings_(settings), services_(services) {}

Session::Send Session::OnConnected() {
  return Send{RenderGreeting(settings_.server_id, services_.Now(), settings_.launch)};
}

Session::Step Session::OnFrame(std::string_view xml, absl::Duration uptime) {
  last_activity_ = uptime;
  Call call = services_.Dispatch(xml, view_);
  command_ = call.name;
  client_id_ = std::move(call.client_id);
  return std::visit([this](auto&& action) { return Take(std::move(action)); },
                    std::move(call.action));
}

Session::Step Session::Take(Hello) { return OnConnected(); }

Session::Step Session::Take(Refused refused) { return Refuse(refused.rejection, refused.echo); }

Session::Step Session::Take(LoginCall login) {
  if (view_.logged_in) return Refuse(Reject(kLoggedInAlready));
  objects_asked_ = login.objects;
  extensions_asked_ = login.extensions;
  return LogIn{std::move(login)};
}

Session::Step Session::Take(LogoutCall) {
  if (!view_.logged_in) return Refuse(Reject(kNotLoggedIn));
  return Respond(ResultCode::kOkEndingSession);
}

Session::Step Session::Take(StoreCall call) {
  if (!view_.logged_in) return Refuse(Reject(kNotLoggedIn));
  return Execute{std::move(call)};
}

Session::Send Session::OnAnswer(Answer answer, absl::Duration uptime) {
  last_activity_ = uptime;
  return Send{std::move(answer.xml), registry::ClosesSession(answer.code), answer.code,
              answer.number, answer.reason};
}

Session::Send Session::OnLogin(LoginResult result, absl::Duration uptime) {
  POSTEL_CHECK(!view_.logged_in);
  last_activity_ = uptime;
  Body body;
  if (extensions_asked_.Has(Extension::kLoginSec)) {
    WriteSecurityEvents(result.events, &body.extension);
  }
  if (result.outcome.ok()) {
    view_ = SessionView{true, *result.outcome, objects_asked_, extensions_asked_};
    return Respond(ResultCode::kOk, result.number, body);
  }
  const registry::Rejection& rejection = result.outcome.rejection();
  const bool counts = rejection.code() == ResultCode::kAuthenticationError;
  if (counts && ++failed_logins_ >= settings_.login_failures) {
    return Refuse(Reject(kTooManyLoginFailures), {}, body);
  }
  const bool about_new_password = rejection.reason.id == registry::kPasswordWeak.id;
  return Refuse(rejection, about_new_password ? EchoElement(kEpp, "newPW", "") : std::string(),
                body);
}

Session::Send Session::OnMalformedFrame() { return Unasked(kFrameLength); }

Session::Send Session::OnDeadline(absl::Duration uptime) {
  if (uptime >= settings_.session_lifetime) return Unasked(kSessionTooOld);
  return Unasked(view_.logged_in || uptime < settings_.login_timeout ? kIdleTooLong
                                                                     : kLoginTooLate);
}

Session::Send Session::OnStop() { return Unasked(kServerStops); }

Session::Send Session::OnTooManyConnections() { return Unasked(kTooManyConnections); }

absl::Duration Session::deadline() const {
  absl::Duration deadline =
      std::min(settings_.session_lifetime, last_activity_ + settings_.idle_timeout);
  return view_.logged_in ? deadline : std::min(deadline, settings_.login_timeout);
}

Session::Send Session::Refuse(const registry::Rejection& rejection, std::string_view echo,
                              const Body& body) {
  const registry::TransactionNumber number = services_.NextNumber();
  const ResultCode code = rejection.code();
  const Result result{code, rejection.reason.text, rejection.subject, echo, client_id_, number};
  return Send{RenderResponse(result, body), registry::ClosesSession(code), code, number,
              rejection.reason.id};
}

Session::Send Session::Respond(ResultCode code, registry::TransactionNumber number,
                               const Body& body) {
  Result result;
  result.code = code;
  result.client_id = client_id_;
  result.number = number != 0 ? number : services_.NextNumber();
  return Send{RenderResponse(result, body), registry::ClosesSession(code), code, result.number, {}};
}

// No command is being answered, so there is no clTRID to give back.
Session::Send Session::Unasked(const registry::Reason& reason) {
  client_id_.clear();
  command_ = "none";
  Send send = Refuse(Reject(reason));
  send.close = true;
  return send;
}

}  // namespace epp
