#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/cds/dns_message.h"
#include "registry/cds/server_table.h"
#include "registry/types/ip_address.h"

namespace cds {

// Since the client was made.
struct QueryCounts {
  int64_t udp = 0;
  int64_t tcp = 0;
  int64_t unanswered = 0;  // after all attempts
};

// Asks authoritative servers. One query at a time on each socket of its own, so that the system
// chooses a new port for each. Everything happens on the context's one thread.
class DnsClient {
 public:
  struct Options {
    absl::Duration timeout = absl::Seconds(2);  // of one attempt
    int attempts = 2;                           // 1 or more
    uint16_t port = 53;                         // of all servers
    ServerTable::Limits limits;
  };
  enum class Transport { kUdp, kTcp };

  DnsClient(boost::asio::io_context& io, Options options);

  // Waits for its turn first. With UDP, a truncated answer is asked for again over TCP.
  // kUnavailable at once if the server is being left alone, or if it did not answer; the message is
  // for people.
  boost::asio::awaitable<absl::StatusOr<DnsAnswer>> Ask(registry::IpAddress server,
                                                        DnsQuestion question, Transport transport);

  const QueryCounts& counts() const { return counts_; }
  size_t resting() const;

 private:
  boost::asio::awaitable<void> AwaitTurn(registry::IpAddress server);
  boost::asio::awaitable<absl::StatusOr<DnsAnswer>> Try(registry::IpAddress server,
                                                        DnsQuestion question, Transport transport);
  boost::asio::awaitable<absl::StatusOr<DnsAnswer>> AskOverUdp(registry::IpAddress server,
                                                               DnsQuestion question);
  boost::asio::awaitable<absl::StatusOr<DnsAnswer>> AskOverTcp(registry::IpAddress server,
                                                               DnsQuestion question);

  boost::asio::io_context& io_;
  const Options options_;
  ServerTable servers_;
  QueryCounts counts_;
};

}  // namespace cds
