#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "bench/load/connector.h"
#include "bench/load/options.h"
#include "bench/load/poller.h"
#include "bench/load/session.h"
#include "bench/load/tls_context.h"

namespace bench {

// All sessions and the one poll that serves them. Connects them, and, if asked to survive, again.
class Fleet : private Session::Listener {
 public:
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void OnReady(Session& session) = 0;
    virtual void OnAnswer(Session& session, const Session::Sent& sent, std::string_view xml) = 0;
    virtual void OnLost(Session& session, const Session::Sent& sent) = 0;
  };

  static absl::StatusOr<std::unique_ptr<Fleet>> Make(const Options& options);

  // Null: nobody listens.
  void set_listener(Listener* listener) { listener_ = listener; }

  // Connects, receives and tells the listener, for what is ready at `until` at the latest.
  void Poll(Instant until);
  // What stands in the session's out() leaves before the next poll.
  void SendSoon(Session& session) { unsent_.push_back(session.number()); }

  Session& session(int number) { return sessions_[static_cast<size_t>(number)]; }
  int size() const { return static_cast<int>(sessions_.size()); }
  int user_of(int session) const { return users_[static_cast<size_t>(session)]; }
  int ready() const { return ready_; }
  int64_t broken() const { return broken_; }          // connections lost after their login
  int64_t reconnects() const { return reconnects_; }  // and logged in again
  // Not ok when a connection or login has failed that it was not to survive.
  const absl::Status& status() const { return status_; }

 private:
  Fleet(const Options& options, Endpoint endpoint, TlsContext context);
  void OnReady(Session& session) override;
  void OnAnswer(Session& session, const Session::Sent& sent, std::string_view xml) override;
  void StartConnections();
  void Flush();
  void Break(Session& session);

  const bool survive_;
  const Endpoint endpoint_;
  const TlsContext context_;
  std::vector<std::string> logins_;  // by user
  std::vector<int> users_;           // by session
  Poller poller_;
  Connector connector_;
  std::deque<Session> sessions_;
  std::vector<int> unsent_;
  Listener* listener_ = nullptr;
  int ready_ = 0;
  int64_t broken_ = 0, reconnects_ = 0;
  absl::Status status_;
};

}  // namespace bench
