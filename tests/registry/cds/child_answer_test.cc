#include "registry/cds/child_answer.h"

#include <gtest/gtest.h>
#include <ldns/ldns.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"

namespace cds {
namespace {

using registry::ChildAnswer;
using registry::DnsKey;
using registry::DomainName;

constexpr uint16_t kId = 4711;
const DomainName kZone("example.org");
const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

struct FreeList {
  void operator()(ldns_rr_list* list) const { ldns_rr_list_deep_free(list); }
};
using Records = std::unique_ptr<ldns_rr_list, FreeList>;

ldns_rr* Record(const std::string& text) {
  ldns_rr* record = nullptr;
  EXPECT_EQ(ldns_rr_new_frm_str(&record, text.c_str(), 300, nullptr, nullptr), LDNS_STATUS_OK)
      << text;
  return record;
}

// A key that signs, from a day before kNow to a day after.
class Signer {
 public:
  explicit Signer(const std::string& owner = "example.org.", int days = 0) {
    ldns_key* key = ldns_key_new_frm_algorithm(LDNS_SIGN_ECDSAP256SHA256, 256);
    ldns_key_set_flags(key, 257);
    ldns_key_set_pubkey_owner(key, ldns_dname_new_frm_str(owner.c_str()));
    const absl::Time middle = kNow + days * absl::Hours(24);
    ldns_key_set_inception(key, static_cast<uint32_t>(absl::ToUnixSeconds(middle) - 86'400));
    ldns_key_set_expiration(key, static_cast<uint32_t>(absl::ToUnixSeconds(middle) + 86'400));
    ldns_rr* record = ldns_key2rr(key);
    ldns_key_set_keytag(key, ldns_calc_keytag(record));
    keys_ = ldns_key_list_new();
    ldns_key_list_push_key(keys_, key);
    record_ = record;
  }
  ~Signer() {
    ldns_key_list_free(keys_);
    ldns_rr_free(record_);
  }
  Signer(const Signer&) = delete;
  Signer& operator=(const Signer&) = delete;

  ldns_rr* KeyRecord() const { return ldns_rr_clone(record_); }
  DnsKey Key() const {
    std::string rdata;
    for (size_t i = 0; i < ldns_rr_rd_count(record_); ++i) {
      const ldns_rdf* field = ldns_rr_rdf(record_, i);
      rdata.append(reinterpret_cast<char*>(ldns_rdf_data(field)), ldns_rdf_size(field));
    }
    registry::CdnskeyRecord read;
    EXPECT_TRUE(ReadCdnskey(rdata, &read));
    return *DnsKey::Make(read.flags, read.protocol, read.algorithm,
                         absl::Base64Escape(read.public_key));
  }
  Records Sign(const ldns_rr_list* records) const {
    Records copy(ldns_rr_list_clone(records));
    return Records(ldns_sign_public(copy.get(), keys_));
  }

 private:
  ldns_key_list* keys_;
  ldns_rr* record_;
};

// An answer, on its way over the wire.
class Message {
 public:
  explicit Message(RecordType type) : question_{kZone, type}, records_(ldns_rr_list_new()) {}
  Message& Add(ldns_rr* record) {
    ldns_rr_list_push_rr(records_.get(), record);
    return *this;
  }
  Message& Sign(const Signer& signer) {
    const Records signatures = signer.Sign(records_.get());
    while (ldns_rr* signature = ldns_rr_list_pop_rr(signatures.get())) {
      signatures_.push_back(signature);
    }
    return *this;
  }

  DnsAnswer Send() {
    ldns_pkt* packet =
        ldns_pkt_query_new(ldns_dname_new_frm_str("example.org."),
                           static_cast<ldns_rr_type>(question_.type), LDNS_RR_CLASS_IN, 0);
    ldns_pkt_set_qr(packet, true);
    ldns_pkt_set_aa(packet, true);
    ldns_pkt_set_id(packet, kId);
    for (size_t i = 0; i < ldns_rr_list_rr_count(records_.get()); ++i) {
      ldns_pkt_push_rr(packet, LDNS_SECTION_ANSWER,
                       ldns_rr_clone(ldns_rr_list_rr(records_.get(), i)));
    }
    for (ldns_rr* signature : signatures_) {
      ldns_pkt_push_rr(packet, LDNS_SECTION_ANSWER, signature);
    }
    signatures_.clear();
    uint8_t* wire = nullptr;
    size_t size = 0;
    EXPECT_EQ(ldns_pkt2wire(&wire, packet, &size), LDNS_STATUS_OK);
    auto answer = DnsAnswer::Parse({reinterpret_cast<char*>(wire), size}, question_, kId);
    EXPECT_TRUE(answer.ok()) << answer.status();
    LDNS_FREE(wire);
    ldns_pkt_free(packet);
    return *std::move(answer);
  }

 private:
  DnsQuestion question_;
  Records records_;
  std::vector<ldns_rr*> signatures_;
};

class ChildAnswerTest : public testing::Test {
 protected:
  ChildAnswerTest() {
    dnskey.Add(ksk.KeyRecord());
    cds.Add(Record("example.org. IN CDS 1 13 2 " + std::string(64, 'A')));
    cdnskey.Add(
        Record("example.org. IN CDNSKEY 257 3 15 " + absl::Base64Escape(std::string(32, 'k'))));
  }
  ChildAnswer Read(absl::Time now = kNow) {
    const ApexAnswers answers{cds.Send(), cdnskey.Send(), dnskey.Send()};
    return ReadChildAnswer("ns1.example.net 192.0.2.1", answers, now);
  }

  const Signer ksk;
  Message cds{RecordType::kCds}, cdnskey{RecordType::kCdnskey}, dnskey{RecordType::kDnskey};
};

TEST_F(ChildAnswerTest, TellsWhatIsThereAndWhoHasSignedIt) {
  cds.Sign(ksk);
  cdnskey.Sign(ksk);
  dnskey.Sign(ksk);
  const ChildAnswer answer = Read();
  EXPECT_EQ(answer.server, "ns1.example.net 192.0.2.1");
  ASSERT_EQ(answer.records.cds.size(), 1u);
  EXPECT_EQ(answer.records.cds[0], (registry::CdsRecord{1, 13, 2, std::string(32, '\xAA')}));
  ASSERT_EQ(answer.records.cdnskey.size(), 1u);
  EXPECT_EQ(answer.records.cdnskey[0], (registry::CdnskeyRecord{257, 3, 15, std::string(32, 'k')}));
  EXPECT_EQ(answer.key_signers, std::vector{ksk.Key()});
  EXPECT_EQ(answer.record_signers, std::vector{ksk.Key()});
}

TEST_F(ChildAnswerTest, ReadsTheRecordsThatAskForDeletion) {
  Message delete_cds(RecordType::kCds), delete_cdnskey(RecordType::kCdnskey);
  delete_cds.Add(Record("example.org. IN CDS 0 0 0 00"));
  delete_cdnskey.Add(Record("example.org. IN CDNSKEY 0 3 0 AA=="));
  const ApexAnswers answers{delete_cds.Send(), delete_cdnskey.Send(), dnskey.Send()};
  const ChildAnswer answer = ReadChildAnswer("", answers, kNow);
  const std::string zero(1, '\0');
  EXPECT_EQ(answer.records.cds, (std::vector{registry::CdsRecord{0, 0, 0, zero}}));
  EXPECT_EQ(answer.records.cdnskey, (std::vector{registry::CdnskeyRecord{0, 3, 0, zero}}));
}

TEST_F(ChildAnswerTest, FindsNoSignerOfWhatIsUnsigned) {
  dnskey.Sign(ksk);
  cds.Sign(ksk);
  EXPECT_TRUE(Read().record_signers.empty()) << "CDNSKEY is not signed";
}

TEST_F(ChildAnswerTest, TakesTheSignaturesOfOneTypeWhereThereIsOne) {
  dnskey.Sign(ksk);
  cds.Sign(ksk);
  const ApexAnswers answers{cds.Send(), Message(RecordType::kCdnskey).Send(), dnskey.Send()};
  EXPECT_EQ(ReadChildAnswer("", answers, kNow).record_signers, std::vector{ksk.Key()});
}

TEST_F(ChildAnswerTest, GoesByTheTimeOfSignatures) {
  for (const auto& [days, holds] : {std::pair(-2, false), {0, true}, {2, false}}) {
    dnskey.Sign(ksk);
    cds.Sign(ksk);
    cdnskey.Sign(ksk);
    const ChildAnswer answer = Read(kNow + days * absl::Hours(24));
    EXPECT_EQ(!answer.key_signers.empty(), holds) << days;
    EXPECT_EQ(!answer.record_signers.empty(), holds) << days;
  }
}

TEST_F(ChildAnswerTest, RefusesSignaturesOfSomethingElse) {
  dnskey.Sign(ksk);
  cds.Sign(ksk);
  cdnskey.Sign(ksk);
  cds.Add(Record("example.org. IN CDS 2 13 2 " + std::string(64, 'B')));
  const ChildAnswer answer = Read();
  EXPECT_EQ(answer.records.cds.size(), 2u);
  EXPECT_FALSE(answer.key_signers.empty());
  EXPECT_TRUE(answer.record_signers.empty());
}

TEST_F(ChildAnswerTest, RefusesSignaturesOfKeysThatAreNotThere) {
  const Signer other;
  dnskey.Sign(other);
  cds.Sign(other);
  cdnskey.Sign(other);
  const ChildAnswer answer = Read();
  EXPECT_TRUE(answer.key_signers.empty());
  EXPECT_TRUE(answer.record_signers.empty());
}

TEST_F(ChildAnswerTest, RefusesSignaturesInTheNameOfAnotherZone) {
  const Signer parent("org.");
  dnskey.Add(parent.KeyRecord()).Sign(parent);
  cds.Sign(parent);
  cdnskey.Sign(parent);
  const ChildAnswer answer = Read();
  EXPECT_TRUE(answer.key_signers.empty());
  EXPECT_TRUE(answer.record_signers.empty());
}

TEST_F(ChildAnswerTest, FindsEachOfSeveralKeys) {
  const Signer second;
  dnskey.Add(second.KeyRecord()).Sign(ksk).Sign(second);
  cds.Sign(second);
  cdnskey.Sign(second).Sign(ksk);
  const ChildAnswer answer = Read();
  EXPECT_EQ(answer.key_signers.size(), 2u);
  EXPECT_EQ(answer.record_signers, std::vector{second.Key()});
}

TEST(DnsMessageTest, AsksWithoutRecursionForSignatures) {
  const DnsQuestion question{kZone, RecordType::kCds};
  const std::string wire = MakeQuery(question, kId);
  ldns_pkt* packet = nullptr;
  ASSERT_EQ(ldns_wire2pkt(&packet, reinterpret_cast<const uint8_t*>(wire.data()), wire.size()),
            LDNS_STATUS_OK);
  EXPECT_EQ(ldns_pkt_id(packet), kId);
  EXPECT_FALSE(ldns_pkt_rd(packet));
  EXPECT_TRUE(ldns_pkt_edns_do(packet));
  EXPECT_EQ(ldns_pkt_edns_udp_size(packet), 1232);
  ldns_pkt_free(packet);
  EXPECT_FALSE(DnsAnswer::Parse(wire, question, kId).ok()) << "a question is no answer";
}

TEST(DnsMessageTest, TakesOnlyTheAnswerToItsQuestion) {
  const DnsQuestion question{kZone, RecordType::kCds};
  std::string wire = MakeQuery(question, kId);
  wire[2] = static_cast<char>(wire[2] | 0x84);  // QR, AA
  EXPECT_TRUE(DnsAnswer::Parse(wire, question, kId).ok());
  EXPECT_FALSE(DnsAnswer::Parse(wire, question, kId + 1).ok());
  EXPECT_FALSE(DnsAnswer::Parse(wire, {kZone, RecordType::kCdnskey}, kId).ok());
  EXPECT_FALSE(DnsAnswer::Parse(wire, {DomainName("example.net"), RecordType::kCds}, kId).ok());
  EXPECT_FALSE(DnsAnswer::Parse(wire.substr(0, 20), question, kId).ok());
  EXPECT_FALSE(DnsAnswer::Parse("", question, kId).ok());
}

TEST(DnsMessageTest, SaysWhyAnAnswerIsNotUseful) {
  const DnsQuestion question{kZone, RecordType::kCds};
  std::string wire = MakeQuery(question, kId);
  wire[2] = static_cast<char>(wire[2] | 0x80);
  std::string why;
  EXPECT_FALSE(DnsAnswer::Parse(wire, question, kId)->useful(&why));
  EXPECT_EQ(why, "not authoritative");
  wire[2] = static_cast<char>(wire[2] | 0x04);
  EXPECT_TRUE(DnsAnswer::Parse(wire, question, kId)->useful(&why));
  wire[3] = static_cast<char>(wire[3] | 5);
  EXPECT_FALSE(DnsAnswer::Parse(wire, question, kId)->useful(&why));
  EXPECT_EQ(why, "REFUSED");
}

TEST(DnsMessageTest, RefusesShortRdata) {
  registry::CdsRecord cds;
  registry::CdnskeyRecord cdnskey;
  for (const char* rdata : {"", "abc", "abcd"}) {
    EXPECT_FALSE(ReadCds(rdata, &cds)) << rdata;
    EXPECT_FALSE(ReadCdnskey(rdata, &cdnskey)) << rdata;
  }
}

}  // namespace
}  // namespace cds
