#include "zonegen/canonical_order.h"

namespace zonegen {
namespace {

// Cuts the last label off; `rest` is empty after the first one.
std::string_view TakeLastLabel(std::string_view& rest) {
  const size_t dot = rest.rfind('.');
  const std::string_view label = dot == std::string_view::npos ? rest : rest.substr(dot + 1);
  rest = dot == std::string_view::npos ? std::string_view() : rest.substr(0, dot);
  return label;
}

}  // namespace

bool CanonicalLess(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const int order = TakeLastLabel(a).compare(TakeLastLabel(b));
    if (order != 0) return order < 0;
  }
  return a.empty() && !b.empty();
}

std::string_view LabelBelow(std::string_view name, std::string_view tld) {
  name.remove_suffix(tld.size() + 1);
  return TakeLastLabel(name);
}

}  // namespace zonegen
