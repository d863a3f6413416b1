#include "epp/login_flow.h"

#include <utility>

#include "epp/session_reasons.h"
#include "registry/base/log.h"
#include "registry/commands/login.h"
#include "registry/commands/registrar_password.h"
#include "registry/net/await_callback.h"

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

boost::asio::awaitable<PasswordReply> StorePassword(registry::store::Store& store,
                                                    registry::store::Origin origin,
                                                    registry::RegistrarPassword command) {
  Start<PasswordReply> start = [&](Callback<PasswordReply> done) {
    store.Execute(std::move(origin), std::move(command),
                  [done = std::move(done)](PasswordReply reply) mutable {
                    std::move(done)(std::move(reply));
                  });
  };
  co_return co_await AwaitCallback<PasswordReply>(std::move(start));
}

LoginResult ResultOf(PasswordReply reply, registry::RegistrarKey registrar) {
  if (!reply.status.ok()) {
    registry::Log(registry::LogLevel::kError, "epp.password_not_stored",
                  {{"svtrid", registry::FormatServerTransactionId(reply.number)},
                   {"error", reply.status.ToString()}});
    return {Reject(absl::IsUnknown(reply.status) ? kPerhapsStored : kNotStored), reply.number};
  }
  if (!reply.outcome->ok()) return {reply.outcome->rejection(), reply.number};
  return {registrar, reply.number};
}

// Id, password and certificate. Without a valid certificate nobody gets in, so that such a client
// does not cost us a hash.
boost::asio::awaitable<Outcome<registry::LoggedIn>> Authenticate(
    LoginServices services, const LoginCall& call,
    const std::optional<registry::Fingerprint>& certificate) {
  registry::Login login;
  login.certificate = certificate;
  auto id = registry::RegistrarId::Parse(call.id);
  if (id.ok()) login.id = *std::move(id);
  if (certificate) {
    auto directory = services.store.directory();
    const registry::Registrar* registrar = directory->Registrar(login.id);
    std::string encoded = registrar != nullptr ? registrar->password_hash : std::string();
    login.password_matches =
        co_await Compare(services.passwords, std::move(encoded), call.password);
  }
  co_return registry::Decide(login, *services.store.directory());
}

}  // namespace

boost::asio::awaitable<LoginDone> RunLogin(LoginServices services, LoginCall call,
                                           std::optional<registry::Fingerprint> certificate,
                                           std::string client_id) {
  Outcome<registry::LoggedIn> decided = co_await Authenticate(services, call, certificate);
  if (!decided.ok()) co_return LoginDone{LoginResult{decided.rejection()}};

  const registry::RegistrarKey registrar = decided->registrar;
  auto ticket = services.limits.Enter(registrar, decided->max_sessions);
  if (!ticket) co_return LoginDone{LoginResult{Reject(kTooManySessions)}};
  if (!call.new_password) co_return LoginDone{LoginResult{registrar}, std::move(ticket)};

  auto acceptable = registry::CheckPassword(*call.new_password, registry::RegistrarId(call.id));
  if (!acceptable.ok()) co_return LoginDone{LoginResult{acceptable.rejection()}};
  registry::RegistrarPassword command;
  command.registrar = registrar;
  command.password_hash = co_await Hash(services.passwords, *std::move(call.new_password));
  registry::store::Origin origin;
  origin.asker = registrar;
  origin.client_id = std::move(client_id);
  origin.command = "login";
  PasswordReply reply =
      co_await StorePassword(services.store, std::move(origin), std::move(command));
  LoginDone done{ResultOf(std::move(reply), registrar)};
  if (done.result.outcome.ok()) done.ticket = std::move(ticket);
  co_return done;
}

}  // namespace epp
