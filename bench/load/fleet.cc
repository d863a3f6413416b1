#include "bench/load/fleet.h"

#include <algorithm>
#include <random>

#include "bench/load/frames.h"
#include "bench/load/open_files.h"
#include "registry/base/text.h"

namespace bench {

absl::StatusOr<std::unique_ptr<Fleet>> Fleet::Make(const Options& options) {
  absl::StatusOr<Endpoint> endpoint = Resolve(options.host, options.port);
  if (!endpoint.ok()) return endpoint.status();
  absl::StatusOr<TlsContext> context =
      MakeTlsContext(TLS_client_method(), options.certificate, options.key);
  if (!context.ok()) return context.status();
  const absl::Status verified = VerifyPeersBy(options.ca, context->get());
  if (!verified.ok()) return verified;
  AllowManyFiles();
  return std::unique_ptr<Fleet>(new Fleet(options, *endpoint, *std::move(context)));
}

Fleet::Fleet(const Options& options, Endpoint endpoint, TlsContext context)
    : survive_(options.survive), endpoint_(endpoint), context_(std::move(context)) {
  for (const std::string& user : options.users) {
    AppendLogin(user, options.password, options.command == "delegations", logins_.emplace_back());
  }
  // Dealt out evenly and shuffled: in turns, a server that deals out connections in turns as well
  // would have all of a user's sessions on one thread.
  for (int number = 0; number < options.sessions; ++number) {
    users_.push_back(number % static_cast<int>(logins_.size()));
  }
  std::shuffle(users_.begin(), users_.end(), std::minstd_rand(1));
  for (int number = 0; number < options.sessions; ++number) {
    sessions_.emplace_back(number, logins_[static_cast<size_t>(user_of(number))]);
    connector_.Want(number);
  }
}

void Fleet::Poll(Instant until) {
  StartConnections();
  Flush();
  for (const epoll_event& event : poller_.Wait(std::min(until, connector_.NextDue()))) {
    Session& session = this->session(static_cast<int>(event.data.u32));
    if (!session.OnEvents(event.events, poller_, *this)) Break(session);
    // At once, not after all events: the server shall not wait for the driver.
    Flush();
  }
}

void Fleet::StartConnections() {
  const Instant now = Clock::now();
  while (const std::optional<int> number = connector_.Start(now)) {
    Session& next = session(*number);
    if (!next.Open(endpoint_, context_.get(), poller_)) Break(next);
  }
}

void Fleet::Flush() {
  // By index: what a break brings about may be sent at once, too.
  for (size_t i = 0; i < unsent_.size(); ++i) {
    Session& session = this->session(unsent_[i]);
    const bool open = session.state() == Session::State::kReady;
    if (open && !session.out().empty() && !session.Flush(poller_)) Break(session);
  }
  unsent_.clear();
}

void Fleet::OnReady(Session& session) {
  ++ready_;
  connector_.Succeeded();
  if (session.generation() > 0) ++reconnects_;
  if (listener_ != nullptr) listener_->OnReady(session);
}

void Fleet::OnAnswer(Session& session, const Session::Sent& sent, std::string_view xml) {
  if (listener_ != nullptr) listener_->OnAnswer(session, sent, xml);
}

void Fleet::Break(Session& session) {
  const bool was_ready = session.state() == Session::State::kReady;
  const std::deque<Session::Sent> lost = session.Close();
  if (!survive_ && status_.ok()) {
    status_ = absl::UnavailableError(registry::Concat(
        was_ready ? "a session broke: " : "a session could not begin: ", session.problem()));
  }
  if (was_ready) {
    --ready_;
    ++broken_;
    connector_.Want(session.number());
  } else {
    connector_.Failed(session.number(), Clock::now());
  }
  for (const Session::Sent& sent : lost) {
    if (listener_ != nullptr) listener_->OnLost(session, sent);
  }
}

}  // namespace bench
