#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// How long resolvers may keep the records of a domain or host: what its registrar has chosen in the
// place of the TLD's own values (RFC 9803). All TTLs are seconds, 0 to 2147483647 (RFC 2181).
namespace registry {

using Ttl = std::optional<uint32_t>;  // nothing: the TLD's own

// Of a domain's records.
struct DelegationTtls {
  Ttl ns, ds;
  bool empty() const { return !ns && !ds; }
  friend bool operator==(const DelegationTtls&, const DelegationTtls&) = default;
};

// Of a host's records.
struct AddressTtls {
  Ttl a, aaaa;
  bool empty() const { return !a && !aaaa; }
  friend bool operator==(const AddressTtls&, const AddressTtls&) = default;
};

// What a command says of one type of records.
struct TtlChoice {
  std::string type;  // the mnemonic, as NS; of any type that there may be
  Ttl seconds;       // nothing: back to the TLD's own
  friend bool operator==(const TtlChoice&, const TtlChoice&) = default;
};

// Of one type of records in a TLD.
struct TtlLimits {
  uint32_t least = 0, standard = 0, most = 0;  // `most` zero: registrars may choose nothing
  bool offered() const { return most > 0; }
  // What goes into the zone. A choice that the limits do not allow any more counts as the nearest
  // that they do.
  uint32_t InForce(Ttl chosen) const;
  friend bool operator==(const TtlLimits&, const TtlLimits&) = default;
};

// What an info asks for: the choices that there are, or all types with their limits (RFC 9803
// section 2.1.1).
enum class TtlQuery { kNone, kChosen, kAll };

// What it hears of one type.
struct TtlShown {
  std::string_view type;
  Ttl seconds;
  std::optional<TtlLimits> limits;  // with TtlQuery::kAll
  friend bool operator==(const TtlShown&, const TtlShown&) = default;
};

}  // namespace registry
