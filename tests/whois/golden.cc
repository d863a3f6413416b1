#include "tests/whois/golden.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/paths.h"

namespace tests {
namespace {

namespace json = boost::json;

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Short values stand in one line.
void Write(const json::value& value, const std::string& indent, std::string& out) {
  const std::string flat = json::serialize(value);
  const bool container = value.is_object() || value.is_array();
  if (!container || flat.size() + indent.size() <= 76) {
    out += flat;
    return;
  }
  const std::string inner = indent + "  ";
  std::string_view separator;
  out += value.is_object() ? "{" : "[";
  if (const json::object* object = value.if_object()) {
    for (const auto& member : *object) {
      out += separator;
      out += "\n" + inner + "\"" + std::string(member.key()) + "\": ";
      Write(member.value(), inner, out);
      separator = ",";
    }
  } else {
    for (const json::value& element : value.as_array()) {
      out += separator;
      out += "\n" + inner;
      Write(element, inner, out);
      separator = ",";
    }
  }
  out += "\n" + indent + (value.is_object() ? "}" : "]");
}

}  // namespace

void ExpectGolden(std::string_view path, const std::string& text) {
  const std::string file = SourcePath("tests/golden/" + std::string(path));
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(std::filesystem::path(file).parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return;
  }
  EXPECT_EQ(text, ReadFile(file)) << "of " << file;
}

std::string PrettyJson(std::string_view text) {
  boost::system::error_code error;
  const json::value value = json::parse({text.data(), text.size()}, error);
  EXPECT_FALSE(error) << text;
  std::string out;
  Write(value, "", out);
  return out + "\n";
}

}  // namespace tests
