#include "registry/base/utf8.h"

#include <gtest/gtest.h>

namespace registry {
namespace {

TEST(Utf8Test, CountsCharactersNotOctets) {
  EXPECT_EQ(PrintableLength(""), 0u);
  EXPECT_EQ(PrintableLength("abc d"), 5u);
  EXPECT_EQ(PrintableLength("M\xC3\xBCnchen"), 7u);
  EXPECT_EQ(PrintableLength("\xE6\x9D\xB1\xE4\xBA\xAC"), 2u);
  EXPECT_EQ(PrintableLength("\xF0\x9F\x8C\x8D"), 1u);
  EXPECT_EQ(PrintableLength("\xF4\x8F\xBF\xBD"), 1u);  // the last but two code points
}

TEST(Utf8Test, DecodesAndEncodesCodePoints) {
  const std::u32string points = {'a', 0xFC, 0x7FF, 0x800, 0x56FD, 0xFFFD, 0x10000, 0x10FFFD};
  std::string text;
  for (char32_t point : points) AppendUtf8(text, point);
  EXPECT_EQ(text.size(), 1u + 2 + 2 + 3 + 3 + 3 + 4 + 4);
  EXPECT_EQ(DecodeUtf8(text), points);
  EXPECT_EQ(DecodeUtf8("M\xC3\xBCnchen"), U"M\u00FCnchen");
  EXPECT_EQ(DecodeUtf8(""), U"");
  EXPECT_EQ(DecodeUtf8("a\xC3"), std::nullopt);
}

TEST(Utf8Test, RefusesMalformedText) {
  const std::string_view bad[] = {
      "\x80",              // begins in the middle
      "\xC3",              // ends in the middle
      "\xC3(",             // no continuation
      "\xC0\xAF",          // overlong
      "\xC1\xBF",          // overlong
      "\xE0\x80\xAF",      // overlong
      "\xF0\x80\x80\xAF",  // overlong
      "\xED\xA0\x80",      // surrogate
      "\xF4\x90\x80\x80",  // above U+10FFFF
      "\xF5\x80\x80\x80",  // no such lead
      "\xFF",
  };
  for (std::string_view text : bad) EXPECT_EQ(PrintableLength(text), std::nullopt) << text;
}

TEST(Utf8Test, RefusesWhatCannotBeRead) {
  const std::string_view bad[] = {
      std::string_view("a\0b", 3),
      "a\nb",
      "a\tb",
      "a\rb",
      "\x1B[31m",
      "\x7F",
      "\xC2\x85",
      "\xE2\x80\xA8",
      "\xE2\x80\xA9",
      "\xEF\xB7\x90",
      "\xEF\xBF\xBE",
      "\xEF\xBF\xBF",
  };
  for (std::string_view text : bad) EXPECT_EQ(PrintableLength(text), std::nullopt) << text;
}

TEST(Utf8Test, AcceptsTheNeighboursOfWhatItRefuses) {
  const std::string_view good[] = {" ",
                                   "~",
                                   "\xC2\xA0",
                                   "\xED\x9F\xBF",
                                   "\xEE\x80\x80",
                                   "\xEF\xBF\xBD",
                                   "\xE2\x80\xA7",
                                   "\xEF\xB7\x8F"};
  for (std::string_view text : good) EXPECT_EQ(PrintableLength(text), 1u) << text;
}

TEST(Utf8Test, ExcerptsAreShortAndPrintable) {
  EXPECT_EQ(Excerpt("plain"), "plain");
  EXPECT_EQ(Excerpt("a\nb\xFF"
                    "c\xC3\xBC"),
            "a?b?c\xC3\xBC");
  std::string umlauts;
  for (int i = 0; i < 100; ++i) umlauts += "\xC3\xBC";
  EXPECT_EQ(Excerpt(umlauts), umlauts.substr(0, 128));
  EXPECT_EQ(Excerpt(std::string(100, '\xFF')), std::string(64, '?'));
}

}  // namespace
}  // namespace registry
