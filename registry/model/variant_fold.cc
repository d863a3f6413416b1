#include "registry/model/variant_fold.h"

#include <algorithm>

#include "registry/base/text.h"
#include "registry/base/utf8.h"

namespace registry {
namespace {

// Code points in classes, each known by its least member.
class Classes {
 public:
  char32_t LeastOf(char32_t point) const {
    auto parent = parents_.find(point);
    while (parent != parents_.end()) {
      point = parent->second;
      parent = parents_.find(point);
    }
    return point;
  }
  void Unite(char32_t a, char32_t b) {
    a = LeastOf(a);
    b = LeastOf(b);
    if (a != b) parents_[std::max(a, b)] = std::min(a, b);
  }
  const std::map<char32_t, char32_t>& parents() const { return parents_; }

 private:
  std::map<char32_t, char32_t> parents_;  // a smaller member; none: the least
};

std::string Show(char32_t point) {
  std::string text;
  AppendUtf8(text, point);
  return text;
}

}  // namespace

VariantFold VariantFold::Of(const std::vector<const IdnTable*>& tables, std::string* conflict) {
  Classes classes;
  for (const IdnTable* table : tables) {
    for (const IdnTable::Variant& variant : table->variants) {
      if (variant.others.size() == 1) classes.Unite(variant.point, variant.others.front());
    }
  }
  const auto complain = [&](char32_t point) {
    if (conflict != nullptr && conflict->empty()) *conflict = Show(point);
  };
  std::map<char32_t, std::u32string> rows;  // by the least member of the class
  for (const IdnTable* table : tables) {
    for (const IdnTable::Variant& variant : table->variants) {
      if (variant.others.size() == 1) continue;
      std::u32string row;
      for (char32_t point : variant.others) row += classes.LeastOf(point);
      const auto [at, is_new] = rows.emplace(classes.LeastOf(variant.point), row);
      if (!is_new && at->second != row) complain(variant.point);
    }
  }
  // Rows are folded once, so nothing in them may be folded to another row.
  std::vector<char32_t> nested;
  for (const auto& [point, row] : rows) {
    if (std::ranges::any_of(row, [&](char32_t each) { return rows.contains(each); })) {
      complain(point);
      nested.push_back(point);
    }
  }
  for (char32_t point : nested) rows.erase(point);

  VariantFold fold;
  for (const auto& [point, parent] : classes.parents()) {
    const char32_t least = classes.LeastOf(point);
    const auto row = rows.find(least);
    fold.folds_[point] = row != rows.end() ? row->second : std::u32string(1, least);
    if (row == rows.end()) fold.shared_.insert(least);
  }
  for (const auto& [point, row] : rows) {
    fold.folds_[point] = row;
    fold.rows_.insert(row);
  }
  const auto note = [&](char32_t point) {
    if (point < fold.matters_.size()) fold.matters_[point] = true;
  };
  for (const auto& [point, folded] : fold.folds_) note(point);
  for (char32_t point : fold.shared_) note(point);
  for (const std::u32string& row : fold.rows_) note(row.front());
  return fold;
}

std::u32string VariantFold::Fold(std::u32string_view label) const {
  std::u32string folded;
  for (char32_t point : label) {
    const auto found = folds_.find(point);
    if (found == folds_.end()) {
      folded += point;
    } else {
      folded += found->second;
    }
  }
  return folded;
}

bool VariantFold::HasVariants(std::u32string_view folded) const {
  return std::ranges::any_of(folded, [this](char32_t each) { return shared_.contains(each); }) ||
         std::ranges::any_of(rows_, [&](const std::u32string& row) {
           return folded.find(row) != std::u32string_view::npos;
         });
}

std::string VariantFold::KeyOf(const DomainName& name) const {
  if (empty() || name.label_count() != 2) return {};
  std::u32string label;
  if (IsALabel(name)) {
    label = ULabelOf(name);
  } else {
    const std::string_view ascii = name.label();
    const auto matters = [this](char c) { return matters_[static_cast<unsigned char>(c) & 0x7F]; };
    if (std::ranges::none_of(ascii, matters)) return {};
    label.assign(ascii.begin(), ascii.end());
  }
  const std::u32string folded = Fold(label);
  if (!HasVariants(folded)) return {};
  std::string key;
  for (char32_t point : folded) AppendUtf8(key, point);
  return Concat(key, ".", name.tld());
}

}  // namespace registry
