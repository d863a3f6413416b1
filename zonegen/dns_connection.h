#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/net/endpoint.h"

namespace zonegen {

// A TCP connection to a name server: messages with their length before them (RFC 7766). Every call
// ends within the timeout; after an error the connection is of no use any more. Errors are
// kUnavailable. Not thread-safe.
class DnsConnection {
 public:
  static absl::StatusOr<std::unique_ptr<DnsConnection>> Open(const registry::net::Endpoint& server,
                                                             absl::Duration timeout);
  ~DnsConnection();
  DnsConnection(const DnsConnection&) = delete;
  DnsConnection& operator=(const DnsConnection&) = delete;

  absl::Status Send(std::string_view message);
  absl::StatusOr<std::string> Receive();
  // Whether Receive would give a whole message without waiting.
  absl::StatusOr<bool> HasMessage();
  // The server has closed the connection, or says something unasked.
  bool Stale() const;

 private:
  DnsConnection(int socket, std::string server, absl::Duration timeout);
  absl::Status Await(short events, absl::Time deadline) const;
  absl::StatusOr<bool> ReadSome();
  absl::Status Take(size_t count, absl::Time deadline);
  size_t NextSize() const;
  absl::Status Broken(std::string_view what) const;

  const int socket_;
  const std::string server_;
  const absl::Duration timeout_;
  std::string received_;
  size_t taken_ = 0;  // of received_
};

}  // namespace zonegen
