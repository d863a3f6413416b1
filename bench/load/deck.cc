#include "bench/load/deck.h"

#include <algorithm>
#include <array>
#include <optional>
#include <random>
#include <string>

#include "registry/base/text.h"

namespace bench {
namespace {

constexpr std::array<std::pair<std::string_view, Kind>, 6> kKinds = {{{"create", Kind::kCreate},
                                                                      {"renew", Kind::kRenew},
                                                                      {"check", Kind::kCheck},
                                                                      {"info", Kind::kInfo},
                                                                      {"update", Kind::kUpdate},
                                                                      {"hello", Kind::kHello}}};
constexpr int kMostCards = 10000;

std::optional<Kind> KindOf(std::string_view name) {
  for (const auto& [known, kind] : kKinds) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

}  // namespace

Deck::Deck(std::vector<Kind> cards) : cards_(std::move(cards)) {
  std::shuffle(cards_.begin(), cards_.end(), std::minstd_rand(1));
}

absl::StatusOr<Deck> Deck::Parse(std::string_view mix) {
  std::vector<Kind> cards;
  for (std::string_view part : registry::Split(mix, ',')) {
    const size_t equals = std::min(part.find('='), part.size());
    const std::optional<Kind> kind = KindOf(part.substr(0, equals));
    int count = 0;
    if (!kind.has_value() || equals == part.size() ||
        !registry::ParseNumber(part.substr(equals + 1), &count) || count < 0 ||
        count > kMostCards) {
      return absl::InvalidArgumentError(registry::Concat("--mix: not understood: ", part));
    }
    cards.insert(cards.end(), static_cast<size_t>(count), *kind);
  }
  if (cards.empty()) return absl::InvalidArgumentError("--mix names no command");
  return Deck(std::move(cards));
}

bool Deck::Has(Kind kind) const { return std::ranges::find(cards_, kind) != cards_.end(); }

}  // namespace bench
