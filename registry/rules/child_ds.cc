#include "registry/rules/child_ds.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "absl/strings/escaping.h"
#include "registry/base/text.h"

namespace registry {
namespace {

using Kind = ChildDsVerdict::Kind;

constexpr uint8_t kSha1 = 1, kSha256 = 2, kSha384 = 4;
constexpr size_t kMostOctets = 253;  // of a name in text form

ChildDsVerdict Refuse(const ChildDsProblem& problem, std::string about = {}) {
  return {Kind::kRefused, {}, problem, std::move(about)};
}

// -- What the records ask for ---------------------------------------------------------------------

// RFC 8078 section 4: "0 0 0 00" and "0 3 0 AA==".
bool IsDelete(const CdsRecord& record) {
  return record == CdsRecord{0, 0, 0, std::string(1, '\0')};
}
bool IsDelete(const CdnskeyRecord& record) {
  return record == CdnskeyRecord{0, 3, 0, std::string(1, '\0')};
}

// The DS records, none for a deletion; or why that is not to be had.
using Wish = std::variant<std::vector<DsRecord>, ChildDsVerdict>;

template <class Record>
bool HasDelete(const std::vector<Record>& records) {
  return std::ranges::any_of(records, [](const Record& record) { return IsDelete(record); });
}

// Nothing if none asks for deletion.
std::optional<Wish> ReadDelete(const ChildRecords& records) {
  const bool by_cds = HasDelete(records.cds), by_key = HasDelete(records.cdnskey);
  if (!by_cds && !by_key) return std::nullopt;
  if ((by_cds && records.cds.size() > 1) || (by_key && records.cdnskey.size() > 1)) {
    return Refuse(kChildDeleteNotAlone);
  }
  if ((!by_cds && !records.cds.empty()) || (!by_key && !records.cdnskey.empty())) {
    return Refuse(kChildRecordsDisagree);
  }
  return std::vector<DsRecord>();
}

std::string About(const Rejection& rejection) {
  return Concat(rejection.reason.text, ": ", rejection.subject);
}

Outcome<std::vector<DsRecord>> ReadCds(const std::vector<CdsRecord>& records) {
  std::vector<DsRecord> ds;
  for (const CdsRecord& record : records) {
    const auto hex = absl::BytesToHexString(record.digest);
    auto made = DsRecord::Make(record.key_tag, record.algorithm, record.digest_type,
                               std::string_view(hex.data(), hex.size()));
    if (!made) return made.rejection();
    ds.push_back(*std::move(made));
  }
  return ds;
}

Outcome<std::vector<DnsKey>> ReadKeys(const std::vector<CdnskeyRecord>& records) {
  std::vector<DnsKey> keys;
  for (const CdnskeyRecord& record : records) {
    auto made = DnsKey::Make(record.flags, record.protocol, record.algorithm,
                             absl::Base64Escape(record.public_key));
    if (!made) return made.rejection();
    keys.push_back(*std::move(made));
  }
  return keys;
}

// Every record stands for a key, every key has a record.
bool Correspond(const std::vector<DsRecord>& ds, const std::vector<DnsKey>& keys,
                const DomainName& name) {
  const auto has_key = [&](const DsRecord& record) {
    return std::ranges::any_of(keys, [&](const DnsKey& key) { return key.Fits(record, name); });
  };
  const auto has_ds = [&](const DnsKey& key) {
    return std::ranges::any_of(ds, [&](const DsRecord& record) { return key.Fits(record, name); });
  };
  return std::ranges::all_of(ds, has_key) && std::ranges::all_of(keys, has_ds);
}

// SHA-1 is for no DS record any more (RFC 8624 section 3.3); signers that publish it beside a
// better digest of the same key get the better one. False if one of them has no such companion.
bool DropSha1(std::vector<DsRecord>& ds) {
  std::vector<DsRecord> better;
  std::ranges::copy_if(ds, std::back_inserter(better),
                       [](const DsRecord& record) { return record.digest_type != kSha1; });
  const bool all_have = std::ranges::all_of(ds, [&](const DsRecord& record) {
    return std::ranges::any_of(better, [&](const DsRecord& other) {
      return other.key_tag == record.key_tag && other.algorithm == record.algorithm;
    });
  });
  ds = std::move(better);
  return all_have;
}

Wish ReadWish(const ChildRecords& records, const ChildDelegation& delegation) {
  if (auto removal = ReadDelete(records)) return *std::move(removal);
  auto ds = ReadCds(records.cds);
  if (!ds) return Refuse(kChildRecordRefused, About(ds.rejection()));
  const auto keys = ReadKeys(records.cdnskey);
  if (!keys) return Refuse(kChildRecordRefused, About(keys.rejection()));
  if (!ds->empty() && !keys->empty() && !Correspond(*ds, *keys, delegation.name)) {
    return Refuse(kChildRecordsDisagree);
  }
  const bool takes_keys = delegation.policy.ds_interface == TldPolicy::DsInterface::kKey;
  if (takes_keys && keys->empty()) return Refuse(kChildKeysMissing);
  if (takes_keys || ds->empty()) {
    ds->clear();
    for (const DnsKey& key : *keys) {
      ds->push_back(key.DsFor(delegation.name));
      if (!takes_keys) ds->back().key.clear();
    }
  } else if (!DropSha1(*ds)) {
    return Refuse(kChildRecordRefused, "a SHA-1 digest");
  }
  std::ranges::sort(*ds);
  ds->erase(std::unique(ds->begin(), ds->end()), ds->end());
  if (std::ssize(*ds) > delegation.policy.max_ds) return Refuse(kChildTooMany, Concat(ds->size()));
  return *std::move(ds);
}

// Keys alone may be published by whatever digest: that is not to be changed.
bool IsPublished(const ChildRecords& records, const std::vector<DsRecord>& wish,
                 const ChildDelegation& delegation) {
  std::vector<std::string> have, want;
  for (const DsRecord& record : delegation.ds) have.push_back(record.ToString());
  for (const DsRecord& record : wish) want.push_back(record.ToString());
  std::ranges::sort(have);
  std::ranges::sort(want);
  if (have == want) return true;
  if (!records.cds.empty()) return false;
  const auto keys = ReadKeys(records.cdnskey);
  return keys.ok() && Correspond(delegation.ds, *keys, delegation.name);
}

// -- Whether it is to be trusted ------------------------------------------------------------------

// Those that a validator goes by: RFC 4509 section 3.
std::vector<DsRecord> InForce(const std::vector<DsRecord>& ds) {
  std::vector<DsRecord> strong, weak;
  for (const DsRecord& record : ds) {
    if (record.digest_type == kSha256 || record.digest_type == kSha384) strong.push_back(record);
    if (record.digest_type == kSha1) weak.push_back(record);
  }
  return strong.empty() ? weak : strong;
}

bool AnyFits(const std::vector<DnsKey>& keys, const DsRecord& record, const DomainName& name) {
  return std::ranges::any_of(keys, [&](const DnsKey& key) { return key.Fits(record, name); });
}

bool IsAuthentic(const ChildAnswer& answer, const ChildDelegation& delegation) {
  return std::ranges::any_of(InForce(delegation.ds), [&](const DsRecord& record) {
    return AnyFits(answer.record_signers, record, delegation.name) &&
           AnyFits(answer.key_signers, record, delegation.name);
  });
}

// RFC 7344 section 4.1, and by each algorithm, since some validators insist on all of them.
bool Holds(const ChildAnswer& answer, const std::vector<DsRecord>& ds, const DomainName& name) {
  const std::vector<DsRecord> in_force = InForce(ds);
  return std::ranges::all_of(ds, [&](const DsRecord& record) {
    return std::ranges::any_of(in_force, [&](const DsRecord& other) {
      return other.algorithm == record.algorithm && AnyFits(answer.key_signers, other, name);
    });
  });
}

// Whether all say the same; that of the first otherwise does not count.
std::optional<ChildDsVerdict> CheckAgreement(const std::vector<ChildAnswer>& answers) {
  if (answers.empty()) return Refuse(kChildSilent);
  for (const ChildAnswer& answer : answers) {
    if (answer.records != answers.front().records) {
      return Refuse(kChildServersDiffer, Concat(answers.front().server, ", ", answer.server));
    }
  }
  return std::nullopt;
}

std::optional<ChildDsVerdict> CheckContinuity(const std::vector<ChildAnswer>& answers,
                                              const std::vector<DsRecord>& ds,
                                              const DomainName& name) {
  for (const ChildAnswer& answer : answers) {
    if (!Holds(answer, ds, name)) return Refuse(kChildWouldBreak, answer.server);
  }
  return std::nullopt;
}

// RFC 9615 section 4.2: every name server outside of the zone vouches.
std::optional<ChildDsVerdict> CheckSignals(const std::vector<SignalAnswer>& signals,
                                           const ChildRecords& records) {
  if (signals.empty()) return Refuse(kChildNoSignal);
  for (const SignalAnswer& signal : signals) {
    const bool vouches = signal.state == SignalAnswer::State::kSecure && !signal.records.empty();
    if (vouches && signal.records != records) return Refuse(kChildSignalDiffers, signal.server);
  }
  for (const SignalAnswer& signal : signals) {
    if (signal.state == SignalAnswer::State::kFailed) {
      return Refuse(kChildSignalMissing, signal.server);
    }
    if (signal.state == SignalAnswer::State::kInsecure) {
      return Refuse(kChildSignalInsecure, signal.server);
    }
    if (signal.records.empty()) return Refuse(kChildSignalMissing, signal.server);
  }
  return std::nullopt;
}

}  // namespace

std::string_view ChildDsProblemText(std::string_view id) {
  for (const ChildDsProblem& problem :
       {kChildSilent, kChildServersDiffer, kChildServerSilent, kChildRecordsDisagree,
        kChildDeleteNotAlone, kChildRecordRefused, kChildKeysMissing, kChildTooMany,
        kChildNotAuthentic, kChildWouldBreak, kChildNoSignal, kChildSignalMissing,
        kChildSignalInsecure, kChildSignalDiffers, kChildChangeRefused}) {
    if (problem.id == id) return problem.text;
  }
  return "";
}

std::string_view ChildDsKindName(Kind kind) {
  switch (kind) {
    case Kind::kNothing:
      return "nothing";
    case Kind::kSame:
      return "same";
    case Kind::kReplace:
      return "replace";
    case Kind::kRemove:
      return "remove";
    case Kind::kInitial:
      return "initial";
    case Kind::kWaiting:
      return "waiting";
    case Kind::kRefused:
      break;
  }
  return "refused";
}

ChildDsVerdict MaintainDs(const ChildDelegation& delegation,
                          const std::vector<ChildAnswer>& answers) {
  if (auto refused = CheckAgreement(answers)) return *std::move(refused);
  const ChildRecords& records = answers.front().records;
  if (records.empty()) return {Kind::kNothing};
  Wish wish = ReadWish(records, delegation);
  if (auto* refused = std::get_if<ChildDsVerdict>(&wish)) return std::move(*refused);
  std::vector<DsRecord>& ds = std::get<std::vector<DsRecord>>(wish);
  if (!ds.empty() && IsPublished(records, ds, delegation)) return {Kind::kSame, delegation.ds};
  for (const ChildAnswer& answer : answers) {
    if (!IsAuthentic(answer, delegation)) return Refuse(kChildNotAuthentic, answer.server);
  }
  if (ds.empty()) return {Kind::kRemove};
  if (auto refused = CheckContinuity(answers, ds, delegation.name)) return *std::move(refused);
  return {Kind::kReplace, std::move(ds)};
}

ChildDsVerdict BootstrapDs(const ChildDelegation& delegation,
                           const std::vector<ChildAnswer>& answers,
                           const BootstrapEvidence& evidence) {
  if (auto refused = CheckAgreement(answers)) return *std::move(refused);
  const ChildRecords& records = answers.front().records;
  if (records.empty()) return {Kind::kNothing};
  Wish wish = ReadWish(records, delegation);
  if (auto* refused = std::get_if<ChildDsVerdict>(&wish)) return std::move(*refused);
  std::vector<DsRecord>& ds = std::get<std::vector<DsRecord>>(wish);
  if (ds.empty()) return {Kind::kNothing};  // it is insecure already
  if (!evidence.silent.empty()) return Refuse(kChildServerSilent, evidence.silent.front());
  if (auto refused = CheckContinuity(answers, ds, delegation.name)) return *std::move(refused);
  auto unsignalled = CheckSignals(evidence.signals, records);
  if (!unsignalled) return {Kind::kInitial, std::move(ds)};
  if (evidence.accept_after <= absl::ZeroDuration()) return *std::move(unsignalled);
  // Who vouches for something else speaks against it.
  if (unsignalled->problem.id == kChildSignalDiffers.id) return *std::move(unsignalled);
  if (evidence.unchanged >= evidence.accept_after) return {Kind::kInitial, std::move(ds)};
  return {Kind::kWaiting, std::move(ds)};
}

bool IsWorthConfirming(const ChildDsVerdict& verdict) {
  switch (verdict.kind) {
    case Kind::kNothing:
    case Kind::kSame:
      return false;
    case Kind::kReplace:
    case Kind::kRemove:
    case Kind::kInitial:
    case Kind::kWaiting:
      return true;
    case Kind::kRefused:
      break;
  }
  return verdict.problem.id == kChildNotAuthentic.id || verdict.problem.id == kChildWouldBreak.id ||
         verdict.problem.id == kChildNoSignal.id;
}

std::string SignalName(const DomainName& child, const DomainName& server) {
  std::string name = Concat("_dsboot.", child.text(), "._signal.", server.text());
  return name.size() <= kMostOctets ? name : std::string();
}

std::string DsText(const std::vector<DsRecord>& records) {
  std::string text;
  for (const DsRecord& record : records) {
    if (!text.empty()) text += ';';
    text += record.StoredText();
  }
  return text;
}

}  // namespace registry
