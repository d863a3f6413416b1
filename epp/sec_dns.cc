#include "epp/sec_dns.h"

#include <algorithm>
#include <string>

#include "epp/namespaces.h"
#include "epp/reasons.h"
#include "epp/values.h"
#include "registry/rules/reasons.h"
#include "registry/types/dns_key.h"
#include "registry/types/reasons.h"

namespace epp {
namespace {

using registry::DnsKey;
using registry::DomainName;
using registry::DsRecord;

// secDNS:keyDataType; nothing if it is malformed, which is a fault.
std::optional<DnsKey> ReadKey(const Element& element, Faults* faults) {
  Content content(element, faults);
  const Element flags = content.Require("flags"), protocol = content.Require("protocol"),
                algorithm = content.Require("alg"), key = content.Require("pubKey");
  content.End();
  const int64_t flags_value = ReadInteger(flags, 0, 65535, faults),
                protocol_value = ReadInteger(protocol, 0, 255, faults),
                algorithm_value = ReadInteger(algorithm, 0, 255, faults);
  std::string text = ReadToken(key, faults);
  std::erase(text, ' ');
  registry::Outcome<DnsKey> made =
      DnsKey::Make(flags_value, protocol_value, static_cast<uint8_t>(algorithm_value), text);
  if (made.ok()) return *std::move(made);
  const std::string_view reason = made.rejection().reason.id;
  faults->Parameter(made.rejection(), reason == registry::kKeyFlagsRange.id      ? flags
                                      : reason == registry::kKeyProtocolRange.id ? protocol
                                      : reason == registry::kDsAlgorithmRange.id ? algorithm
                                                                                 : key);
  return std::nullopt;
}

void RefuseMaxSigLife(const Element& element, Faults* faults) {
  if (!element) return;
  ReadInteger(element, 1, 2147483647, faults);
  faults->Option(kMaxSigLifeNotOffered, element);
}

DsRecord ReadDsRecord(const Element& ds, const DomainName& owner, Faults* faults) {
  Content content(ds, faults);
  const int64_t key_tag = ReadInteger(content.Require("keyTag"), 0, 65535, faults);
  const Element algorithm = content.Require("alg");
  const int64_t algorithm_number = ReadInteger(algorithm, 0, 255, faults);
  const Element type = content.Require("digestType");
  const int64_t type_number = ReadInteger(type, 0, 255, faults);
  const Element digest = content.Require("digest");
  const Element key_element = content.Take("keyData");
  std::optional<DnsKey> key;
  if (key_element) key = ReadKey(key_element, faults);
  content.End();
  registry::Outcome<DsRecord> record =
      DsRecord::Make(static_cast<uint16_t>(key_tag), static_cast<uint8_t>(algorithm_number),
                     static_cast<uint8_t>(type_number), ReadToken(digest, faults));
  if (record.ok()) {
    // It only proves the record (RFC 5910 section 4.1), and is not kept.
    if (key && !key->Fits(*record, owner)) {
      faults->Policy(registry::Reject(registry::kKeyMismatch), key_element);
    }
    return *std::move(record);
  }
  const registry::Reason& reason = record.rejection().reason;
  const bool about_algorithm = reason.id == registry::kDsAlgorithmRange.id;
  const bool about_type = reason.id == registry::kDsDigestTypeRange.id;
  faults->Parameter(registry::Reject(reason), about_algorithm ? algorithm
                                              : about_type    ? type
                                                              : digest);
  return DsRecord();
}

// The choice between dsData and keyData at the end of `content`; the TLD's policy takes one of
// them.
std::vector<DsRecord> ReadChoice(Content* content, const DomainName& owner, Faults* faults) {
  std::vector<DsRecord> records;
  const std::vector<Element> keys = content->TakeAll("keyData");
  for (const Element& element : keys) {
    if (const std::optional<DnsKey> key = ReadKey(element, faults)) {
      records.push_back(key->DsFor(owner));
    }
  }
  if (keys.empty()) {
    for (const Element& ds : content->RequireAll("dsData")) {
      records.push_back(ReadDsRecord(ds, owner, faults));
    }
  }
  LimitValues(std::max(records.size(), keys.size()), registry::kTooManyDs, content->parent(),
              faults);
  return records;
}

// secDNS:dsOrKeyType.
std::vector<DsRecord> ReadDsOrKey(const Element& element, const DomainName& owner, Faults* faults) {
  if (!element) return {};
  Content content(element, faults);
  RefuseMaxSigLife(content.Take("maxSigLife"), faults);
  std::vector<DsRecord> records = ReadChoice(&content, owner, faults);
  content.End();
  return records;
}

void WriteKey(const DnsKey& key, XmlWriter* xml) {
  xml->Open("secDNS:keyData");
  xml->Leaf("secDNS:flags", std::to_string(key.flags)).Leaf("secDNS:protocol", "3");
  xml->Leaf("secDNS:alg", std::to_string(key.algorithm));
  xml->Leaf("secDNS:pubKey", key.base64()).Close();
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
    command->remove.ds = ReadChoice(&content, command->name, faults);
  }
  content.End();
}

}  // namespace

std::vector<DsRecord> ReadSecDnsCreate(const Element& create, const DomainName& owner,
                                       Faults* faults) {
  faults->CheckAttributes(create, {});
  return ReadDsOrKey(create, owner, faults);
}

void ReadSecDnsUpdate(const Element& update, registry::DomainUpdate* command, Faults* faults) {
  if (!update) return;
  faults->CheckAttributes(update, {"urgent"});
  const std::optional<std::string> urgent = update.Attribute("urgent");
  if (urgent && ReadBoolean(update, *urgent, faults)) faults->Option(kUrgentNotOffered, update);
  Content content(update, faults);
  ReadRemoval(content.Take("rem"), command, faults);
  command->add.ds = ReadDsOrKey(content.Take("add"), command->name, faults);
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
    if (!record.key.empty()) {
      WriteKey(*DnsKey::Parse(record.key), xml);
      continue;
    }
    xml->Open("secDNS:dsData");
    xml->Leaf("secDNS:keyTag", std::to_string(record.key_tag));
    xml->Leaf("secDNS:alg", std::to_string(record.algorithm));
    xml->Leaf("secDNS:digestType", std::to_string(record.digest_type));
    xml->Leaf("secDNS:digest", record.digest_hex()).Close();
  }
  xml->Close();
}

}  // namespace epp
