#include "zonegen/primary.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "registry/base/text.h"

namespace zonegen {
namespace {

using registry::Concat;

constexpr uint16_t kTypeAxfr = 252;
constexpr uint16_t kApexTypes[] = {kTypeNs,  kTypeA,   kTypeAaaa, kTypeMx,
                                   kTypeTxt, kTypeCaa, kTypeSrv};

}  // namespace

uint32_t SoaSerial(std::string_view rdata) {
  if (rdata.size() < 20) return 0;
  uint32_t serial = 0;
  for (unsigned char octet : rdata.substr(rdata.size() - 20, 4)) serial = serial << 8 | octet;
  return serial;
}

Primary::Primary(PrimaryServer server, std::string_view tld, absl::Duration timeout)
    : server_(std::move(server)), tld_(tld), zone_(WireName(tld)), timeout_(timeout) {}

absl::StatusOr<DnsConnection*> Primary::Connection() {
  if (connection_ != nullptr && connection_->Stale()) connection_.reset();
  if (connection_ == nullptr) {
    auto opened = DnsConnection::Open(server_.address, timeout_);
    if (!opened.ok()) return opened.status();
    connection_ = *std::move(opened);
  }
  return connection_.get();
}

absl::Status Primary::AskAll(DnsConnection& connection, const std::vector<DnsMessage>& questions,
                             std::vector<DnsReply>& replies) {
  absl::flat_hash_map<uint16_t, std::pair<size_t, DnsMessage::Signed>> open;
  for (size_t i = 0; i < questions.size(); ++i) {
    auto sent = questions[i].Sign(server_.key);
    if (!sent.ok()) return sent.status();
    if (absl::Status status = connection.Send(sent->wire); !status.ok()) return status;
    const uint16_t id = sent->id;
    open.insert_or_assign(id, std::pair(i, *std::move(sent)));
  }
  while (!open.empty()) {
    auto wire = connection.Receive();
    if (!wire.ok()) return wire.status();
    const auto id = IdOf(*wire);
    if (!id.ok()) return id.status();
    const auto asked = open.find(*id);
    if (asked == open.end()) return absl::DataLossError("an answer to no question of ours");
    const auto& [index, sent] = asked->second;
    auto reply = DnsReply::Parse(*std::move(wire), sent, server_.key);
    if (!reply.ok()) return reply.status();
    replies[index] = *std::move(reply);
    open.erase(asked);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<DnsReply>> Primary::Ask(const std::vector<DnsMessage>& questions) {
  auto connection = Connection();
  if (!connection.ok()) return connection.status();
  std::vector<DnsReply> replies(questions.size());
  absl::Status status = AskAll(**connection, questions, replies);
  if (!status.ok()) {
    connection_.reset();
    return status;
  }
  return replies;
}

absl::StatusOr<uint32_t> Primary::SerialOf(const DnsReply& reply) const {
  if (reply.rcode != kNoError || !reply.authoritative) {
    return absl::FailedPreconditionError(Concat(server_.name, " does not serve ", tld_, ": ",
                                                RcodeName(reply.rcode),
                                                reply.authoritative ? "" : ", not authoritative"));
  }
  for (const DnsReply::Record& record : reply.answer) {
    if (record.record.type == kTypeSoa && record.owner == zone_) {
      return SoaSerial(record.record.rdata);
    }
  }
  return absl::FailedPreconditionError(Concat(server_.name, " has no SOA record of ", tld_));
}

absl::StatusOr<ApexState> Primary::ReadApex() {
  std::vector<DnsMessage> questions;
  questions.push_back(DnsMessage::Query(zone_, kTypeSoa));
  for (uint16_t type : kApexTypes) questions.push_back(DnsMessage::Query(zone_, type));
  auto replies = Ask(questions);
  if (!replies.ok()) return replies.status();
  ApexState state;
  for (const DnsReply& reply : *replies) {
    auto serial = SerialOf((*replies)[0]);
    if (!serial.ok()) return serial.status();
    state.serial = *serial;
    if (&reply == &replies->front()) continue;
    if (reply.rcode != kNoError) {
      return absl::FailedPreconditionError(
          Concat(server_.name, " answers ", RcodeName(reply.rcode), " about ", tld_));
    }
    for (const DnsReply::Record& record : reply.answer) {
      if (record.owner == zone_) state.records.push_back(record.record);
    }
  }
  return state;
}

absl::StatusOr<uint32_t> Primary::ReadSerial() {
  std::vector<DnsMessage> questions;
  questions.push_back(DnsMessage::Query(zone_, kTypeSoa));
  auto replies = Ask(questions);
  if (!replies.ok()) return replies.status();
  return SerialOf(replies->front());
}

absl::StatusOr<int> Primary::Send(const DnsMessage& update) {
  auto connection = Connection();
  if (!connection.ok()) return connection.status();
  std::vector<DnsReply> replies(1);
  auto sent = update.Sign(server_.key);
  if (!sent.ok()) return sent.status();
  absl::Status status = (*connection)->Send(sent->wire);
  if (status.ok()) {
    auto wire = (*connection)->Receive();
    auto reply = wire.ok() ? DnsReply::Parse(*std::move(wire), *sent, server_.key) : wire.status();
    if (reply.ok() && reply->id == sent->id) return reply->rcode;
    status = reply.ok() ? absl::DataLossError("an answer to no question of ours") : reply.status();
  }
  connection_.reset();
  return status;
}

absl::Status Primary::Transfer(const std::function<absl::Status(const DnsReply::Record&)>& each) {
  auto connection = DnsConnection::Open(server_.address, timeout_);
  if (!connection.ok()) return connection.status();
  auto sent = DnsMessage::Query(zone_, kTypeAxfr).Sign(server_.key);
  if (!sent.ok()) return sent.status();
  if (absl::Status status = (*connection)->Send(sent->wire); !status.ok()) return status;
  TransferCheck check(server_.key, sent->mac);
  int apex_seen = 0;
  while (apex_seen < 2) {
    auto wire = (*connection)->Receive();
    if (!wire.ok()) return wire.status();
    auto records = check.Take(*std::move(wire));
    if (!records.ok()) return records.status();
    for (const DnsReply::Record& record : *records) {
      if (record.record.type == kTypeSoa && ++apex_seen == 2) break;
      if (apex_seen == 0) return absl::DataLossError("a transfer that does not begin with an SOA");
      if (absl::Status status = each(record); !status.ok()) return status;
    }
    if (records->empty()) return absl::DataLossError("a transfer with an empty message");
  }
  return check.complete() ? absl::OkStatus()
                          : absl::UnauthenticatedError("the end of a transfer is not signed");
}

}  // namespace zonegen
