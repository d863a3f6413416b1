#include "registry/cds/dns_message.h"

#include <ldns/ldns.h>

#include <utility>

#include "registry/base/check.h"
#include "registry/base/text.h"

namespace cds {
namespace {

constexpr uint16_t kEdnsOctets = 1232;  // what passes everywhere unfragmented

struct FreeRdf {
  void operator()(ldns_rdf* rdf) const { ldns_rdf_deep_free(rdf); }
};
using Rdf = std::unique_ptr<ldns_rdf, FreeRdf>;

// A DomainName has the syntax of one.
Rdf NameOf(const DnsQuestion& question) {
  Rdf name(ldns_dname_new_frm_str(question.name.text().c_str()));
  POSTEL_CHECK(name != nullptr);
  return name;
}

uint8_t Octet(std::string_view text, size_t at) { return static_cast<uint8_t>(text[at]); }
uint16_t Number16(std::string_view text, size_t at) {
  return static_cast<uint16_t>(Octet(text, at) << 8 | Octet(text, at + 1));
}

bool Answers(const ldns_pkt* packet, const DnsQuestion& question, uint16_t id) {
  if (!ldns_pkt_qr(packet) || ldns_pkt_id(packet) != id) return false;
  if (ldns_pkt_get_opcode(packet) != LDNS_PACKET_QUERY) return false;
  const ldns_rr_list* questions = ldns_pkt_question(packet);
  if (ldns_rr_list_rr_count(questions) != 1) return false;
  const ldns_rr* asked = ldns_rr_list_rr(questions, 0);
  return ldns_rr_get_type(asked) == static_cast<ldns_rr_type>(question.type) &&
         ldns_rr_get_class(asked) == LDNS_RR_CLASS_IN &&
         ldns_dname_compare(ldns_rr_owner(asked), NameOf(question).get()) == 0;
}

std::string RdataOf(const ldns_rr* record) {
  std::string rdata;
  for (size_t i = 0; i < ldns_rr_rd_count(record); ++i) {
    const ldns_rdf* field = ldns_rr_rdf(record, i);
    rdata.append(reinterpret_cast<const char*>(ldns_rdf_data(field)), ldns_rdf_size(field));
  }
  return rdata;
}

}  // namespace

std::string_view RecordTypeName(RecordType type) {
  switch (type) {
    case RecordType::kA:
      return "A";
    case RecordType::kAaaa:
      return "AAAA";
    case RecordType::kDnskey:
      return "DNSKEY";
    case RecordType::kCds:
      return "CDS";
    case RecordType::kCdnskey:
      break;
  }
  return "CDNSKEY";
}

std::string MakeQuery(const DnsQuestion& question, uint16_t id) {
  // The packet takes the name.
  ldns_pkt* packet =
      ldns_pkt_query_new(NameOf(question).release(), static_cast<ldns_rr_type>(question.type),
                         LDNS_RR_CLASS_IN, /*flags=*/0);
  POSTEL_CHECK(packet != nullptr);
  ldns_pkt_set_id(packet, id);
  ldns_pkt_set_edns_udp_size(packet, kEdnsOctets);
  ldns_pkt_set_edns_do(packet, true);
  uint8_t* octets = nullptr;
  size_t size = 0;
  POSTEL_CHECK(ldns_pkt2wire(&octets, packet, &size) == LDNS_STATUS_OK);
  std::string wire(reinterpret_cast<const char*>(octets), size);
  LDNS_FREE(octets);
  ldns_pkt_free(packet);
  return wire;
}

void DnsAnswer::Free::operator()(ldns_struct_pkt* packet) const { ldns_pkt_free(packet); }

absl::StatusOr<DnsAnswer> DnsAnswer::Parse(std::string_view wire, const DnsQuestion& question,
                                           uint16_t id) {
  ldns_pkt* packet = nullptr;
  const ldns_status status =
      ldns_wire2pkt(&packet, reinterpret_cast<const uint8_t*>(wire.data()), wire.size());
  if (status != LDNS_STATUS_OK) return absl::InvalidArgumentError("no DNS message");
  DnsAnswer answer(packet, question);
  if (!Answers(packet, question, id)) return absl::InvalidArgumentError("answers nothing");
  return answer;
}

bool DnsAnswer::truncated() const { return ldns_pkt_tc(packet_.get()); }

bool DnsAnswer::useful(std::string* why) const {
  const ldns_pkt_rcode rcode = ldns_pkt_get_rcode(packet_.get());
  if (rcode != LDNS_RCODE_NOERROR) {
    const ldns_lookup_table* entry = ldns_lookup_by_id(ldns_rcodes, rcode);
    *why = entry != nullptr ? std::string(entry->name) : registry::Concat("RCODE ", int{rcode});
    return false;
  }
  if (!ldns_pkt_aa(packet_.get())) *why = "not authoritative";
  return ldns_pkt_aa(packet_.get());
}

std::vector<std::string> RdataOf(const DnsAnswer& answer) {
  const Rdf name = NameOf(answer.question());
  ldns_rr_list* records = ldns_pkt_rr_list_by_name_and_type(
      answer.packet(), name.get(), static_cast<ldns_rr_type>(answer.question().type),
      LDNS_SECTION_ANSWER);
  std::vector<std::string> rdata;
  for (size_t i = 0; i < ldns_rr_list_rr_count(records); ++i) {
    rdata.push_back(RdataOf(ldns_rr_list_rr(records, i)));
  }
  ldns_rr_list_deep_free(records);
  return rdata;
}

bool ReadCds(std::string_view rdata, registry::CdsRecord* record) {
  if (rdata.size() < 5) return false;
  *record = {Number16(rdata, 0), Octet(rdata, 2), Octet(rdata, 3), std::string(rdata.substr(4))};
  return true;
}

bool ReadCdnskey(std::string_view rdata, registry::CdnskeyRecord* record) {
  if (rdata.size() < 5) return false;
  *record = {Number16(rdata, 0), Octet(rdata, 2), Octet(rdata, 3), std::string(rdata.substr(4))};
  return true;
}

}  // namespace cds
