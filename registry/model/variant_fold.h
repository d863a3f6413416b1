#pragma once

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "registry/model/idn_table.h"
#include "registry/types/domain_name.h"

namespace registry {

// The variants that the tables of a TLD know, together: labels are variants of each other if they
// are the same once every code point is replaced by what stands for all its variants. So whatever
// the order of registrations and of tables, being a variant is an equivalence, and the label that
// comes out can be looked up.
//
// What stands for code points that are variants of each other is the least of them, or the several
// ones in a row that one of them is a variant of.
class VariantFold {
 public:
  VariantFold() = default;
  // Tables contradict each other if a code point would be a variant of two different rows of
  // several, or if one in such a row were a variant of another row; that variant is then left out,
  // and `conflict`, if not null, says which.
  static VariantFold Of(const std::vector<const IdnTable*>& tables,
                        std::string* conflict = nullptr);

  bool empty() const { return folds_.empty(); }
  // The folded label, a dot and the TLD, in UTF-8; empty if the label has no variants (a few that
  // have none may get one nevertheless), and for names of other than two labels.
  std::string KeyOf(const DomainName& name) const;

  friend bool operator==(const VariantFold&, const VariantFold&) = default;

 private:
  std::u32string Fold(std::u32string_view label) const;
  bool HasVariants(std::u32string_view folded) const;

  std::map<char32_t, std::u32string> folds_;  // what does not stand for itself
  std::set<char32_t> shared_;                 // what stands for others too
  std::set<std::u32string> rows_;             // of several, that stand for a code point
  std::array<bool, 128> matters_{};           // ASCII that folds, is shared, or begins a row
};

}  // namespace registry
