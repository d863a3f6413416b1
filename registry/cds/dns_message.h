#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "registry/rules/child_ds.h"
#include "registry/types/domain_name.h"

struct ldns_struct_pkt;

namespace cds {

// Numbers of IANA's "Resource Record (RR) TYPEs".
enum class RecordType : uint16_t { kA = 1, kAaaa = 28, kDnskey = 48, kCds = 59, kCdnskey = 60 };
std::string_view RecordTypeName(RecordType type);  // "CDS"

struct DnsQuestion {
  registry::DomainName name;
  RecordType type = RecordType::kCds;
};

// The message that asks an authoritative server: no recursion, EDNS with 1232 octets, DO.
std::string MakeQuery(const DnsQuestion& question, uint16_t id);

// A message that answers a question. Movable.
class DnsAnswer {
 public:
  // kInvalidArgument if it is no DNS message, or no answer to this question with this id.
  static absl::StatusOr<DnsAnswer> Parse(std::string_view wire, const DnsQuestion& question,
                                         uint16_t id);

  bool truncated() const;
  // Whether it says something about the zone: authoritative, NOERROR. Else `why` it does not.
  bool useful(std::string* why) const;
  const DnsQuestion& question() const { return question_; }
  const ldns_struct_pkt* packet() const { return packet_.get(); }

 private:
  struct Free {
    void operator()(ldns_struct_pkt* packet) const;
  };
  DnsAnswer(ldns_struct_pkt* packet, DnsQuestion question)
      : packet_(packet), question_(std::move(question)) {}

  std::unique_ptr<ldns_struct_pkt, Free> packet_;
  DnsQuestion question_;
};

// The RDATA of CDS and CDNSKEY records (RFC 7344 section 3). False if it is malformed.
bool ReadCds(std::string_view rdata, registry::CdsRecord* record);
bool ReadCdnskey(std::string_view rdata, registry::CdnskeyRecord* record);

// The RDATA of the records of the question's name and type, in the answer section.
std::vector<std::string> RdataOf(const DnsAnswer& answer);

}  // namespace cds
