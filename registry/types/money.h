#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "registry/base/outcome.h"

namespace registry {

// A whole number of minor units (cents). One registry has one currency, an ISO 4217 code with two
// decimals that stands in its settings (model/registry_settings.h); a sum never mixes currencies.
struct Money {
  int64_t minor = 0;

  friend auto operator<=>(const Money&, const Money&) = default;
  friend Money operator+(Money a, Money b) { return {a.minor + b.minor}; }
  friend Money operator-(Money a, Money b) { return {a.minor - b.minor}; }
  friend Money operator-(Money a) { return {-a.minor}; }
  friend Money operator*(Money a, int64_t n) { return {a.minor * n}; }
  Money& operator+=(Money b) {
    minor += b.minor;
    return *this;
  }
};

// "9.75", "9", "-3.10"; at most two decimals, at most 12 digits before the point. kMoneySyntax,
// kMoneyRange.
Outcome<Money> ParseMoney(std::string_view text);
std::string FormatMoney(Money money);  // always two decimals

}  // namespace registry
