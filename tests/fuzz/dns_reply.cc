// What a primary answers: to questions and updates, and in transfers. The input is a message; its
// signature is made here, so that what stands behind it is read as well.
#include <cstring>
#include <string>
#include <vector>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "tests/fuzz/target.h"
#include "zonegen/dns_message.h"
#include "zonegen/knot.h"
#include "zonegen/tsig_key.h"
#include "zonegen/tsig_secret.h"
#include "zonegen/zone_version.h"

namespace fuzz {
namespace {

using zonegen::DnsMessage;
using zonegen::DnsReply;
using zonegen::TransferCheck;
using zonegen::TsigKey;

constexpr char kKey[] =
    "key \"follow\" { algorithm hmac-sha256; secret "
    "\"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\"; };";

struct Keys {
  TsigKey key = *TsigKey::Parse(kKey);
  knot_tsig_key_t raw{};
  Keys() {
    POSTEL_CHECK(knot_tsig_key_init(&raw, "hmac-sha256", "follow",
                                    "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=") == KNOT_EOK);
  }
};

const Keys& TheKeys() {
  static const Keys* const keys = new Keys;
  return *keys;
}

// As a server does that answers the request of this MAC.
std::string Signed(std::string_view message, std::string_view request_mac) {
  if (message.size() < KNOT_WIRE_HEADER_SIZE || message.size() > 60'000) return "";
  std::string wire(message);
  wire.resize(message.size() + 512);
  size_t size = message.size();
  uint8_t mac[64];
  size_t mac_size = sizeof mac;
  const int error = knot_tsig_sign(reinterpret_cast<uint8_t*>(wire.data()), &size, wire.size(),
                                   reinterpret_cast<const uint8_t*>(request_mac.data()),
                                   request_mac.size(), mac, &mac_size, &TheKeys().raw, 0, 0);
  if (error != KNOT_EOK) return "";
  wire.resize(size);
  return wire;
}

bool IsLower(std::string_view wire) {
  return wire.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == wire.npos;
}

// Whatever has been taken can be handled by all that does it.
void CheckRecord(const DnsReply::Record& record) {
  POSTEL_CHECK(knot_dname_size(reinterpret_cast<const knot_dname_t*>(record.owner.data())) ==
               record.owner.size());
  POSTEL_CHECK(IsLower(record.owner));
  POSTEL_CHECK(zonegen::WireName(zonegen::NameText(record.owner)) == record.owner);
  POSTEL_CHECK(zonegen::FirstString(record.record.rdata).size() <= record.record.rdata.size());
  if (const auto version = zonegen::VersionOf(record.record)) {
    POSTEL_CHECK(zonegen::ZoneVersion::Parse(version->ToString()) == version);
  }
  if (record.record.type == zonegen::kTypeNs) {
    const std::string target = zonegen::TargetOf(record.record);
    POSTEL_CHECK(zonegen::WireName(target).size() == record.record.rdata.size());
  }
}

void CheckStatus(const absl::Status& status) {
  POSTEL_CHECK(absl::IsDataLoss(status) || absl::IsUnauthenticated(status) ||
               absl::IsFailedPrecondition(status));
}

bool CheckReply(const std::string& wire, const DnsMessage::Signed& question) {
  const auto reply = DnsReply::Parse(wire, question, TheKeys().key);
  if (!reply.ok()) {
    POSTEL_CHECK(!absl::IsFailedPrecondition(reply.status()));
    CheckStatus(reply.status());
    return false;
  }
  const auto id = zonegen::IdOf(wire);
  POSTEL_CHECK(id.ok() && reply->id == *id && !zonegen::RcodeName(reply->rcode).empty());
  for (const DnsReply::Record& record : reply->answer) CheckRecord(record);
  return true;
}

// The message comes twice, the second time without a signature.
void CheckTransfer(const std::string& wire, const std::string& bare, const std::string& mac) {
  TransferCheck check(TheKeys().key, mac);
  for (const std::string* message : {&wire, &bare}) {
    const auto records = check.Take(*message);
    if (!records.ok()) {
      CheckStatus(records.status());
      return;
    }
    for (const DnsReply::Record& record : *records) CheckRecord(record);
    POSTEL_CHECK(check.complete() == (message == &wire));
  }
}

std::string Octets(std::initializer_list<int> octets) {
  std::string out;
  for (int octet : octets) out.push_back(static_cast<char>(octet));
  return out;
}

std::string Header(int rcode, int answers, int authority) {
  return Octets({0x12, 0x34, 0x84, rcode, 0, 1, 0, answers, 0, authority, 0, 0});
}

std::string Sized(const std::string& rdata) {
  return registry::Concat(
      Octets({static_cast<int>(rdata.size()) >> 8, static_cast<int>(rdata.size()) & 0xff}), rdata);
}

// At the name of the question, by a pointer to it.
std::string Record(uint16_t type, const std::string& rdata) {
  return registry::Concat(Octets({0xc0, 0x0c, type >> 8, type & 0xff, 0, 1, 0, 0, 0x0e, 0x10}),
                          Sized(rdata));
}

std::string Question(uint16_t type) {
  return registry::Concat(Octets({3}), "org", Octets({0, type >> 8, type & 0xff, 0, 1}));
}

}  // namespace

std::vector<std::string> Seeds() {
  using registry::Concat;
  const std::string soa =
      Record(zonegen::kTypeSoa,
             Concat(Octets({3}), "ns1", Octets({0xc0, 0x0c, 5}), "admin", Octets({0xc0, 0x0c}),
                    Octets({0x6b, 1, 2, 3, 0, 0, 7, 8, 0, 0, 3, 0x84, 0, 1, 2, 3, 0, 0, 14, 16})));
  const std::string ns = Record(zonegen::kTypeNs, Concat(Octets({3}), "NS1", Octets({0xc0, 0x0c})));
  const std::string txt =
      Record(zonegen::kTypeTxt, zonegen::CharacterString("postel-follow=1c40b2dd75b3b792.2"));
  const std::string ds =
      Record(zonegen::kTypeDs, Concat(Octets({0, 7, 13, 2}), std::string(32, '\x49')));
  return {Concat(Header(0, 1, 0), Question(zonegen::kTypeSoa), soa),
          Concat(Header(0, 1, 0), Question(zonegen::kTypeTxt), txt),
          Concat(Header(0, 2, 0), Question(zonegen::kTypeNs), ns, ns),
          Concat(Header(0, 0, 1), Question(zonegen::kTypeMx), soa),
          Concat(Header(0, 4, 0), Question(252), soa, ns, ds, soa),
          // Of another class, with a pointer in its rdata.
          Concat(Header(0, 1, 0), Question(zonegen::kTypeNs),
                 Octets({0xc0, 0x0c, 0, 2, 0, 0xf6, 0, 0, 14, 16, 0, 6, 3}), "NS2",
                 Octets({0xc0, 0x0c})),
          Concat(Header(5, 0, 0), Question(zonegen::kTypeSoa)),
          Concat(Octets({0x12, 0x34, 0xa8, 8, 0, 0, 0, 0, 0, 0, 0, 0})),
          Concat(Header(0, 1, 0), Question(zonegen::kTypeA),
                 Record(zonegen::kTypeA, Octets({192, 0, 2, 1})))};
}

bool Check(std::string_view input) {
  DnsMessage::Signed question;
  question.mac = std::string(32, 'm');
  const std::string bare(input);
  // Without a signature nothing is taken.
  POSTEL_CHECK(!DnsReply::Parse(bare, question, TheKeys().key).ok());
  const std::string wire = Signed(input, question.mac);
  if (wire.empty()) return false;
  const bool accepted = CheckReply(wire, question);
  CheckTransfer(wire, bare, question.mac);
  // A signature of another question's answer is none.
  POSTEL_CHECK(!DnsReply::Parse(Signed(input, std::string(32, 'x')), question, TheKeys().key).ok());
  return accepted;
}

}  // namespace fuzz
