#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "zonegen/dns_record.h"
#include "zonegen/tsig_key.h"

typedef struct knot_pkt knot_pkt_t;

namespace zonegen {

inline constexpr int kNoError = 0;
inline constexpr int kYxRrset = 7;
inline constexpr int kNxRrset = 8;
// "REFUSED" and the like; RFC 6895 section 2.3.
std::string RcodeName(int rcode);

// A DNS message in the making: a query, or an UPDATE (RFC 2136), whose parts are put in the order
// of its sections. Names are wire names. Put functions fail with kResourceExhausted when the
// message would become longer than 64 kB.
class DnsMessage {
 public:
  static DnsMessage Query(std::string_view name, uint16_t type);
  static DnsMessage Update(std::string_view zone);

  // Prerequisites: exactly these records (type and rdata) make up the RRset; or there is no such
  // RRset.
  absl::Status RequireRrset(std::string_view owner, const std::vector<DnsRecord>& records);
  absl::Status RequireNoRrset(std::string_view owner, uint16_t type);
  // Changes.
  absl::Status DeleteRrset(std::string_view owner, uint16_t type);
  absl::Status DeleteRecord(std::string_view owner, const DnsRecord& record);
  absl::Status Add(std::string_view owner, const DnsRecord& record);

  size_t size() const;  // of what is there, unsigned
  uint16_t id() const;
  // The octets to be sent, signed now, and the code that the answer's own is made from.
  struct Signed {
    std::string wire;
    std::string mac;
    uint16_t id = 0;
  };
  absl::StatusOr<Signed> Sign(const TsigKey& key) const;

 private:
  struct Free {
    void operator()(knot_pkt_t* packet) const;
  };
  DnsMessage();
  absl::Status Put(int section, std::string_view owner, uint16_t type, uint16_t rclass,
                   uint32_t ttl, std::string_view rdata);

  friend class DnsReply;
  friend class TransferCheck;
  static const void* KeyOf(const TsigKey& key);

  std::unique_ptr<knot_pkt_t, Free> packet_;
};

// A message that came, taken apart. Compressed names are whole, and in lower case.
class DnsReply {
 public:
  struct Record {
    std::string owner;  // wire name
    DnsRecord record;
  };
  // kUnauthenticated: without the signature that belongs to the question, or the server has
  // complained about ours. kDataLoss: no DNS message.
  static absl::StatusOr<DnsReply> Parse(std::string wire, const DnsMessage::Signed& question,
                                        const TsigKey& key);

  uint16_t id = 0;
  int rcode = 0;
  bool authoritative = false;
  std::vector<Record> answer;  // of class IN
};
// The number that answers are told apart by; the signature is not looked at.
absl::StatusOr<uint16_t> IdOf(std::string_view wire);

// The messages of a zone transfer, RFC 5936, of which not each has to be signed (RFC 8945 section
// 5.3.1).
class TransferCheck {
 public:
  TransferCheck(const TsigKey& key, std::string request_mac);
  // The answer's records in order. As DnsReply::Parse; kFailedPrecondition: the server refuses.
  absl::StatusOr<std::vector<DnsReply::Record>> Take(std::string wire);
  // Nothing unsigned is left over.
  bool complete() const { return unsigned_.empty() && signed_before_; }

 private:
  TsigKey key_;
  std::string digest_;
  std::string unsigned_;
  int unsigned_count_ = 0;
  uint64_t time_signed_ = 0;
  bool signed_before_ = false;
};

}  // namespace zonegen
