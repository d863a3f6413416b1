#include "registry/store/parameters.h"

namespace registry::store {

std::string ArrayLiteral(const std::vector<int64_t>& numbers) {
  std::string out = "{";
  for (int64_t number : numbers) {
    if (out.size() > 1) out += ',';
    out += std::to_string(number);
  }
  return out += '}';
}

std::string ArrayLiteral(const std::vector<std::string>& texts) {
  std::string out = "{";
  for (const std::string& text : texts) {
    if (out.size() > 1) out += ',';
    out += '"';
    for (char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out += '}';
}

}  // namespace registry::store
