#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "registry/types/domain_name.h"
#include "registry/types/keys.h"
#include "registry/types/money.h"

namespace registry {

// A token that the operator has issued (postelctl token create), RFC 8495: who may use it for what,
// when and how often. rules/allocation.h says what it covers.
struct AllocationToken {
  enum class Kind : char {
    kReserved = 'r',   // allocates a reserved name
    kPromotion = 'p',  // a price of its own
  };
  enum class Purpose : char { kCreate = 'c', kTransfer = 't' };

  int64_t key = 0;
  std::string digest;  // GivenToken::digest
  Kind kind = Kind::kReserved;
  Purpose purpose = Purpose::kCreate;
  RegistrarKey registrar = kNoRegistrar;  // kNoRegistrar: whoever has it
  std::string tld;                        // empty: any
  DomainName name;                        // empty: any
  absl::Time starts = absl::InfinitePast();
  absl::Time ends = absl::InfiniteFuture();  // no longer valid from then on
  int64_t max_uses = 1;                      // 0: no limit
  int64_t uses = 0;
  bool revoked = false;
  // The price of the first `promoted_years` years: `discount` percent less, 0 to 100, or `price` a
  // year. The others cost what they cost everybody.
  int discount = 0;
  std::optional<Money> price;
  int promoted_years = 1;  // 1 to 10

  friend bool operator==(const AllocationToken&, const AllocationToken&) = default;
};

// The one that a domain was created with.
struct UsedToken {
  int64_t key = 0;
  std::string text;  // RFC 8495 section 3.1.2: an info gives it back
  friend bool operator==(const UsedToken&, const UsedToken&) = default;
};

}  // namespace registry
