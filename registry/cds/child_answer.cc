#include "registry/cds/child_answer.h"

#include <ldns/ldns.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/escaping.h"
#include "registry/types/dns_key.h"

namespace cds {
namespace {

using registry::ChildAnswer;
using registry::ChildRecords;
using registry::DnsKey;

constexpr size_t kMostKeys = 32;
constexpr int kMostVerifications = 32;  // for one RRset

struct FreeList {
  void operator()(ldns_rr_list* list) const { ldns_rr_list_deep_free(list); }
};
using Records = std::unique_ptr<ldns_rr_list, FreeList>;

struct FreeRdf {
  void operator()(ldns_rdf* rdf) const { ldns_rdf_deep_free(rdf); }
};
using Rdf = std::unique_ptr<ldns_rdf, FreeRdf>;

Records Find(const DnsAnswer& answer, const ldns_rdf* name, ldns_rr_type type) {
  return Records(
      ldns_pkt_rr_list_by_name_and_type(answer.packet(), name, type, LDNS_SECTION_ANSWER));
}

size_t Count(const Records& records) { return ldns_rr_list_rr_count(records.get()); }

template <class Record>
bool ReadAll(const std::vector<std::string>& rdata, bool (*read)(std::string_view, Record*),
             std::vector<Record>* records) {
  for (const std::string& octets : rdata) {
    if (!read(octets, &records->emplace_back())) return false;
  }
  std::ranges::sort(*records);
  records->erase(std::unique(records->begin(), records->end()), records->end());
  return true;
}

// A DNSKEY record of the zone, and what it is to the registry.
struct ZoneKey {
  ldns_rr* record;  // of the list that was read
  DnsKey key;
};

std::vector<ZoneKey> ReadZoneKeys(const Records& records) {
  std::vector<ZoneKey> keys;
  if (Count(records) > kMostKeys) return keys;
  for (size_t i = 0; i < Count(records); ++i) {
    ldns_rr* record = ldns_rr_list_rr(records.get(), i);
    std::string rdata;
    for (size_t field = 0; field < ldns_rr_rd_count(record); ++field) {
      const ldns_rdf* rdf = ldns_rr_rdf(record, field);
      rdata.append(reinterpret_cast<const char*>(ldns_rdf_data(rdf)), ldns_rdf_size(rdf));
    }
    registry::CdnskeyRecord read;
    if (!ReadCdnskey(rdata, &read)) continue;
    auto key = DnsKey::Make(read.flags, read.protocol, read.algorithm,
                            absl::Base64Escape(read.public_key));
    if (key.ok()) keys.push_back({record, *std::move(key)});
  }
  return keys;
}

// Of the type, by the zone itself, not by way of a wildcard.
std::vector<ldns_rr*> SignaturesOf(const Records& signatures, ldns_rr_type type,
                                   const ldns_rdf* zone) {
  std::vector<ldns_rr*> found;
  for (size_t i = 0; i < Count(signatures); ++i) {
    ldns_rr* signature = ldns_rr_list_rr(signatures.get(), i);
    if (ldns_rr_rd_count(signature) != 9) continue;
    const bool fits =
        ldns_rdf2rr_type(ldns_rr_rrsig_typecovered(signature)) == type &&
        ldns_dname_compare(ldns_rr_rrsig_signame(signature), zone) == 0 &&
        ldns_rdf2native_int8(ldns_rr_rrsig_labels(signature)) == ldns_dname_label_count(zone);
    if (fits) found.push_back(signature);
  }
  return found;
}

bool MayBeBy(const ldns_rr* signature, const DnsKey& key) {
  return ldns_rdf2native_int16(ldns_rr_rrsig_keytag(signature)) == key.Tag() &&
         ldns_rdf2native_int8(ldns_rr_rrsig_algorithm(signature)) == key.algorithm;
}

// The keys with a signature of the records that holds at `now`.
std::vector<DnsKey> SignersOf(const DnsAnswer& answer, const ldns_rdf* zone,
                              const std::vector<ZoneKey>& keys, absl::Time now) {
  const auto type = static_cast<ldns_rr_type>(answer.question().type);
  const Records records = Find(answer, zone, type);
  const Records signatures = Find(answer, zone, LDNS_RR_TYPE_RRSIG);
  std::vector<DnsKey> signers;
  if (Count(records) == 0 || Count(records) > kMostKeys) return signers;
  int left = kMostVerifications;
  for (const ZoneKey& key : keys) {
    for (ldns_rr* signature : SignaturesOf(signatures, type, zone)) {
      if (!MayBeBy(signature, key.key) || left-- <= 0) continue;
      if (ldns_verify_rrsig_time(records.get(), signature, key.record, absl::ToTimeT(now)) ==
          LDNS_STATUS_OK) {
        signers.push_back(key.key);
        break;
      }
    }
  }
  return signers;
}

std::vector<DnsKey> Both(const std::vector<DnsKey>& a, const std::vector<DnsKey>& b) {
  std::vector<DnsKey> both;
  std::ranges::copy_if(a, std::back_inserter(both),
                       [&](const DnsKey& key) { return std::ranges::count(b, key) > 0; });
  return both;
}

}  // namespace

bool ReadChildRecords(const std::vector<std::string>& cds, const std::vector<std::string>& cdnskey,
                      ChildRecords* records) {
  return ReadAll(cds, ReadCds, &records->cds) && ReadAll(cdnskey, ReadCdnskey, &records->cdnskey);
}

ChildAnswer ReadChildAnswer(std::string server, const ApexAnswers& answers, absl::Time now) {
  ChildAnswer answer;
  answer.server = std::move(server);
  ReadChildRecords(RdataOf(answers.cds), RdataOf(answers.cdnskey), &answer.records);
  const Rdf zone(ldns_dname_new_frm_str(answers.dnskey.question().name.text().c_str()));
  const Records key_records = Find(answers.dnskey, zone.get(), LDNS_RR_TYPE_DNSKEY);
  const std::vector<ZoneKey> keys = ReadZoneKeys(key_records);
  answer.key_signers = SignersOf(answers.dnskey, zone.get(), keys, now);
  if (answer.records.empty()) return answer;
  const bool cds = !answer.records.cds.empty(), cdnskey = !answer.records.cdnskey.empty();
  const std::vector<DnsKey> cds_signers =
      cds ? SignersOf(answers.cds, zone.get(), keys, now) : std::vector<DnsKey>();
  const std::vector<DnsKey> cdnskey_signers =
      cdnskey ? SignersOf(answers.cdnskey, zone.get(), keys, now) : std::vector<DnsKey>();
  answer.record_signers = !cds       ? cdnskey_signers
                          : !cdnskey ? cds_signers
                                     : Both(cds_signers, cdnskey_signers);
  return answer;
}

}  // namespace cds
