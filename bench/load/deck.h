#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "bench/load/workload.h"

namespace bench {

// Commands in given proportions, shuffled: a pack of cards that is dealt again and again, the same
// in every run.
class Deck {
 public:
  // "check=70,info=15,renew=10,create=3,update=2"; the parts need not add up to 100.
  static absl::StatusOr<Deck> Parse(std::string_view mix);

  Kind Top() const { return cards_[at_]; }
  void Deal() { at_ = (at_ + 1) % cards_.size(); }
  bool Has(Kind kind) const;

 private:
  explicit Deck(std::vector<Kind> cards);

  std::vector<Kind> cards_;
  size_t at_ = 0;
};

}  // namespace bench
