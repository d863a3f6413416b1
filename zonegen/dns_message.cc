#include "zonegen/dns_message.h"

#include <cstring>
#include <utility>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "zonegen/knot.h"
#include "zonegen/tsig_secret.h"

namespace zonegen {
namespace {

using registry::Concat;

constexpr size_t kMaxMessage = 65'535;
constexpr size_t kRoomForTsig = 512;
// RFC 8945 section 5.3.1.
constexpr int kMaxUnsigned = 99;

const knot_dname_t* Name(std::string_view wire) {
  return reinterpret_cast<const knot_dname_t*>(wire.data());
}

std::string_view View(const knot_dname_t* name) {
  return {reinterpret_cast<const char*>(name), knot_dname_size(name)};
}

uint16_t MadeUp() {
  uint16_t number = 0;
  dnssec_random_buffer(reinterpret_cast<uint8_t*>(&number), sizeof number);
  return number;
}

// Unpredictable to who does not see the traffic; signatures are what counts.
uint16_t NextId() {
  thread_local uint16_t id = MadeUp();
  return ++id;
}

// RFC 8945 section 3; libknot has names for some only.
std::string TsigErrorName(uint16_t code) {
  switch (code) {
    case KNOT_RCODE_BADSIG:
      return "BADSIG";
    case KNOT_RCODE_BADKEY:
      return "BADKEY";
    case KNOT_RCODE_BADTIME:
      return "BADTIME";
    case KNOT_RCODE_BADTRUNC:
      return "BADTRUNC";
    default:
      return Concat("error ", code);
  }
}

absl::Status TsigStatus(const knot_pkt_t& packet, int check) {
  if (check == KNOT_EOK) return absl::OkStatus();
  return absl::UnauthenticatedError(Concat("the answer's TSIG is wrong: ", knot_strerror(check),
                                           " (", "rcode ",
                                           RcodeName(knot_wire_get_rcode(packet.wire)), ")"));
}

// What the server says of our own signature.
absl::Status TsigComplaint(const knot_pkt_t& packet) {
  if (packet.tsig_rr == nullptr) return absl::OkStatus();
  const uint16_t error = knot_tsig_rdata_error(packet.tsig_rr);
  if (error == 0) return absl::OkStatus();
  return absl::UnauthenticatedError(
      Concat("the server does not accept our TSIG: ", TsigErrorName(error)));
}

// Those of another class are passed over: nobody has asked for them, and libknot has not looked at
// their rdata.
std::vector<DnsReply::Record> RecordsOf(const knot_pktsection_t* section) {
  std::vector<DnsReply::Record> records;
  records.reserve(section->count);
  for (uint16_t i = 0; i < section->count; ++i) {
    const knot_rrset_t* rrset = knot_pkt_rr(section, i);
    if (rrset->rclass != KNOT_CLASS_IN) continue;
    const knot_rdata_t* rdata = rrset->rrs.rdata;
    for (uint16_t j = 0; j < rrset->rrs.count; ++j) {
      records.push_back({std::string(View(rrset->owner)),
                         {rrset->type, rrset->ttl,
                          std::string(reinterpret_cast<const char*>(rdata->data), rdata->len)}});
      rdata = knot_rdataset_next(const_cast<knot_rdata_t*>(rdata));
    }
  }
  return records;
}

struct FreePacket {
  void operator()(knot_pkt_t* packet) const { knot_pkt_free(packet); }
};
using Packet = std::unique_ptr<knot_pkt_t, FreePacket>;

// `wire` outlives the packet.
absl::StatusOr<Packet> ParsePacket(std::string& wire) {
  if (wire.size() < KNOT_WIRE_HEADER_SIZE || wire.size() > kMaxMessage) {
    return absl::DataLossError("not a DNS message");
  }
  Packet packet(knot_pkt_new(wire.data(), static_cast<uint16_t>(wire.size()), nullptr));
  POSTEL_CHECK(packet != nullptr);
  if (const int error = knot_pkt_parse(packet.get(), 0); error != KNOT_EOK) {
    return absl::DataLossError(Concat("not a DNS message: ", knot_strerror(error)));
  }
  return packet;
}

}  // namespace

std::string RcodeName(int rcode) {
  const knot_lookup_t* found = knot_lookup_by_id(knot_rcode_names, rcode);
  return found != nullptr ? found->name : Concat("rcode ", rcode);
}

void DnsMessage::Free::operator()(knot_pkt_t* packet) const { knot_pkt_free(packet); }

DnsMessage::DnsMessage() : packet_(knot_pkt_new(nullptr, kMaxMessage, nullptr)) {
  POSTEL_CHECK(packet_ != nullptr);
  knot_pkt_clear(packet_.get());
  knot_wire_set_id(packet_->wire, NextId());
  POSTEL_CHECK(knot_pkt_reserve(packet_.get(), kRoomForTsig) == KNOT_EOK);
}

DnsMessage DnsMessage::Query(std::string_view name, uint16_t type) {
  DnsMessage message;
  POSTEL_CHECK(knot_pkt_put_question(message.packet_.get(), Name(name), KNOT_CLASS_IN, type) ==
               KNOT_EOK);
  return message;
}

DnsMessage DnsMessage::Update(std::string_view zone) {
  DnsMessage message = Query(zone, KNOT_RRTYPE_SOA);
  knot_wire_set_opcode(message.packet_->wire, KNOT_OPCODE_UPDATE);
  return message;
}

absl::Status DnsMessage::Put(int section, std::string_view owner, uint16_t type, uint16_t rclass,
                             uint32_t ttl, std::string_view rdata) {
  if (packet_->current != section) {
    POSTEL_CHECK(knot_pkt_begin(packet_.get(), static_cast<knot_section_t>(section)) == KNOT_EOK);
  }
  knot_dname_storage_t name;
  std::memcpy(name, owner.data(), owner.size());
  knot_rrset_t rrset;
  knot_rrset_init(&rrset, name, type, rclass, ttl);
  POSTEL_CHECK(knot_rrset_add_rdata(&rrset, reinterpret_cast<const uint8_t*>(rdata.data()),
                                    static_cast<uint16_t>(rdata.size()), nullptr) == KNOT_EOK);
  const int error = knot_pkt_put(packet_.get(), KNOT_COMPR_HINT_NONE, &rrset, KNOT_PF_NOTRUNC);
  knot_rdataset_clear(&rrset.rrs, nullptr);
  if (error == KNOT_EOK) return absl::OkStatus();
  if (error == KNOT_ESPACE) return absl::ResourceExhaustedError("the message is too long");
  return absl::InvalidArgumentError(
      Concat("the records of ", NameText(owner), " cannot be sent: ", knot_strerror(error)));
}

absl::Status DnsMessage::RequireRrset(std::string_view owner,
                                      const std::vector<DnsRecord>& records) {
  for (const DnsRecord& record : records) {
    absl::Status status = Put(KNOT_ANSWER, owner, record.type, KNOT_CLASS_IN, 0, record.rdata);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status DnsMessage::RequireNoRrset(std::string_view owner, uint16_t type) {
  return Put(KNOT_ANSWER, owner, type, KNOT_CLASS_NONE, 0, "");
}

absl::Status DnsMessage::DeleteRrset(std::string_view owner, uint16_t type) {
  return Put(KNOT_AUTHORITY, owner, type, KNOT_CLASS_ANY, 0, "");
}

absl::Status DnsMessage::DeleteRecord(std::string_view owner, const DnsRecord& record) {
  return Put(KNOT_AUTHORITY, owner, record.type, KNOT_CLASS_NONE, 0, record.rdata);
}

absl::Status DnsMessage::Add(std::string_view owner, const DnsRecord& record) {
  return Put(KNOT_AUTHORITY, owner, record.type, KNOT_CLASS_IN, record.ttl, record.rdata);
}

size_t DnsMessage::size() const { return packet_->size; }
uint16_t DnsMessage::id() const { return knot_wire_get_id(packet_->wire); }

absl::StatusOr<DnsMessage::Signed> DnsMessage::Sign(const TsigKey& key) const {
  Signed out;
  out.id = id();
  out.wire.resize(packet_->size + kRoomForTsig);
  std::memcpy(out.wire.data(), packet_->wire, packet_->size);
  size_t size = packet_->size;
  uint8_t mac[64];
  size_t mac_size = sizeof mac;
  const int error =
      knot_tsig_sign(reinterpret_cast<uint8_t*>(out.wire.data()), &size, out.wire.size(), nullptr,
                     0, mac, &mac_size, &key.secret_->key, 0, 0);
  if (error != KNOT_EOK) {
    return absl::InternalError(Concat("cannot sign a message: ", knot_strerror(error)));
  }
  out.wire.resize(size);
  out.mac.assign(reinterpret_cast<const char*>(mac), mac_size);
  return out;
}

const void* DnsMessage::KeyOf(const TsigKey& key) { return &key.secret_->key; }

absl::StatusOr<uint16_t> IdOf(std::string_view wire) {
  if (wire.size() < KNOT_WIRE_HEADER_SIZE) return absl::DataLossError("not a DNS message");
  return knot_wire_get_id(reinterpret_cast<const uint8_t*>(wire.data()));
}

absl::StatusOr<DnsReply> DnsReply::Parse(std::string wire, const DnsMessage::Signed& question,
                                         const TsigKey& key) {
  auto packet = ParsePacket(wire);
  if (!packet.ok()) return packet.status();
  knot_pkt_t& parsed = **packet;
  if (parsed.tsig_rr == nullptr) {
    return absl::UnauthenticatedError(
        Concat("an answer without TSIG, ", RcodeName(knot_wire_get_rcode(parsed.wire))));
  }
  if (absl::Status status = TsigComplaint(parsed); !status.ok()) return status;
  const int check = knot_tsig_client_check(
      parsed.tsig_rr, parsed.wire, parsed.size,
      reinterpret_cast<const uint8_t*>(question.mac.data()), question.mac.size(),
      static_cast<const knot_tsig_key_t*>(DnsMessage::KeyOf(key)), 0);
  if (absl::Status status = TsigStatus(parsed, check); !status.ok()) return status;
  DnsReply reply;
  reply.id = knot_wire_get_id(parsed.wire);
  reply.rcode = knot_wire_get_rcode(parsed.wire);
  reply.authoritative = knot_wire_get_aa(parsed.wire) != 0;
  reply.answer = RecordsOf(knot_pkt_section(&parsed, KNOT_ANSWER));
  return reply;
}

TransferCheck::TransferCheck(const TsigKey& key, std::string request_mac)
    : key_(key), digest_(std::move(request_mac)) {}

absl::StatusOr<std::vector<DnsReply::Record>> TransferCheck::Take(std::string wire) {
  auto packet = ParsePacket(wire);
  if (!packet.ok()) return packet.status();
  knot_pkt_t& parsed = **packet;
  unsigned_.append(reinterpret_cast<const char*>(parsed.wire), parsed.size);
  if (parsed.tsig_rr == nullptr) {
    if (!signed_before_ || ++unsigned_count_ > kMaxUnsigned) {
      return absl::UnauthenticatedError(
          Concat("an answer without TSIG, ", RcodeName(knot_wire_get_rcode(parsed.wire))));
    }
  } else {
    if (absl::Status status = TsigComplaint(parsed); !status.ok()) return status;
    const auto* key = static_cast<const knot_tsig_key_t*>(DnsMessage::KeyOf(key_));
    const auto* all = reinterpret_cast<const uint8_t*>(unsigned_.data());
    const auto* digest = reinterpret_cast<const uint8_t*>(digest_.data());
    const int check = signed_before_
                          ? knot_tsig_client_check_next(parsed.tsig_rr, all, unsigned_.size(),
                                                        digest, digest_.size(), key, time_signed_)
                          : knot_tsig_client_check(parsed.tsig_rr, all, unsigned_.size(), digest,
                                                   digest_.size(), key, 0);
    if (absl::Status status = TsigStatus(parsed, check); !status.ok()) return status;
    digest_.assign(reinterpret_cast<const char*>(knot_tsig_rdata_mac(parsed.tsig_rr)),
                   knot_tsig_rdata_mac_length(parsed.tsig_rr));
    time_signed_ = knot_tsig_rdata_time_signed(parsed.tsig_rr);
    unsigned_.clear();
    unsigned_count_ = 0;
    signed_before_ = true;
  }
  if (const int rcode = knot_wire_get_rcode(parsed.wire); rcode != 0) {
    return absl::FailedPreconditionError(
        Concat("the server refuses the transfer: ", RcodeName(rcode)));
  }
  return RecordsOf(knot_pkt_section(&parsed, KNOT_ANSWER));
}

}  // namespace zonegen
