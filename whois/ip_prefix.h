#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Addresses of clients, of both families in one form.
namespace whois {

// 16 octets of IPv6; IPv4 as ::ffff:192.0.2.1 (RFC 4291 section 2.5.5.2).
using ClientAddress = std::array<uint8_t, 16>;

// Nothing if the text is no address. A zone ("fe80::1%eth0") is ignored.
std::optional<ClientAddress> ParseClientAddress(std::string_view text);
std::string FormatClientAddress(const ClientAddress& address);
bool IsV4(const ClientAddress& address);

// All addresses that begin with the same bits.
class IpPrefix {
 public:
  // "192.0.2.0/24", "2001:db8::/32", or an address for itself. Nothing if it is malformed or has
  // bits behind its length.
  static std::optional<IpPrefix> Parse(std::string_view text);
  bool Contains(const ClientAddress& address) const;
  friend bool operator==(const IpPrefix&, const IpPrefix&) = default;

 private:
  ClientAddress address_{};
  int bits_ = 128;  // of the 16 octets
};

bool ContainAny(const std::vector<IpPrefix>& prefixes, const ClientAddress& address);

// Who asks: the other end of the connection or, if that is one of our proxies, the last address in
// X-Forwarded-For (the field's values in their order, separated by commas) that is not one of them.
// What a proxy of ours did not write is not looked at. `source` is an address.
ClientAddress ClientOf(std::string_view source, std::string_view forwarded_for,
                       const std::vector<IpPrefix>& trusted_proxies);

}  // namespace whois
