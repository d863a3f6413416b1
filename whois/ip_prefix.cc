#include "whois/ip_prefix.h"

#include <arpa/inet.h>

#include <algorithm>

#include "registry/base/text.h"

namespace whois {
namespace {

constexpr int kV4Offset = 12;  // octets

ClientAddress Mapped(const uint8_t (&octets)[4]) {
  ClientAddress address{};
  address[10] = address[11] = 0xFF;
  std::copy_n(octets, 4, address.begin() + kV4Offset);
  return address;
}

// An element of X-Forwarded-For: proxies differ in whether they write ports and brackets.
std::optional<ClientAddress> ParseForwarded(std::string_view text) {
  text = registry::Trim(text);
  if (text.starts_with('[')) {
    return ParseClientAddress(text.substr(1, text.find(']') - 1));
  }
  if (std::ranges::count(text, ':') == 1) text = text.substr(0, text.find(':'));
  return ParseClientAddress(text);
}

}  // namespace

std::optional<ClientAddress> ParseClientAddress(std::string_view text) {
  const std::string literal(text.substr(0, text.find('%')));
  uint8_t v4[4];
  if (inet_pton(AF_INET, literal.c_str(), v4) == 1) return Mapped(v4);
  ClientAddress address;
  if (inet_pton(AF_INET6, literal.c_str(), address.data()) == 1) return address;
  return std::nullopt;
}

std::string FormatClientAddress(const ClientAddress& address) {
  char text[INET6_ADDRSTRLEN] = {};
  const bool v4 = IsV4(address);
  inet_ntop(v4 ? AF_INET : AF_INET6, address.data() + (v4 ? kV4Offset : 0), text, sizeof text);
  return text;
}

bool IsV4(const ClientAddress& address) {
  return std::all_of(address.begin(), address.begin() + 10, [](uint8_t o) { return o == 0; }) &&
         address[10] == 0xFF && address[11] == 0xFF;
}

std::optional<IpPrefix> IpPrefix::Parse(std::string_view text) {
  const size_t slash = text.find('/');
  const std::optional<ClientAddress> address = ParseClientAddress(text.substr(0, slash));
  if (!address || text.find('%') != std::string_view::npos) return std::nullopt;
  const bool v4 = text.find(':') == std::string_view::npos;
  IpPrefix prefix;
  prefix.address_ = *address;
  if (slash != std::string_view::npos) {
    int bits = 0;
    if (!registry::ParseNumber(text.substr(slash + 1), &bits)) return std::nullopt;
    if (bits < 0 || bits > (v4 ? 32 : 128)) return std::nullopt;
    prefix.bits_ = bits + (v4 ? 8 * kV4Offset : 0);
  }
  for (int bit = prefix.bits_; bit < 128; ++bit) {
    if ((prefix.address_[bit / 8] >> (7 - bit % 8) & 1) != 0) return std::nullopt;
  }
  return prefix;
}

bool IpPrefix::Contains(const ClientAddress& address) const {
  const int whole = bits_ / 8;
  if (!std::equal(address_.begin(), address_.begin() + whole, address.begin())) return false;
  const int rest = bits_ % 8;
  return rest == 0 || (address_[whole] ^ address[whole]) >> (8 - rest) == 0;
}

bool ContainAny(const std::vector<IpPrefix>& prefixes, const ClientAddress& address) {
  return std::ranges::any_of(prefixes, [&](const IpPrefix& p) { return p.Contains(address); });
}

ClientAddress ClientOf(std::string_view source, std::string_view forwarded_for,
                       const std::vector<IpPrefix>& trusted_proxies) {
  ClientAddress client = ParseClientAddress(source).value_or(ClientAddress{});
  if (trusted_proxies.empty() || forwarded_for.empty()) return client;
  while (ContainAny(trusted_proxies, client)) {
    const size_t comma = forwarded_for.rfind(',');
    const bool last = comma == std::string_view::npos;
    const auto next = ParseForwarded(last ? forwarded_for : forwarded_for.substr(comma + 1));
    if (!next) break;
    client = *next;
    if (last) break;
    forwarded_for = forwarded_for.substr(0, comma);
  }
  return client;
}

}  // namespace whois
