#include "bench/dns/delegation.h"

#include <algorithm>
#include <memory>

#include "registry/base/check.h"
#include "zonegen/knot.h"

namespace bench {
namespace {

constexpr uint16_t kPayload = 4096;

struct FreePacket {
  void operator()(knot_pkt_t* packet) const { knot_pkt_free(packet); }
};
using Packet = std::unique_ptr<knot_pkt_t, FreePacket>;

std::string View(const knot_dname_t* name) {
  return {reinterpret_cast<const char*>(name), knot_dname_size(name)};
}

// Of the authority section of a referral or a denial.
struct Authority {
  std::vector<std::string> servers;
  std::vector<std::string> ds;
  bool ds_signed = false;
  bool denial_signed = false;
};

void Note(const knot_rrset_t& record, const std::string& name, Authority& found) {
  const knot_rdata_t* rdata = record.rrs.rdata;
  const bool own = View(record.owner) == name;
  if (record.type == KNOT_RRTYPE_NS && own) {
    found.servers.push_back(View(rdata->data));
  } else if (record.type == KNOT_RRTYPE_DS && own) {
    found.ds.emplace_back(reinterpret_cast<const char*>(rdata->data), rdata->len);
  } else if (record.type == KNOT_RRTYPE_RRSIG && rdata->len > 2) {
    const uint16_t covered = static_cast<uint16_t>(rdata->data[0] << 8 | rdata->data[1]);
    found.ds_signed |= covered == KNOT_RRTYPE_DS && own;
    found.denial_signed |= covered == KNOT_RRTYPE_NSEC3;
  }
}

Authority AuthorityOf(const knot_pkt_t& packet, const std::string& name) {
  Authority found;
  const knot_pktsection_t* section = knot_pkt_section(&packet, KNOT_AUTHORITY);
  for (uint16_t i = 0; i < section->count; ++i) Note(*knot_pkt_rr(section, i), name, found);
  std::ranges::sort(found.servers);
  return found;
}

}  // namespace

std::string DelegationQuery(const std::string& name, uint16_t id) {
  Packet packet(knot_pkt_new(nullptr, KNOT_WIRE_MIN_PKTSIZE, nullptr));
  POSTEL_CHECK(packet != nullptr);
  knot_pkt_clear(packet.get());
  knot_wire_set_id(packet->wire, id);
  const auto* owner = reinterpret_cast<const knot_dname_t*>(name.data());
  POSTEL_CHECK(knot_pkt_put_question(packet.get(), owner, KNOT_CLASS_IN, KNOT_RRTYPE_NS) ==
               KNOT_EOK);
  knot_rrset_t edns;
  POSTEL_CHECK(knot_edns_init(&edns, kPayload, 0, KNOT_EDNS_VERSION, nullptr) == KNOT_EOK);
  knot_edns_set_do(&edns);
  POSTEL_CHECK(knot_pkt_begin(packet.get(), KNOT_ADDITIONAL) == KNOT_EOK);
  POSTEL_CHECK(knot_pkt_put(packet.get(), KNOT_COMPR_HINT_NONE, &edns, 0) == KNOT_EOK);
  std::string wire(reinterpret_cast<const char*>(packet->wire), packet->size);
  knot_rrset_clear(&edns, nullptr);
  return wire;
}

uint16_t QueryId(std::string_view message) {
  if (message.size() < KNOT_WIRE_HEADER_SIZE) return 0;
  return static_cast<uint16_t>(static_cast<uint8_t>(message[0]) << 8 |
                               static_cast<uint8_t>(message[1]));
}

bool Shows(std::string answer, const Delegation& wanted) {
  if (answer.size() < KNOT_WIRE_HEADER_SIZE || answer.size() > UINT16_MAX) return false;
  Packet packet(knot_pkt_new(answer.data(), static_cast<uint16_t>(answer.size()), nullptr));
  POSTEL_CHECK(packet != nullptr);
  if (knot_pkt_parse(packet.get(), 0) != KNOT_EOK) return false;
  const Authority found = AuthorityOf(*packet, wanted.name);
  const int rcode = knot_wire_get_rcode(packet->wire);
  if (wanted.servers.empty()) return rcode == KNOT_RCODE_NXDOMAIN && found.denial_signed;
  if (rcode != KNOT_RCODE_NOERROR || found.servers != wanted.servers) return false;
  if (wanted.ds.empty()) return found.ds.empty() && found.denial_signed;
  return found.ds == std::vector{wanted.ds} && found.ds_signed;
}

}  // namespace bench
