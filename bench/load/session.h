#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "bench/load/endpoint.h"
#include "bench/load/frame_reader.h"
#include "bench/load/instant.h"
#include "bench/load/poller.h"
#include "bench/load/tls_stream.h"
#include "bench/load/workload.h"

namespace bench {

// One EPP session: connects, logs in, then sends what it is given and matches the answers, which
// come in the order of the commands. What returns a bool returns false when the connection is of no
// more use; problem() says why.
class Session {
 public:
  struct Sent {
    Request request;
    Instant since;  // what the latency counts from
  };
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void OnReady(Session& session) = 0;
    virtual void OnAnswer(Session& session, const Sent& sent, std::string_view xml) = 0;
  };
  enum class State { kClosed, kConnecting, kHandshake, kGreeting, kLogin, kReady };

  // `login` is the data unit; `number` is the poller's and the listener's name for it.
  Session(int number, const std::string& login) : number_(number), login_(login) {}

  bool Open(const Endpoint& endpoint, SSL_CTX* context, Poller& poller);
  // What the poller has told. Ignored while closed: it may be old news.
  bool OnEvents(uint32_t events, Poller& poller, Listener& listener);

  // Data units to be sent by the next Flush are appended here, and each announced to Expect.
  std::string& out() { return out_; }
  void Expect(const Sent& sent) { outstanding_.push_back(sent); }
  bool Flush(Poller& poller);

  // What was not answered.
  std::deque<Sent> Close();

  int number() const { return number_; }
  State state() const { return state_; }
  // How often it was closed: tells a connection from the next one.
  int generation() const { return generation_; }
  const std::string& problem() const { return problem_; }

 private:
  bool OnConnected();
  bool Handshake(Poller& poller);
  bool Receive(Poller& poller, Listener& listener);
  bool OnFrame(std::string_view xml, Poller& poller, Listener& listener);
  bool OnLoginAnswer(std::string_view xml, Listener& listener);
  void Await(uint32_t events, Poller& poller);
  bool Fail(std::string problem);

  const int number_;
  const std::string& login_;
  State state_ = State::kClosed;
  int generation_ = 0;
  uint32_t awaited_ = 0;  // events
  std::unique_ptr<TlsStream> stream_;
  FrameReader reader_;
  std::string out_;
  std::deque<Sent> outstanding_;
  std::string problem_;
};

}  // namespace bench
