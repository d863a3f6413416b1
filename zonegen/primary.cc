#include "zonegen/primary.h"

#include <map>
#include <utility>

#include "registry/base/check.h"
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

void Primary::Disconnect() {
  connection_.reset();
  open_.clear();
}

absl::Status Primary::Close(absl::Status status) {
  Disconnect();
  return status;
}

absl::StatusOr<DnsConnection*> Primary::Connection() {
  if (connection_ != nullptr && open_.empty() && connection_->Stale()) connection_.reset();
  if (connection_ == nullptr) {
    auto opened = DnsConnection::Open(server_.address, timeout_);
    if (!opened.ok()) return opened.status();
    connection_ = *std::move(opened);
  }
  return connection_.get();
}

absl::Status Primary::Post(const DnsMessage& message) {
  auto connection = Connection();
  if (!connection.ok()) return connection.status();
  auto sent = message.Sign(server_.key);
  if (!sent.ok()) return Close(sent.status());
  if (absl::Status status = (*connection)->Send(sent->wire); !status.ok()) return Close(status);
  sent->wire.clear();
  const uint16_t id = sent->id;
  open_.insert_or_assign(id, *std::move(sent));
  return absl::OkStatus();
}

absl::StatusOr<DnsReply> Primary::TakeReply() {
  auto wire = connection_->Receive();
  if (!wire.ok()) return wire.status();
  const auto id = IdOf(*wire);
  if (!id.ok()) return id.status();
  const auto asked = open_.find(*id);
  if (asked == open_.end()) return absl::DataLossError("an answer to no question of ours");
  auto reply = DnsReply::Parse(*std::move(wire), asked->second, server_.key);
  if (reply.ok()) open_.erase(asked);
  return reply;
}

absl::StatusOr<DnsReply> Primary::AwaitReply() {
  POSTEL_CHECK(!open_.empty());
  auto reply = TakeReply();
  if (!reply.ok()) return Close(reply.status());
  return reply;
}

absl::StatusOr<bool> Primary::HasReply() {
  if (open_.empty()) return false;
  auto ready = connection_->HasMessage();
  if (!ready.ok()) return Close(ready.status());
  return ready;
}

DnsMessage Primary::SerialQuestion() const { return DnsMessage::Query(zone_, kTypeSoa); }

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
  POSTEL_CHECK(open_.empty());
  std::vector<DnsMessage> questions;
  questions.push_back(SerialQuestion());
  for (uint16_t type : kApexTypes) questions.push_back(DnsMessage::Query(zone_, type));
  for (const DnsMessage& question : questions) {
    if (absl::Status status = Post(question); !status.ok()) return status;
  }
  std::map<uint16_t, DnsReply> replies;
  while (!open_.empty()) {
    auto reply = AwaitReply();
    if (!reply.ok()) return reply.status();
    replies.insert_or_assign(reply->id, *std::move(reply));
  }
  ApexState state;
  const auto serial = SerialOf(replies[questions.front().id()]);
  if (!serial.ok()) return serial.status();
  state.serial = *serial;
  for (size_t i = 1; i < questions.size(); ++i) {
    const DnsReply& reply = replies[questions[i].id()];
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
