#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "registry/net/endpoint.h"
#include "registry/net/io_threads.h"

namespace registry::net {

// Accepts TCP connections on one address and port. Running out of file descriptors makes it pause,
// not stop.
class Listener : public std::enable_shared_from_this<Listener> {
 public:
  // The socket lives on one of the threads. Must not block; what it throws is logged, and ends that
  // connection only.
  using Accepted = std::function<void(boost::asio::ip::tcp::socket)>;

  // On which thread a connection lives.
  enum class Placement {
    kInTurn,         // each on another, so that those that stay long are spread evenly
    kWhereAccepted,  // on any that was free to accept it: no thread has to wake another
  };
  // Binds and listens at once; accepts nothing before Start. IPv6 sockets take IPv6 only.
  // `backlog`: connections that the kernel completes ahead of us.
  static absl::StatusOr<std::shared_ptr<Listener>> Open(IoThreads& threads,
                                                        const Endpoint& endpoint, int backlog,
                                                        Placement placement = Placement::kInTurn);
  void Start(Accepted accepted);
  // Where it really listens: the port is never 0.
  const Endpoint& endpoint() const { return endpoint_; }
  // Stops accepting; connections that wait in the backlog are reset. From any thread, any number of
  // times.
  void Close();
  // Likewise when nobody runs the threads any more; before they are destroyed.
  void CloseNow();

 private:
  using Acceptor = boost::asio::ip::tcp::acceptor;

  Listener(IoThreads& threads, Placement placement);
  // Acceptors on the other threads too, of the same socket.
  void ShareAcceptor(const boost::asio::ip::tcp& protocol, boost::system::error_code& error);
  boost::asio::awaitable<void> AcceptAll(size_t thread);
  static boost::asio::awaitable<void> Pause(Acceptor& acceptor);
  void TakeIn(boost::asio::ip::tcp::socket socket);

  IoThreads& threads_;
  const Placement placement_;
  std::vector<std::unique_ptr<Acceptor>> acceptors_;  // of the first threads, in their order
  Accepted accepted_;
  Endpoint endpoint_;
};

}  // namespace registry::net
