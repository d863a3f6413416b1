#include "whois/html.h"

#include <gtest/gtest.h>

#include <random>

#include "registry/base/utf8.h"

namespace whois {
namespace {

TEST(HtmlTest, EscapesTextsAndAttributes) {
  EXPECT_EQ(EscapeHtml("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
  Html html;
  html.Open("a", {{"href", "/?q=\"><script>"}}).Text("</a><script>").Close();
  EXPECT_EQ(html.Take(), "<a href=\"/?q=&quot;&gt;&lt;script&gt;\">&lt;/a&gt;&lt;script&gt;</a>");
}

TEST(HtmlTest, ReplacesWhatNobodyCanRead) {
  EXPECT_EQ(EscapeHtml("b\u00fccher"), "b\u00fccher");
  EXPECT_EQ(EscapeHtml(std::string_view("a\0b", 3)), "a\uFFFDb");
  EXPECT_EQ(EscapeHtml("a\x1b[31m"), "a\uFFFD[31m");
  EXPECT_EQ(EscapeHtml("\xC3("), "\uFFFD(");
}

// Whatever comes in, what comes out is readable text without markup.
TEST(HtmlTest, NoTextBecomesMarkup) {
  std::mt19937 random(7);
  const std::string_view pieces[] = {"<script>", "-->",  "]]>",        "&#60;",      "\"", "'",
                                     "\xC3",     "\xFF", "\u202E",     "</title>",   "=",  "`",
                                     "&lt",      "\n",   "javascript", "onerror=\"", "<",  ">"};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    const size_t length = random() % 12;
    while (text.size() < length) {
      if (random() % 2 == 0) {
        text += pieces[random() % std::size(pieces)];
      } else {
        text += static_cast<char>(random() % 256);
      }
    }
    const std::string escaped = EscapeHtml(text);
    ASSERT_EQ(escaped.find_first_of("<>\"'"), std::string::npos) << escaped;
    ASSERT_TRUE(registry::PrintableLength(escaped)) << escaped;
    for (size_t at = escaped.find('&'); at != std::string::npos; at = escaped.find('&', at + 1)) {
      const std::string_view rest = std::string_view(escaped).substr(at);
      ASSERT_TRUE(rest.starts_with("&amp;") || rest.starts_with("&lt;") ||
                  rest.starts_with("&gt;") || rest.starts_with("&quot;") ||
                  rest.starts_with("&#39;"))
          << escaped;
    }
  }
}

TEST(HtmlTest, LinksLeadToTheWebOnly) {
  EXPECT_TRUE(IsWebUrl("https://registrar.example/"));
  EXPECT_TRUE(IsWebUrl("http://registrar.example/"));
  for (std::string_view url :
       {"javascript:alert(1)", "data:text/html,x", "//registrar.example", "JaVaScRiPt:alert(1)",
        " https://a.example", "https://a.example/ b", "https://a.example/\x01", ""}) {
    EXPECT_FALSE(IsWebUrl(url)) << url;
  }
}

TEST(HtmlDeathTest, AbortsIfAnElementIsStillOpen) {
  Html html;
  html.Open("p");
  EXPECT_DEATH(html.Take(), "");
}

}  // namespace
}  // namespace whois
