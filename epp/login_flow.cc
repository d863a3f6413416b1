#include "epp/login_flow.h"

#include <utility>

#include "epp/session_reasons.h"
#include "registry/base/log.h"
#include "registry/commands/login.h"
#include "registry/commands/login_failed.h"
#include "registry/commands/login_succeeded.h"
#include "registry/commands/registrar_password.h"
#include "registry/net/await_callback.h"
#include "registry/types/reasons.h"

namespace epp {
namespace {

using registry::Outcome;
using registry::Reject;
using registry::Rejection;
using registry::net::AwaitCallback;
using registry::net::Callback;
using registry::net::Start;
using PasswordReply = registry::store::Reply<registry::Done>;

boost::asio::awaitable<bool> Compare(PasswordVerifier& verifier, std::string encoded,
                                     std::string password) {
  Start<bool> start = [&](Callback<bool> done) {
    verifier.Compare(std::move(encoded), std::move(password), std::move(done));
  };
  co_return co_await AwaitCallback<bool>(std::move(start));
}

boost::asio::awaitable<std::string> Hash(PasswordVerifier& verifier, std::string password) {
  Start<std::string> start = [&](Callback<std::string> done) {
    verifier.Hash(std::move(password), std::move(done));
  };
  co_return co_await AwaitCallback<std::string>(std::move(start));
}

template <class Command>
boost::asio::awaitable<registry::store::Reply<registry::store::AnswerOf<Command>>> Execute(
    registry::store::Store& store, registry::store::Origin origin, Command command) {
  using Reply = registry::store::Reply<registry::store::AnswerOf<Command>>;
  Start<Reply> start = [&](Callback<Reply> done) {
    store.Execute(
        std::move(origin), std::move(command),
        [done = std::move(done)](Reply reply) mutable { std::move(done)(std::move(reply)); });
  };
  co_return co_await AwaitCallback<Reply>(std::move(start));
}

registry::store::Origin OriginOf(registry::RegistrarKey asker, std::string client_id = {}) {
  registry::store::Origin origin;
  origin.asker = asker;
  origin.client_id = std::move(client_id);
  origin.command = "login";
  return origin;
}

// Counts a failure, if it was by somebody with a certificate: others cost us nothing, and must not
// have us write either. Nobody waits for it, so that an answer does not take longer for an id that
// there is.
void RecordFailure(registry::store::Store& store, const registry::Login& login) {
  const auto directory = store.directory();
  const registry::Registrar* registrar = directory->Registrar(login.id);
  if (!login.certificate || registrar == nullptr || !store.healthy()) return;
  store.Execute(OriginOf(registry::kPublic), registry::LoginFailed{registrar->key},
                [](const registry::store::Reply<registry::Done>& /*reply*/) {});
}

// How many failures there were before this login.
boost::asio::awaitable<int64_t> RecordSuccess(registry::store::Store& store,
                                              registry::RegistrarKey registrar,
                                              absl::Duration window) {
  if (!store.healthy()) co_return 0;
  registry::LoginSucceeded command{registrar, window};
  registry::store::Origin origin = OriginOf(registrar);
  auto reply = co_await Execute(store, std::move(origin), std::move(command));
  if (!reply.status.ok() || !reply.outcome->ok()) co_return 0;
  co_return (*reply.outcome)->count;
}

LoginResult ResultOf(const PasswordReply& reply, registry::RegistrarKey registrar) {
  if (!reply.status.ok()) {
    registry::Log(registry::LogLevel::kError, "epp.password_not_stored",
                  {{"svtrid", registry::FormatServerTransactionId(reply.number)},
                   {"error", reply.status.ToString()}});
    return {Reject(absl::IsUnknown(reply.status) ? kPerhapsStored : kNotStored), reply.number, {}};
  }
  if (!reply.outcome->ok()) return {reply.outcome->rejection(), reply.number, {}};
  return {registrar, reply.number, {}};
}

// Id, password and certificate. Without a valid certificate nobody gets in, so that such a client
// does not cost us a hash.
boost::asio::awaitable<Outcome<registry::LoggedIn>> Authenticate(
    LoginServices services, const LoginCall& call,
    const std::optional<registry::net::PeerCertificate>& certificate) {
  registry::Login login;
  if (certificate) login.certificate = certificate->fingerprint;
  auto id = registry::RegistrarId::Parse(call.id);
  if (id.ok()) login.id = *std::move(id);
  if (certificate) {
    auto directory = services.store.directory();
    const registry::Registrar* registrar = directory->Registrar(login.id);
    std::string encoded = registrar != nullptr ? registrar->password_hash : std::string();
    login.password_matches =
        co_await Compare(services.passwords, std::move(encoded), call.password);
  }
  Outcome<registry::LoggedIn> decided = registry::Decide(login, *services.store.directory());
  const bool failed = !decided.ok() && decided.rejection().reason.id == registry::kLoginRefused.id;
  if (failed) RecordFailure(services.store, login);
  co_return decided;
}

// What comes after the client has proved who it is. `facts` becomes what it is to hear.
boost::asio::awaitable<LoginDone> LogIn(LoginServices services, LoginCall call,
                                        registry::LoggedIn login, std::string client_id,
                                        LoginFacts& facts) {
  const registry::RegistrarKey registrar = login.registrar;
  if (call.new_password) {
    facts.new_password_refused =
        !registry::CheckPassword(*call.new_password, registry::RegistrarId(call.id),
                                 services.security.longest_password)
             .ok();
  }
  const bool changes_password = call.new_password && !facts.new_password_refused;
  auto age = registry::CheckPasswordAge(login, changes_password, facts.now);
  if (!age.ok()) co_return LoginDone{LoginResult{age.rejection()}};
  auto ticket = services.limits.Enter(registrar, login.max_sessions);
  if (!ticket) co_return LoginDone{LoginResult{Reject(kTooManySessions)}};
  if (facts.new_password_refused) {
    co_return LoginDone{LoginResult{Reject(registry::kPasswordWeak)}};
  }

  LoginDone done{LoginResult{registrar}};
  if (changes_password) {
    registry::RegistrarPassword command;
    command.registrar = registrar;
    command.password_hash = co_await Hash(services.passwords, *std::move(call.new_password));
    registry::store::Origin origin = OriginOf(registrar, std::move(client_id));
    PasswordReply reply = co_await Execute(services.store, std::move(origin), std::move(command));
    done.result = ResultOf(reply, registrar);
    if (!done.result.outcome.ok()) co_return done;
    const auto directory = services.store.directory();
    const registry::Registrar* changed = directory->Registrar(registrar);
    if (changed != nullptr) facts.password_expires = changed->PasswordExpires();
  }
  facts.failed_logins =
      co_await RecordSuccess(services.store, registrar, services.security.failed_login_window);
  done.ticket = std::move(ticket);
  co_return done;
}

}  // namespace

boost::asio::awaitable<LoginDone> RunLogin(
    LoginServices services, LoginCall call,
    std::optional<registry::net::PeerCertificate> certificate, std::string client_id) {
  Outcome<registry::LoggedIn> decided = co_await Authenticate(services, call, certificate);
  if (!decided.ok()) co_return LoginDone{LoginResult{decided.rejection()}};
  LoginFacts facts;
  facts.now = services.store.clock().Now();
  facts.true_now = facts.now - services.store.directory()->settings.clock_offset;
  facts.password_expires = decided->password_expires;
  if (certificate) facts.certificate_expires = certificate->expires;
  LoginDone done = co_await LogIn(services, std::move(call), *decided, std::move(client_id), facts);
  done.result.events = SecurityEventsOf(facts, services.security);
  co_return done;
}

}  // namespace epp
