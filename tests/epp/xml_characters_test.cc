#include "epp/xml_characters.h"

#include <gtest/gtest.h>

namespace epp {
namespace {

TEST(Utf8Test, ReadsEachLengthOfSequence) {
  const std::string text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80";
  size_t position = 0;
  EXPECT_EQ(ReadUtf8(text, &position), U'a');
  EXPECT_EQ(ReadUtf8(text, &position), U'\u00E9');
  EXPECT_EQ(ReadUtf8(text, &position), U'\u20AC');
  EXPECT_EQ(ReadUtf8(text, &position), U'\U0001F600');
  EXPECT_EQ(position, text.size());
  EXPECT_EQ(ReadUtf8(text, &position), std::nullopt);
}

TEST(Utf8Test, RefusesWhatIsMalformed) {
  for (const char* bad :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3(", "\xE0\x80\x80", "\xE2\x82", "\xED\xA0\x80",
        "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
    size_t position = 0;
    EXPECT_EQ(ReadUtf8(bad, &position), std::nullopt) << testing::PrintToString(bad);
  }
}

TEST(Utf8Test, WritesWhatItReads) {
  for (char32_t c : {U'a', U'\u007F', U'\u0080', U'\u07FF', U'\u0800', U'\uFFFD', U'\U00010000',
                     U'\U0010FFFF'}) {
    std::string text;
    AppendUtf8(c, &text);
    size_t position = 0;
    EXPECT_EQ(ReadUtf8(text, &position), c);
    EXPECT_EQ(CountCharacters(text), 1u);
  }
}

TEST(Utf16Test, ReadsBothOrdersAndSurrogatePairs) {
  using namespace std::string_literals;
  EXPECT_EQ(Utf16ToUtf8("\x00"s + "a\x20\xAC"s, true), "a\u20AC");
  EXPECT_EQ(Utf16ToUtf8("a\x00\xAC\x20"s, false), "a\u20AC");
  EXPECT_EQ(Utf16ToUtf8("\xD8\x3D\xDE\x00"s, true), "\U0001F600");
}

TEST(Utf16Test, RefusesHalves) {
  using namespace std::string_literals;
  EXPECT_EQ(Utf16ToUtf8("a"s, true), std::nullopt);                    // half a unit
  EXPECT_EQ(Utf16ToUtf8("\xD8\x3D"s, true), std::nullopt);             // half a pair
  EXPECT_EQ(Utf16ToUtf8("\xD8\x3D\x00"s + "a"s, true), std::nullopt);  // the wrong half
  EXPECT_EQ(Utf16ToUtf8("\xDE\x00"s, true), std::nullopt);             // the second half alone
}

TEST(XmlCharacterTest, KnowsWhatXmlForbids) {
  for (char32_t c : {U'\t', U'\n', U'\r', U' ', U'\uD7FF', U'\uE000', U'\uFFFD', U'\U00010000'}) {
    EXPECT_TRUE(IsXmlCharacter(c)) << std::hex << static_cast<uint32_t>(c);
  }
  for (char32_t c : {char32_t{0}, char32_t{1}, char32_t{0x1F}, char32_t{0xD800}, char32_t{0xFFFE},
                     char32_t{0xFFFF}, char32_t{0x110000}}) {
    EXPECT_FALSE(IsXmlCharacter(c)) << std::hex << static_cast<uint32_t>(c);
  }
}

TEST(XmlCharacterTest, KnowsNames) {
  for (char32_t c : {U'a', U'Z', U'_', U'\u00E9', U'\u4E00'}) EXPECT_TRUE(IsNameStart(c));
  for (char32_t c : {U'-', U'.', U'7', U'\u00B7'}) {
    EXPECT_FALSE(IsNameStart(c));
    EXPECT_TRUE(IsNameCharacter(c));
  }
  for (char32_t c : {U':', U' ', U'<', U'\u00D7', U'\u2028'}) EXPECT_FALSE(IsNameCharacter(c));
}

}  // namespace
}  // namespace epp
