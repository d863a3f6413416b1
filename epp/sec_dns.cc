#include "epp/sec_dns.h"

#include <string>

#include "epp/namespaces.h"
#include "epp/reasons.h"
#include "epp/values.h"
#include "registry/rules/reasons.h"
#include "registry/types/reasons.h"

namespace epp {
namespace {

using registry::DsRecord;

void RefuseKeyData(const Element& key, Faults* faults) {
  Content content(key, faults);
  ReadInteger(content.Require("flags"), 0, 65535, faults);
  ReadInteger(content.Require("protocol"), 0, 255, faults);
  ReadInteger(content.Require("alg"), 0, 255, faults);
  ReadToken(content.Require("pubKey"), faults);
  content.End();
  faults->Policy(registry::Reject(registry::kKeyDataNotOffered), key);
}

void RefuseMaxSigLife(const Element& element, Faults* faults) {
  if (!element) return;
  ReadInteger(element, 1, 2147483647, faults);
  faults->Option(kMaxSigLifeNotOffered, element);
}

DsRecord ReadDsRecord(const Element& ds, Faults* faults) {
  Content content(ds, faults);
  const int64_t key_tag = ReadInteger(content.Require("keyTag"), 0, 65535, faults);
  const Element algorithm = content.Require("alg");
  const int64_t algorithm_number = ReadInteger(algorithm, 0, 255, faults);
  const Element type = content.Require("digestType");
  const int64_t type_number = ReadInteger(type, 0, 255, faults);
  const Element digest = content.Require("digest");
  if (const Element key = content.Take("keyData")) RefuseKeyData(key, faults);
  content.End();
  registry::Outcome<DsRecord> record =
      DsRecord::Make(static_cast<uint16_t>(key_tag), static_cast<uint8_t>(algorithm_number),
                     static_cast<uint8_t>(type_number), ReadToken(digest, faults));
  if (record.ok()) return *std::move(record);
  const registry::Reason& reason = record.rejection().reason;
  const bool about_algorithm = reason.id == registry::kDsAlgorithmRange.id;
  const bool about_type = reason.id == registry::kDsDigestTypeRange.id;
  faults->Parameter(registry::Reject(reason), about_algorithm ? algorithm
                                              : about_type    ? type
                                                              : digest);
  return DsRecord();
}

// The choice between dsData and keyData at the end of `content`.
std::vector<DsRecord> ReadChoice(Content* content, Faults* faults) {
  const std::vector<Element> keys = content->TakeAll("keyData");
  for (const Element& key : keys) RefuseKeyData(key, faults);
  std::vector<DsRecord> records;
  if (!keys.empty()) return records;
  for (const Element& ds : content->RequireAll("dsData")) {
    records.push_back(ReadDsRecord(ds, faults));
  }
  LimitValues(records.size(), registry::kTooManyDs, content->parent(), faults);
  return records;
}

// secDNS:dsOrKeyType.
std::vector<DsRecord> ReadDsOrKey(const Element& element, Faults* faults) {
  if (!element) return {};
  Content content(element, faults);
  RefuseMaxSigLife(content.Take("maxSigLife"), faults);
  std::vector<DsRecord> records = ReadChoice(&content, faults);
  content.End();
  return records;
}

bool ReadBoolean(const Element& element, std::string_view text, Faults* faults) {
  const std::optional<bool> value = ParseBoolean(text);
  if (!value) faults->Parameter(registry::Reject(kBooleanSyntax), element);
  return value.value_or(false);
}

void ReadRemoval(const Element& removal, registry::DomainUpdate* command, Faults* faults) {
  if (!removal) return;
  Content content(removal, faults);
  if (const Element all = content.Take("all")) {
    command->remove_all_ds = ReadBoolean(all, ReadToken(all, faults), faults);
  } else {
    command->remove.ds = ReadChoice(&content, faults);
  }
  content.End();
}

}  // namespace

std::vector<DsRecord> ReadSecDnsCreate(const Element& create, Faults* faults) {
  faults->CheckAttributes(create, {});
  return ReadDsOrKey(create, faults);
}

void ReadSecDnsUpdate(const Element& update, registry::DomainUpdate* command, Faults* faults) {
  if (!update) return;
  faults->CheckAttributes(update, {"urgent"});
  const std::optional<std::string> urgent = update.Attribute("urgent");
  if (urgent && ReadBoolean(update, *urgent, faults)) faults->Option(kUrgentNotOffered, update);
  Content content(update, faults);
  ReadRemoval(content.Take("rem"), command, faults);
  command->add.ds = ReadDsOrKey(content.Take("add"), faults);
  if (const Element change = content.Take("chg")) {
    Content changed(change, faults);
    RefuseMaxSigLife(changed.Take("maxSigLife"), faults);
    changed.End();
  }
  content.End();
}

void WriteSecDns(const std::vector<DsRecord>& records, XmlWriter* xml) {
  if (records.empty()) return;
  xml->Open("secDNS:infData", {{"xmlns:secDNS", kSecDns}});
  for (const DsRecord& record : records) {
    xml->Open("secDNS:dsData");
    xml->Leaf("secDNS:keyTag", std::to_string(record.key_tag));
    xml->Leaf("secDNS:alg", std::to_string(record.algorithm));
    xml->Leaf("secDNS:digestType", std::to_string(record.digest_type));
    xml->Leaf("secDNS:digest", record.digest_hex()).Close();
  }
  xml->Close();
}

}  // namespace epp
