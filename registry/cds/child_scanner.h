#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/cds/dns_client.h"
#include "registry/cds/validating_resolver.h"
#include "registry/model/tld_policy.h"
#include "registry/rules/child_ds.h"
#include "registry/types/domain_name.h"
#include "registry/types/ip_address.h"

namespace cds {

// A delegation to be looked at.
struct ScanTarget {
  struct Server {
    registry::DomainName name;
    std::vector<registry::IpAddress> addresses;  // as glue; none: to be looked up
  };
  registry::DomainName name;
  std::vector<registry::DsRecord> ds;  // that are published
  const registry::TldPolicy* policy = nullptr;
  std::vector<Server> servers;
  // What it waited for when it was last looked at (rules/child_ds.h, DsText), and for how long.
  std::string waited_for;
  absl::Duration waited;
};

// Asks the child zones' name servers for CDS and CDNSKEY records, and decides. One server that says
// over UDP that there is nothing to do is believed, which is two queries for nearly all domains.
// Only when something is to change, every address of every server is asked, over TCP, for all that
// the decision rests on.
class ChildScanner {
 public:
  struct Options {
    DnsClient::Options client;
    ValidatingResolver::Options resolver;
    int parallel = 200;      // domains at once
    bool bootstrap = false;  // RFC 9615
    // RFC 8078 section 3.3; zero: never. Has no effect without `bootstrap`.
    absl::Duration accept_after;
    bool ipv6 = true;
    bool any_address = false;  // also loopback, private and such: for tests
  };

  // kInvalidArgument: options that are not right.
  static absl::StatusOr<std::unique_ptr<ChildScanner>> Open(Options options);

  // One verdict for each target, in their order; those that it did not come to before `stop` are
  // left out at the end. Blocks. Not thread-safe.
  std::vector<registry::ChildDsVerdict> Scan(const std::vector<ScanTarget>& targets,
                                             const std::stop_token& stop);

  const QueryCounts& counts() const { return client_.counts(); }
  size_t resting() const { return client_.resting(); }

 private:
  // A server's addresses, as many as are looked at.
  struct Located {
    registry::DomainName name;
    std::vector<registry::IpAddress> addresses;
  };
  // What a batch's coroutines share.
  struct Batch;

  explicit ChildScanner(Options options);
  boost::asio::awaitable<void> Work(Batch& batch);
  boost::asio::awaitable<registry::ChildDsVerdict> Look(const ScanTarget& target);
  boost::asio::awaitable<std::vector<Located>> Locate(const ScanTarget& target);
  boost::asio::awaitable<std::vector<registry::IpAddress>> AddressesOf(registry::DomainName server);
  // Of the first server that answers; none: what was wrong with the last.
  struct FirstLook {
    std::vector<registry::ChildAnswer> answers;
    std::string trouble = "no name server has an address";
  };
  boost::asio::awaitable<FirstLook> AskOne(const ScanTarget& target,
                                           const std::vector<Located>& servers);
  boost::asio::awaitable<registry::ChildDsVerdict> Confirm(const ScanTarget& target,
                                                           const std::vector<Located>& servers);
  boost::asio::awaitable<absl::StatusOr<DnsAnswer>> AskUseful(registry::IpAddress address,
                                                              DnsQuestion question,
                                                              DnsClient::Transport transport);
  boost::asio::awaitable<absl::StatusOr<registry::ChildAnswer>> AskApex(
      const ScanTarget& target, registry::DomainName server, registry::IpAddress address);
  boost::asio::awaitable<std::vector<registry::SignalAnswer>> AskSignals(
      const ScanTarget& target, const std::vector<Located>& servers);
  boost::asio::awaitable<registry::SignalAnswer> AskSignal(registry::DomainName child,
                                                           registry::DomainName server);
  bool MayAsk(const registry::IpAddress& address) const;

  const Options options_;
  boost::asio::io_context io_{1};
  DnsClient client_;
  std::unique_ptr<ValidatingResolver> resolver_;
};

// Whether a name server of the public can have the address: not loopback, private, link-local and
// such.
bool IsPublicAddress(const registry::IpAddress& address);

}  // namespace cds
