#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
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
// or refuses. After an error nothing is open any more. Not thread-safe.
class Primary {
 public:
  Primary(PrimaryServer server, std::string_view tld, absl::Duration timeout);

  // While nothing is open.
  absl::StatusOr<ApexState> ReadApex();

  // Puts a message on its way, behind those that are. It is open until its answer comes, which
  // need not be in order; they are told apart by DnsMessage::id.
  absl::Status Post(const DnsMessage& message);
  size_t open() const { return open_.size(); }
  // The next answer to any that is open.
  absl::StatusOr<DnsReply> AwaitReply();
  // Whether it is there already.
  absl::StatusOr<bool> HasReply();
  // Nothing is open any more; what was may have its effect or not.
  void Disconnect();

  DnsMessage SerialQuestion() const;
  absl::StatusOr<uint32_t> SerialOf(const DnsReply& reply) const;

  // A whole transfer (AXFR) over a connection of its own. The first SOA record is told, the last
  // not.
  absl::Status Transfer(const std::function<absl::Status(const DnsReply::Record&)>& each);

 private:
  absl::StatusOr<DnsConnection*> Connection();
  absl::StatusOr<DnsReply> TakeReply();
  absl::Status Close(absl::Status status);

  const PrimaryServer server_;
  const std::string tld_;
  const std::string zone_;  // wire name
  const absl::Duration timeout_;
  std::unique_ptr<DnsConnection> connection_;
  absl::flat_hash_map<uint16_t, DnsMessage::Signed> open_;  // without their octets
};

// The serial in the rdata of an SOA record.
uint32_t SoaSerial(std::string_view rdata);

}  // namespace zonegen
