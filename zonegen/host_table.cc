#include "zonegen/host_table.h"

#include <algorithm>
#include <utility>

#include "registry/rules/delegation.h"
#include "zonegen/packed.h"

namespace zonegen {
namespace {

using registry::DomainName;
using registry::Host;
using registry::HostKey;
using registry::IpAddress;
using registry::store::ZoneHostRow;

constexpr size_t kBlockBytes = 1 << 18;

// Only of those that may be glue: nearly all others have no addresses, and nobody asks for them.
Host WithAddresses(const ZoneHostRow& row) {
  Host host;
  host.key = row.key;
  host.name = DomainName::Trusted(std::string(row.name));
  for (std::string_view octets : row.addresses) {
    host.addresses.push_back(IpAddress::FromOctets(octets));
  }
  host.ttls = row.ttls;
  return host;
}

std::string_view NameIn(const char* packed) { return Unpacker(packed).Text(); }

}  // namespace

HostTable::HostTable(std::string tld, int readers) : tld_(std::move(tld)) {
  for (int i = 0; i < readers; ++i) readers_.push_back({Blocks(kBlockBytes), {}});
}

void HostTable::Add(int reader, const ZoneHostRow& row) {
  const bool glue = !row.addresses.empty() && NeedsGlue(WithAddresses(row), tld_);
  size_t bytes = Packer::TextBytes(row.name) + sizeof(uint16_t);
  if (glue) {
    for (std::string_view octets : row.addresses) bytes += Packer::TextBytes(octets);
    bytes += 2 * Packer::kOptionalBytes;
  }
  Reader& own = readers_[static_cast<size_t>(reader)];
  char* const piece = own.blocks.Take(bytes);
  Packer packer(piece);
  packer.Text(row.name);
  packer.Put(static_cast<uint16_t>(glue ? row.addresses.size() : 0));
  if (glue) {
    for (std::string_view octets : row.addresses) packer.Text(octets);
    packer.Put(row.ttls.a);
    packer.Put(row.ttls.aaaa);
  }
  own.hosts.push_back({row.key, piece});
}

void HostTable::Seal() {
  size_t count = 0;
  for (const Reader& reader : readers_) count += reader.hosts.size();
  std::vector<Entry> hosts;
  hosts.reserve(count);
  for (Reader& reader : readers_) {
    hosts.insert(hosts.end(), reader.hosts.begin(), reader.hosts.end());
    reader.hosts = std::vector<Entry>();
  }
  std::ranges::sort(hosts, {}, [](const Entry& host) { return NameIn(host.packed); });
  keys_.reserve(count);
  packed_.reserve(count);
  for (const Entry& host : hosts) {
    keys_.push_back(host.key);
    packed_.push_back(host.packed);
  }
  numbers_.reserve(count);
  for (uint32_t host = 0; host < size(); ++host) numbers_.emplace(keys_[host], host);
}

std::optional<uint32_t> HostTable::Find(HostKey key) const {
  const auto found = numbers_.find(key);
  if (found == numbers_.end()) return std::nullopt;
  return found->second;
}

std::string_view HostTable::name(uint32_t host) const { return NameIn(packed_[host]); }

bool HostTable::is_glue(uint32_t host) const {
  Unpacker unpacker(packed_[host]);
  unpacker.Text();
  return unpacker.Get<uint16_t>() > 0;
}

Host HostTable::ToHost(uint32_t number) const {
  Unpacker unpacker(packed_[number]);
  Host host;
  host.key = keys_[number];
  host.name = DomainName::Trusted(std::string(unpacker.Text()));
  const auto addresses = unpacker.Get<uint16_t>();
  if (addresses == 0) return host;
  for (int i = 0; i < addresses; ++i) {
    host.addresses.push_back(IpAddress::FromOctets(unpacker.Text()));
  }
  host.ttls.a = unpacker.Optional();
  host.ttls.aaaa = unpacker.Optional();
  return host;
}

}  // namespace zonegen
