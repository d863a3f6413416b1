#include "registry/cds/child_scanner.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <exception>
#include <random>
#include <utility>

#include "absl/time/clock.h"
#include "registry/base/text.h"
#include "registry/cds/child_answer.h"

namespace cds {
namespace {

namespace asio = boost::asio;
using registry::ChildAnswer;
using registry::ChildDelegation;
using registry::ChildDsVerdict;
using registry::Concat;
using registry::DomainName;
using registry::IpAddress;
using registry::SignalAnswer;
using Transport = DnsClient::Transport;

// A domain has 13 name servers; more addresses than these are nobody's good will.
constexpr size_t kMostAddressesOfServer = 8;
constexpr size_t kMostAddresses = 64;
constexpr size_t kFirstLooks = 4;  // servers that are tried until one answers

ChildDelegation DelegationOf(const ScanTarget& target) {
  return {target.name, target.ds, *target.policy};
}

bool IsWithin(const DomainName& server, const DomainName& zone) {
  return server == zone || server.IsBelow(zone.text());
}

bool InNetwork(std::string_view address, std::string_view network, int bits) {
  for (int bit = 0; bit < bits; ++bit) {
    const int shift = 7 - bit % 8;
    const auto byte = static_cast<size_t>(bit / 8);
    if ((static_cast<unsigned char>(address[byte]) >> shift & 1) !=
        (static_cast<unsigned char>(network[byte]) >> shift & 1)) {
      return false;
    }
  }
  return true;
}

bool InNetwork(const IpAddress& address, std::string_view network, int bits) {
  const IpAddress base(network);
  return address.family() == base.family() && InNetwork(address.octets(), base.octets(), bits);
}

}  // namespace

bool IsPublicAddress(const IpAddress& address) {
  if (!IpAddress::Parse(address.family(), address.ToString()).ok()) return false;
  return !InNetwork(address, "10.0.0.0", 8) && !InNetwork(address, "172.16.0.0", 12) &&
         !InNetwork(address, "192.168.0.0", 16) && !InNetwork(address, "100.64.0.0", 10) &&
         !InNetwork(address, "fc00::", 7);
}

struct ChildScanner::Batch {
  const std::vector<ScanTarget>& targets;
  const std::stop_token& stop;
  std::vector<ChildDsVerdict> verdicts;
  size_t next = 0;
  int working = 0;
};

absl::StatusOr<std::unique_ptr<ChildScanner>> ChildScanner::Open(Options options) {
  std::unique_ptr<ChildScanner> scanner(new ChildScanner(std::move(options)));
  auto resolver = ValidatingResolver::Open(scanner->io_, scanner->options_.resolver);
  if (!resolver.ok()) return resolver.status();
  scanner->resolver_ = *std::move(resolver);
  return scanner;
}

ChildScanner::ChildScanner(Options options)
    : options_(std::move(options)), client_(io_, options_.client) {}

std::vector<ChildDsVerdict> ChildScanner::Scan(const std::vector<ScanTarget>& targets,
                                               const std::stop_token& stop) {
  Batch batch{targets, stop, {}, 0, 0};
  batch.verdicts.resize(targets.size());
  const int workers = std::min<int>(options_.parallel, static_cast<int>(targets.size()));
  for (int i = 0; i < workers; ++i) {
    ++batch.working;
    asio::co_spawn(io_, Work(batch), asio::detached);
  }
  io_.restart();
  while (batch.working > 0) io_.run_one();
  batch.verdicts.resize(batch.next);
  return std::move(batch.verdicts);
}

asio::awaitable<void> ChildScanner::Work(Batch& batch) {
  while (batch.next < batch.targets.size() && !batch.stop.stop_requested()) {
    const size_t index = batch.next++;
    // Asio may throw, and a batch has others that wait.
    try {
      batch.verdicts[index] = co_await Look(batch.targets[index]);
    } catch (const std::exception& error) {
      batch.verdicts[index] = {
          ChildDsVerdict::Kind::kRefused, {}, registry::kChildSilent, error.what()};
    }
  }
  --batch.working;
}

asio::awaitable<ChildDsVerdict> ChildScanner::Look(const ScanTarget& target) {
  const bool secure = !target.ds.empty();
  if (!secure && !options_.bootstrap) co_return ChildDsVerdict();
  const std::vector<Located> servers = co_await Locate(target);
  const FirstLook first = co_await AskOne(target, servers);
  const registry::BootstrapEvidence none;
  ChildDsVerdict verdict = secure ? MaintainDs(DelegationOf(target), first.answers)
                                  : BootstrapDs(DelegationOf(target), first.answers, none);
  if (first.answers.empty()) verdict.about = first.trouble;
  if (!registry::IsWorthConfirming(verdict)) co_return verdict;
  co_return co_await Confirm(target, servers);
}

bool ChildScanner::MayAsk(const IpAddress& address) const {
  if (!options_.ipv6 && address.family() == IpAddress::Family::kV6) return false;
  return options_.any_address || IsPublicAddress(address);
}

asio::awaitable<std::vector<ChildScanner::Located>> ChildScanner::Locate(const ScanTarget& target) {
  std::vector<Located> servers;
  size_t left = kMostAddresses;
  for (const ScanTarget::Server& server : target.servers) {
    std::vector<IpAddress> addresses = server.addresses;
    if (addresses.empty()) addresses = co_await AddressesOf(server.name);
    std::erase_if(addresses, [this](const IpAddress& address) { return !MayAsk(address); });
    addresses.erase(addresses.begin() + static_cast<ptrdiff_t>(std::min(
                                            {addresses.size(), kMostAddressesOfServer, left})),
                    addresses.end());
    left -= addresses.size();
    servers.push_back({server.name, std::move(addresses)});
  }
  co_return servers;
}

asio::awaitable<std::vector<IpAddress>> ChildScanner::AddressesOf(DomainName server) {
  std::vector<IpAddress> addresses;
  for (const RecordType type : {RecordType::kA, RecordType::kAaaa}) {
    if (type == RecordType::kAaaa && !options_.ipv6) continue;
    const size_t octets = type == RecordType::kA ? 4 : 16;
    const ValidatingResolver::Answer answer = co_await resolver_->Resolve(server.text(), type);
    for (const std::string& rdata : answer.rdata) {
      if (rdata.size() == octets) addresses.push_back(IpAddress::FromOctets(rdata));
    }
  }
  co_return addresses;
}

asio::awaitable<absl::StatusOr<DnsAnswer>> ChildScanner::AskUseful(IpAddress address,
                                                                   DnsQuestion question,
                                                                   Transport transport) {
  auto answer = co_await client_.Ask(address, std::move(question), transport);
  std::string why;
  if (answer.ok() && !answer->useful(&why)) {
    co_return absl::UnavailableError(Concat(address.ToString(), ": ", why));
  }
  co_return answer;
}

asio::awaitable<ChildScanner::FirstLook> ChildScanner::AskOne(const ScanTarget& target,
                                                              const std::vector<Located>& servers) {
  static thread_local std::minstd_rand random(std::random_device{}());
  std::vector<const Located*> order;
  for (const Located& server : servers) {
    if (!server.addresses.empty()) order.push_back(&server);
  }
  std::ranges::shuffle(order, random);
  if (order.size() > kFirstLooks) order.resize(kFirstLooks);
  FirstLook look;
  for (const Located* server : order) {
    const IpAddress address = server->addresses[random() % server->addresses.size()];
    DnsQuestion question{target.name, RecordType::kCds};
    const auto cds = co_await AskUseful(address, question, Transport::kUdp);
    question.type = RecordType::kCdnskey;
    if (!cds.ok()) {
      look.trouble = Concat(server->name.text(), " ", std::string(cds.status().message()));
      continue;
    }
    const auto cdnskey = co_await AskUseful(address, question, Transport::kUdp);
    if (!cdnskey.ok()) {
      look.trouble = Concat(server->name.text(), " ", std::string(cdnskey.status().message()));
      continue;
    }
    ChildAnswer answer;
    answer.server = Concat(server->name.text(), " ", address.ToString());
    look.trouble = Concat(answer.server, ": malformed records");
    if (!ReadChildRecords(RdataOf(*cds), RdataOf(*cdnskey), &answer.records)) continue;
    look.answers.push_back(std::move(answer));
    break;
  }
  co_return look;
}

asio::awaitable<absl::StatusOr<ChildAnswer>> ChildScanner::AskApex(const ScanTarget& target,
                                                                   DomainName server,
                                                                   IpAddress address) {
  DnsQuestion question{target.name, RecordType::kCds};
  auto cds = co_await AskUseful(address, question, Transport::kTcp);
  if (!cds.ok()) co_return cds.status();
  question.type = RecordType::kCdnskey;
  auto cdnskey = co_await AskUseful(address, question, Transport::kTcp);
  if (!cdnskey.ok()) co_return cdnskey.status();
  question.type = RecordType::kDnskey;
  auto dnskey = co_await AskUseful(address, question, Transport::kTcp);
  if (!dnskey.ok()) co_return dnskey.status();
  const ApexAnswers answers{*std::move(cds), *std::move(cdnskey), *std::move(dnskey)};
  co_return ReadChildAnswer(Concat(server.text(), " ", address.ToString()), answers, absl::Now());
}

asio::awaitable<ChildDsVerdict> ChildScanner::Confirm(const ScanTarget& target,
                                                      const std::vector<Located>& servers) {
  std::vector<ChildAnswer> answers;
  registry::BootstrapEvidence evidence;
  for (const Located& server : servers) {
    const size_t before = answers.size();
    for (const IpAddress& address : server.addresses) {
      auto answer = co_await AskApex(target, server.name, address);
      if (answer.ok()) answers.push_back(*std::move(answer));
    }
    if (answers.size() == before) evidence.silent.push_back(server.name.text());
  }
  if (!target.ds.empty()) co_return MaintainDs(DelegationOf(target), answers);
  // Nobody is bothered with signals of what would not be accepted anyway.
  evidence.accept_after = options_.accept_after;
  const ChildDsVerdict verdict = BootstrapDs(DelegationOf(target), answers, evidence);
  if (verdict.kind == ChildDsVerdict::Kind::kRefused &&
      verdict.problem.id != registry::kChildNoSignal.id) {
    co_return verdict;
  }
  evidence.signals = co_await AskSignals(target, servers);
  const ChildDsVerdict judged = BootstrapDs(DelegationOf(target), answers, evidence);
  if (judged.kind != ChildDsVerdict::Kind::kWaiting) co_return judged;
  if (registry::DsText(judged.ds) != target.waited_for) co_return judged;
  evidence.unchanged = target.waited;
  co_return BootstrapDs(DelegationOf(target), answers, evidence);
}

asio::awaitable<std::vector<SignalAnswer>> ChildScanner::AskSignals(
    const ScanTarget& target, const std::vector<Located>& servers) {
  std::vector<SignalAnswer> signals;
  for (const Located& server : servers) {
    if (IsWithin(server.name, target.name)) continue;
    signals.push_back(co_await AskSignal(target.name, server.name));
    // One that fails is enough; but where time can stand in for it, others may contradict.
    const bool failed = signals.back().state != SignalAnswer::State::kSecure;
    if (failed && options_.accept_after <= absl::ZeroDuration()) break;
  }
  co_return signals;
}

asio::awaitable<SignalAnswer> ChildScanner::AskSignal(DomainName child, DomainName server) {
  SignalAnswer signal{server.text(), SignalAnswer::State::kFailed, {}};
  const std::string name = registry::SignalName(child, server);
  if (name.empty()) co_return signal;
  const ValidatingResolver::Answer cds = co_await resolver_->Resolve(name, RecordType::kCds);
  const ValidatingResolver::Answer cdnskey =
      co_await resolver_->Resolve(name, RecordType::kCdnskey);
  using State = ValidatingResolver::Answer::State;
  if (cds.state == State::kFailed || cdnskey.state == State::kFailed) co_return signal;
  if (!ReadChildRecords(cds.rdata, cdnskey.rdata, &signal.records)) co_return signal;
  const bool secure = cds.state == State::kSecure && cdnskey.state == State::kSecure;
  signal.state = secure ? SignalAnswer::State::kSecure : SignalAnswer::State::kInsecure;
  co_return signal;
}

}  // namespace cds
