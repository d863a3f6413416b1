#include "tests/fuzz/mutator.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "registry/base/check.h"

namespace fuzz {
namespace {

constexpr size_t kLongestCut = 24;
constexpr size_t kLongestGraft = 48;

}  // namespace

Mutator::Mutator(std::vector<std::string> texts, std::vector<std::string> dictionary)
    : texts_(std::move(texts)), dictionary_(std::move(dictionary)) {
  POSTEL_CHECK(!texts_.empty());
}

std::string Mutator::Next() {
  std::string text = Any(texts_);
  for (size_t i = 0, n = 1 + Below(3); i < n; ++i) Damage(text);
  return text;
}

void Mutator::Damage(std::string& text) {
  const size_t at = Below(text.size() + 1);
  const size_t length = Below(std::min(text.size() - at, kLongestCut) + 1);
  switch (Below(8)) {
    case 0:
      text.replace(at, length, dictionary_.empty() ? "" : Any(dictionary_));
      break;
    case 1:
      text.insert(at, text.substr(at, length));
      break;
    case 2:
      text.replace(at, at < text.size() ? 1 : 0, 1, static_cast<char>(Below(256)));
      break;
    case 3: {
      const std::string& other = Any(texts_);
      text.replace(at, length, other.substr(Below(other.size() + 1), Below(kLongestGraft)));
      break;
    }
    case 4:
      text.erase(at, length);
      break;
    default:  // one letter or digit for another, which leaves most texts well-formed
      if (at < text.size() && std::isalnum(static_cast<unsigned char>(text[at]))) {
        text[at] = "abcxyz0129-."[Below(12)];
      }
  }
}

}  // namespace fuzz
