#include "registry/types/money.h"

#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/types/reasons.h"

namespace registry {
namespace {

constexpr size_t kMostDigits = 12;  // before the point

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

Outcome<Money> ParseMoney(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::string_view amount = text.substr(negative ? 1 : 0);
  const size_t point = amount.find('.');
  const std::string_view whole = amount.substr(0, point);
  std::string cents =
      point == std::string_view::npos ? "00" : std::string(amount.substr(point + 1));
  if (cents.size() == 1) cents += '0';
  if (!IsDigits(whole) || !IsDigits(cents) || cents.size() != 2) {
    return Reject(kMoneySyntax, Excerpt(text));
  }
  if (whole.size() > kMostDigits) return Reject(kMoneyRange, Excerpt(text));
  Money money;
  POSTEL_CHECK(ParseNumber(Concat(whole, cents), &money.minor));
  return negative ? -money : money;
}

std::string FormatMoney(Money money) {
  // The sign apart, so that -0.05 keeps it. Unsigned, so that the least int64_t has a magnitude.
  const bool negative = money.minor < 0;
  const uint64_t bits = static_cast<uint64_t>(money.minor);
  const uint64_t magnitude = negative ? 0 - bits : bits;
  const uint64_t cents = magnitude % 100;
  return Concat(negative ? "-" : "", magnitude / 100, cents < 10 ? ".0" : ".", cents);
}

}  // namespace registry
