#include "zonegen/zone_update.h"

#include <algorithm>

namespace zonegen {
namespace {

constexpr size_t kFixedPart = 11;  // of a record: compressed owner's end, type, class, TTL, length

// No less than the message grows by.
size_t BoundOf(const OwnerUpdate& update) {
  const size_t owner = update.owner.size() + 2;
  size_t bytes = update.deleted.size() * (owner + kFixedPart);
  for (const DnsRecord& record : update.added) bytes += owner + kFixedPart + record.rdata.size();
  return bytes;
}

absl::Status PutOwner(const OwnerUpdate& update, DnsMessage& message) {
  const std::string owner = WireName(update.owner);
  for (uint16_t type : update.deleted) {
    if (absl::Status status = message.DeleteRrset(owner, type); !status.ok()) return status;
  }
  for (const DnsRecord& record : update.added) {
    if (absl::Status status = message.Add(owner, record); !status.ok()) return status;
  }
  return absl::OkStatus();
}

bool Contains(const std::vector<DnsRecord>& records, const DnsRecord& wanted) {
  return std::ranges::find(records, wanted) != records.end();
}

absl::Status PutFrame(const ZoneRecords& zone, const UpdateFrame& frame, DnsMessage& message) {
  const std::string apex = WireName(zone.tld());
  absl::Status status = frame.required.empty() ? message.RequireNoRrset(apex, kTypeTxt)
                                               : message.RequireRrset(apex, frame.required);
  for (const DnsRecord& record : frame.required) {
    if (status.ok() && !Contains(frame.txt, record)) status = message.DeleteRecord(apex, record);
  }
  for (const DnsRecord& record : frame.txt) {
    if (status.ok() && !Contains(frame.required, record)) status = message.Add(apex, record);
  }
  if (status.ok()) status = message.Add(apex, zone.Soa(frame.serial));
  return status;
}

}  // namespace

absl::StatusOr<DnsMessage> MakeUpdate(const ZoneRecords& zone, const UpdateFrame& frame,
                                      std::span<const OwnerUpdate> updates, size_t max_bytes,
                                      size_t* taken) {
  DnsMessage message = DnsMessage::Update(WireName(zone.tld()));
  *taken = 0;
  if (absl::Status status = PutFrame(zone, frame, message); !status.ok()) return status;
  for (const OwnerUpdate& update : updates) {
    if (*taken > 0 && message.size() + BoundOf(update) > max_bytes) break;
    if (absl::Status status = PutOwner(update, message); !status.ok()) return status;
    ++*taken;
  }
  return message;
}

absl::StatusOr<DnsMessage> MakeApexUpdate(const ZoneRecords& zone, const UpdateFrame& frame,
                                          const ApexState& served) {
  DnsMessage message = DnsMessage::Update(WireName(zone.tld()));
  absl::Status status = PutFrame(zone, frame, message);
  const std::string apex = WireName(zone.tld());
  const std::vector<DnsRecord>& wanted = zone.FixedAt(zone.tld());
  // What comes before what goes: a zone always has an NS record.
  for (const DnsRecord& record : wanted) {
    const bool there = record.type == kTypeTxt || Contains(served.records, record);
    if (status.ok() && !there) status = message.Add(apex, record);
  }
  for (const DnsRecord& record : served.records) {
    const auto same = [&](const DnsRecord& other) {
      return other.type == record.type && other.rdata == record.rdata;
    };
    if (record.type == kTypeTxt || std::ranges::any_of(wanted, same)) continue;
    if (status.ok()) status = message.DeleteRecord(apex, record);
  }
  // Name servers of the zone that are in it need their addresses in the same update.
  for (const auto& [owner, records] : zone.fixed()) {
    if (owner == zone.tld()) continue;
    for (const DnsRecord& record : records) {
      if (status.ok()) status = message.Add(WireName(owner), record);
    }
  }
  if (!status.ok()) return status;
  return message;
}

std::vector<DnsRecord> ApexTxt(const ZoneRecords& zone, const DnsRecord& version) {
  std::vector<DnsRecord> records;
  for (const DnsRecord& record : zone.FixedAt(zone.tld())) {
    if (record.type == kTypeTxt) records.push_back(record);
  }
  records.push_back(version);
  return records;
}

}  // namespace zonegen
