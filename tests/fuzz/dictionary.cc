#include "tests/fuzz/dictionary.h"

#include <charconv>
#include <fstream>
#include <string_view>

#include "registry/base/check.h"

namespace fuzz {
namespace {

char ReadHex(std::string_view digits) {
  int octet = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), octet, 16);
  POSTEL_CHECK(error == std::errc() && end == digits.data() + 2);
  return static_cast<char>(octet);
}

std::string Unquote(std::string_view line) {
  POSTEL_CHECK(line.size() >= 2 && line.front() == '"' && line.back() == '"');
  line = line.substr(1, line.size() - 2);
  std::string word;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '\\') {
      word += line[i];
    } else if (line.substr(i).starts_with("\\x")) {
      word += ReadHex(line.substr(i + 2, 2));
      i += 3;
    } else {
      POSTEL_CHECK(++i < line.size());
      word += line[i];
    }
  }
  return word;
}

}  // namespace

std::vector<std::string> ReadDictionary(const std::string& path) {
  std::vector<std::string> words;
  std::ifstream file(path, std::ios::binary);
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.front() != '#') words.push_back(Unquote(line));
  }
  return words;
}

}  // namespace fuzz
