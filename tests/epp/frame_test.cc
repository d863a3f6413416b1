#include "epp/frame.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace epp {
namespace {

// Gives the reader at most as much as it has room for; the number of bytes taken.
size_t Feed(FrameReader& reader, std::string_view bytes) {
  const absl::Span<char> space = reader.Space();
  const size_t taken = std::min(space.size(), bytes.size());
  std::copy_n(bytes.data(), taken, space.data());
  reader.Filled(taken);
  return taken;
}

// All units of the stream, given to the reader in pieces of at most `piece` bytes.
std::vector<std::string> Cut(std::string_view stream, size_t piece, size_t max_frame = 65536) {
  FrameReader reader(max_frame);
  std::vector<std::string> units;
  std::string_view xml;
  while (!stream.empty()) {
    stream.remove_prefix(Feed(reader, stream.substr(0, piece)));
    while (reader.Next(&xml) == FrameReader::State::kFrame) units.emplace_back(xml);
  }
  return units;
}

std::string Length(uint32_t length) {
  return {static_cast<char>(length >> 24), static_cast<char>(length >> 16),
          static_cast<char>(length >> 8), static_cast<char>(length)};
}

FrameReader::State StateOf(std::string_view bytes, size_t max_frame) {
  FrameReader reader(max_frame);
  Feed(reader, bytes);
  std::string_view xml;
  return reader.Next(&xml);
}

TEST(FrameTest, PutsTheWholeLengthInNetworkOrderBeforeTheText) {
  EXPECT_EQ(Frame("<epp/>"), std::string("\0\0\0\x0a<epp/>", 10));
  EXPECT_EQ(Frame(std::string(300, 'x')).substr(0, 4), std::string("\0\0\x01\x30", 4));
}

TEST(FrameReaderTest, CutsTheSameUnitsHoweverTheStreamIsSplit) {
  const std::vector<std::string> units = {"<a/>", std::string(5000, 'b'), "c",
                                          std::string(30000, 'd')};
  std::string stream;
  for (const std::string& unit : units) stream += Frame(unit);
  for (size_t piece : {1, 2, 3, 5, 7, 1000, 4095, 4096, 4097, 100000}) {
    EXPECT_EQ(Cut(stream, piece), units) << piece;
  }
}

TEST(FrameReaderTest, RefusesALengthWithoutRoomForAnyText) {
  for (uint32_t length : {0u, 1u, 3u, 4u}) {
    EXPECT_EQ(StateOf(Length(length), 65536), FrameReader::State::kMalformed) << length;
  }
  EXPECT_EQ(StateOf(Length(5), 65536), FrameReader::State::kIncomplete);
  EXPECT_EQ(StateOf(Length(5) + "x", 65536), FrameReader::State::kFrame);
}

TEST(FrameReaderTest, RefusesALengthAboveTheLimitBeforeItArrives) {
  EXPECT_EQ(StateOf(Length(1000), 1000), FrameReader::State::kIncomplete);
  EXPECT_EQ(StateOf(Length(1001), 1000), FrameReader::State::kMalformed);
  EXPECT_EQ(StateOf(Length(0xffffffff), 65536), FrameReader::State::kMalformed);
  EXPECT_EQ(StateOf("GET / HTTP/1.1\r\n", 65536), FrameReader::State::kMalformed);
}

TEST(FrameReaderTest, NeverHoldsRoomForMoreThanOneUnit) {
  constexpr size_t kMax = 65536;
  FrameReader reader(kMax);
  Feed(reader, Length(kMax));
  for (size_t sent = 4; sent < kMax; sent += 4096) {
    ASSERT_LE(reader.Space().size(), kMax);
    Feed(reader, std::string(std::min<size_t>(4096, kMax - sent), 'x'));
  }
  std::string_view xml;
  ASSERT_EQ(reader.Next(&xml), FrameReader::State::kFrame);
  EXPECT_EQ(xml.size(), kMax - 4);
  EXPECT_TRUE(reader.empty());
  EXPECT_EQ(reader.Space().size(), 4096u) << "an idle session must not keep a large buffer";
}

TEST(FrameReaderTest, KeepsTheRestOfTheNextUnit) {
  FrameReader reader(65536);
  const std::string two = Frame("<a/>") + Frame("<b/>");
  Feed(reader, two.substr(0, 11));
  std::string_view xml;
  ASSERT_EQ(reader.Next(&xml), FrameReader::State::kFrame);
  EXPECT_EQ(xml, "<a/>");
  ASSERT_EQ(reader.Next(&xml), FrameReader::State::kIncomplete);
  EXPECT_FALSE(reader.empty());
  Feed(reader, two.substr(11));
  ASSERT_EQ(reader.Next(&xml), FrameReader::State::kFrame);
  EXPECT_EQ(xml, "<b/>");
}

}  // namespace
}  // namespace epp
