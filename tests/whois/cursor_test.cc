#include "whois/cursor.h"

#include <gtest/gtest.h>

#include <string>

namespace whois {
namespace {

const Cursor kCursor{7, true, {"b\u00fccher.org", -3}, {SortValue(int64_t{-5}), SortValue("x:y")}};

TEST(CursorTest, ComesBackAsItWas) {
  EXPECT_EQ(ParseCursor(FormatCursor(kCursor, "q"), "q"), kCursor);
  const Cursor first;
  EXPECT_EQ(ParseCursor(FormatCursor(first, ""), ""), first);
}

TEST(CursorTest, HasOnlyTheCharactersOfRfc8977) {
  for (int i = 0; i < 64; ++i) {
    const std::string text = FormatCursor({i + 1, false, {std::string(i, '~'), i}, {}}, "q");
    EXPECT_EQ(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                     "0123456789/=-_"),
              std::string::npos)
        << text;
  }
}

TEST(CursorTest, BelongsToOneQuery) {
  const std::string text = FormatCursor(kCursor, "one");
  EXPECT_FALSE(ParseCursor(text, "two"));
  EXPECT_FALSE(ParseCursor(text, ""));
}

TEST(CursorTest, IsGoodOnlyAsItWasMade) {
  const std::string text = FormatCursor(kCursor, "q");
  for (size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] = other[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(ParseCursor(other, "q")) << other;
    EXPECT_FALSE(ParseCursor(text.substr(0, i), "q")) << i;
  }
  for (const std::string& other : {text + "=", text + " ", " " + text, text + "A", text + "AAAA"}) {
    EXPECT_FALSE(ParseCursor(other, "q")) << other;
  }
}

}  // namespace
}  // namespace whois
