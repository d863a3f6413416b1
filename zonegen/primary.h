#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/net/endpoint.h"
#include "zonegen/dns_connection.h"
#include "zonegen/dns_message.h"
#include "zonegen/tsig_key.h"

namespace zonegen {

// A name server that takes the changes of our zones.
struct PrimaryServer {
  std::string name;  // ours for it
  registry::net::Endpoint address;
  TsigKey key;
};

// What stands at the apex of a zone.
struct ApexState {
  uint32_t serial = 0;
  std::vector<DnsRecord> records;  // of the types that a policy may have there, without the SOA
};

// One zone on one primary, over a TCP connection that is kept. kUnavailable: connection lost, tried
// anew with the next call; kUnauthenticated: TSIG; kFailedPrecondition: the server has no such zone
// or refuses. Not thread-safe.
class Primary {
 public:
  Primary(PrimaryServer server, std::string_view tld, absl::Duration timeout);

  absl::StatusOr<ApexState> ReadApex();
  absl::StatusOr<uint32_t> ReadSerial();

  // The RCODE of the answer.
  absl::StatusOr<int> Send(const DnsMessage& update);

  // A whole transfer (AXFR) over a connection of its own. The first SOA record is told, the last
  // not.
  absl::Status Transfer(const std::function<absl::Status(const DnsReply::Record&)>& each);

 private:
  absl::StatusOr<DnsConnection*> Connection();
  // A few, sent at once. In the order of the questions.
  absl::StatusOr<std::vector<DnsReply>> Ask(const std::vector<DnsMessage>& questions);
  absl::Status AskAll(DnsConnection& connection, const std::vector<DnsMessage>& questions,
                      std::vector<DnsReply>& replies);
  absl::StatusOr<uint32_t> SerialOf(const DnsReply& reply) const;

  const PrimaryServer server_;
  const std::string tld_;
  const std::string zone_;  // wire name
  const absl::Duration timeout_;
  std::unique_ptr<DnsConnection> connection_;
};

// The serial in the rdata of an SOA record.
uint32_t SoaSerial(std::string_view rdata);

}  // namespace zonegen
