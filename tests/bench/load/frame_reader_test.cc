#include "bench/load/frame_reader.h"

#include <gtest/gtest.h>

#include <vector>

namespace bench {
namespace {

std::string Unit(std::string_view xml) {
  return std::string("\0\0\0", 3) + static_cast<char>(xml.size() + 4) + std::string(xml);
}

std::vector<std::string> ReadAll(FrameReader& reader, std::string_view chunk) {
  std::vector<std::string> units;
  reader.Feed(chunk);
  while (const auto xml = reader.Next()) units.emplace_back(*xml);
  return units;
}

TEST(FrameReaderTest, FindsAllUnitsOfAChunk) {
  FrameReader reader;
  EXPECT_EQ(ReadAll(reader, Unit("<a/>") + Unit("") + Unit("<b/>")),
            (std::vector<std::string>{"<a/>", "", "<b/>"}));
}

TEST(FrameReaderTest, PutsUnitsTogetherWhereverTheyAreCut) {
  const std::string stream = Unit("<first/>") + Unit("<second/>");
  for (size_t step = 1; step < stream.size(); ++step) {
    FrameReader reader;
    std::vector<std::string> units;
    for (size_t at = 0; at < stream.size(); at += step) {
      for (std::string& xml : ReadAll(reader, std::string_view(stream).substr(at, step))) {
        units.push_back(std::move(xml));
      }
    }
    EXPECT_EQ(units, (std::vector<std::string>{"<first/>", "<second/>"})) << step;
  }
}

TEST(FrameReaderTest, EndsWithAnImpossibleLength) {
  for (const std::string& head : {std::string("\0\0\0\3", 4), std::string("HTTP")}) {
    FrameReader reader;
    EXPECT_TRUE(ReadAll(reader, head + "xxxx").empty());
    EXPECT_TRUE(reader.broken());
  }
}

}  // namespace
}  // namespace bench
