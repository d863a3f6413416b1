#pragma once

#include <string>

namespace registry {

// What the long lists say of a label (table listed_labels, postelctl names); beside them there are
// the short ones of TldPolicy. rules/listing.h puts the two together.
struct ListedLabel {
  enum class Kind : char {
    kReserved = 'r',  // takes an allocation token
    kBlocked = 'b',   // nobody registers it
    kPremium = 'p',
  };
  Kind kind = Kind::kReserved;
  // The TLD's `premium_class` that it is sold by; of reserved labels too; empty: none.
  std::string premium_class;
  friend bool operator==(const ListedLabel&, const ListedLabel&) = default;
};

}  // namespace registry
