#include "zonegen/delegation_store.h"

#include <algorithm>
#include <limits>

#include "registry/base/text.h"
#include "zonegen/packed.h"

// Packed: size of all of it, order, label, what there is besides name servers, these, TTLs and DS
// records if there are any.

namespace zonegen {
namespace {

using registry::Concat;

constexpr size_t kBlockBytes = 8 << 10;
constexpr uint8_t kHasTtls = 1;
constexpr uint8_t kHasDs = 2;

bool IsTooMuch(const UnpackedDelegation& delegation) {
  constexpr size_t kMost = std::numeric_limits<uint8_t>::max();
  return delegation.servers.size() > kMost || delegation.ds.size() > kMost ||
         std::ranges::any_of(delegation.ds, [](std::string_view record) {
           return record.size() > std::numeric_limits<uint16_t>::max();
         });
}

size_t PackedBytes(const UnpackedDelegation& delegation) {
  size_t bytes = sizeof(uint32_t) + sizeof(uint64_t) + Packer::ShortTextBytes(delegation.label) +
                 2 + sizeof(uint32_t) * delegation.servers.size();
  if (!delegation.ttls.empty()) bytes += 2 * Packer::kOptionalBytes;
  if (!delegation.ds.empty()) bytes += 1;
  for (std::string_view record : delegation.ds) bytes += Packer::TextBytes(record);
  return bytes;
}

}  // namespace

std::string_view PackedDelegation::label() const { return Unpacker(octets).ShortText(); }

void Unpack(const PackedDelegation& packed, UnpackedDelegation& unpacked) {
  Unpacker unpacker(packed.octets);
  unpacked.label = unpacker.ShortText();
  const auto has = unpacker.Get<uint8_t>();
  unpacked.servers.resize(unpacker.Get<uint8_t>());
  for (uint32_t& server : unpacked.servers) server = unpacker.Get<uint32_t>();
  unpacked.ttls = {};
  if ((has & kHasTtls) != 0) {
    unpacked.ttls.ns = unpacker.Optional();
    unpacked.ttls.ds = unpacker.Optional();
  }
  unpacked.ds.clear();
  if ((has & kHasDs) != 0) {
    unpacked.ds.resize(unpacker.Get<uint8_t>());
    for (std::string_view& record : unpacked.ds) record = unpacker.Text();
  }
}

DelegationStore::DelegationStore(int readers) : readers_(static_cast<size_t>(readers)) {
  for (Reader& reader : readers_) {
    for (int part = 0; part < kLabelParts; ++part) reader.parts.emplace_back(kBlockBytes);
  }
}

absl::Status DelegationStore::Add(int reader, const UnpackedDelegation& delegation) {
  const auto place = PlaceOf(delegation.label);
  if (!place || delegation.label.size() > 63) {
    return absl::DataLossError(Concat("\"", delegation.label, "\" is not a label of a zone"));
  }
  if (IsTooMuch(delegation)) {
    return absl::DataLossError(
        Concat(delegation.label, " has more name servers or DS records than a zone can have"));
  }
  Reader& own = readers_[static_cast<size_t>(reader)];
  const size_t bytes = PackedBytes(delegation);
  Packer packer(own.parts[place->part].Take(bytes));
  packer.Put(static_cast<uint32_t>(bytes));
  packer.Put(place->rest);
  packer.ShortText(delegation.label);
  packer.Put(static_cast<uint8_t>((delegation.ttls.empty() ? 0 : kHasTtls) |
                                  (delegation.ds.empty() ? 0 : kHasDs)));
  packer.Put(static_cast<uint8_t>(delegation.servers.size()));
  for (const uint32_t server : delegation.servers) packer.Put(server);
  if (!delegation.ttls.empty()) {
    packer.Put(delegation.ttls.ns);
    packer.Put(delegation.ttls.ds);
  }
  if (!delegation.ds.empty()) packer.Put(static_cast<uint8_t>(delegation.ds.size()));
  for (std::string_view record : delegation.ds) packer.Text(record);
  ++own.count;
  return absl::OkStatus();
}

int64_t DelegationStore::size() const {
  int64_t size = 0;
  for (const Reader& reader : readers_) size += reader.count;
  return size;
}

std::vector<PackedDelegation> DelegationStore::Sorted(int part) const {
  std::vector<PackedDelegation> sorted;
  for (const Reader& reader : readers_) {
    reader.parts[static_cast<size_t>(part)].ForEach([&](const char* at, const char* end) {
      while (at < end) {
        Unpacker unpacker(at);
        const auto bytes = unpacker.Get<uint32_t>();
        const auto order = unpacker.Get<uint64_t>();
        sorted.push_back({order, unpacker.at()});
        at += bytes;
      }
    });
  }
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

void DelegationStore::Clear(int part) {
  for (Reader& reader : readers_) reader.parts[static_cast<size_t>(part)].Clear();
}

}  // namespace zonegen
