#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

// Damaged texts, the same sequence each time: a few octets changed, cut, doubled, replaced by a
// word of the dictionary, or swapped with another text's.
class Mutator {
 public:
  Mutator(std::vector<std::string> texts, std::vector<std::string> dictionary);
  std::string Next();

 private:
  size_t Below(size_t n) { return random_() % n; }
  void Damage(std::string& text);
  const std::string& Any(const std::vector<std::string>& texts) {
    return texts[Below(texts.size())];
  }

  const std::vector<std::string> texts_;
  const std::vector<std::string> dictionary_;
  std::mt19937 random_{20261123};
};

}  // namespace fuzz
