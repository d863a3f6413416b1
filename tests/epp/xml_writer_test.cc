#include "epp/xml_writer.h"

#include <gtest/gtest.h>

#include "epp/frame_check.h"

namespace epp {
namespace {

TEST(XmlWriterTest, WritesElements) {
  XmlWriter xml;
  xml.Open("a", {{"b", "1"}, {"c", "2"}}).Leaf("d", "e").Leaf("f", "", {{"g", "h"}});
  xml.Empty("i").Open("j").Insert("<k/>").Close().Close();
  EXPECT_EQ(xml.Take(), R"(<a b="1" c="2"><d>e</d><f g="h"></f><i/><j><k/></j></a>)");
}

TEST(XmlWriterTest, EscapesTexts) {
  XmlWriter xml;
  xml.Leaf("a", "<&>\"'\t\n\r]]>", {{"b", "<&>\"'\t\n\r"}});
  EXPECT_EQ(xml.text(),
            "<a b=\"&lt;&amp;&gt;&quot;'&#9;&#10;&#13;\">"
            "&lt;&amp;&gt;&quot;'&#9;&#10;&#13;]]&gt;</a>");
}

TEST(XmlWriterTest, NeverWritesWhatXmlForbids) {
  const std::string texts[] = {std::string("a\0b", 3), "\x01\x1F",     "\xFF\xFE",    "\xC3",
                               "\xED\xA0\x80",         "\xEF\xBF\xBF", "\xF0\x9F\x98"};
  for (const std::string& text : texts) {
    XmlWriter xml;
    xml.Leaf("a", text, {{"b", text}});
    EXPECT_TRUE(CheckFrame(xml.text()).ok()) << testing::PrintToString(text);
    EXPECT_NE(xml.text().find("\uFFFD"), std::string::npos) << testing::PrintToString(text);
  }
}

TEST(XmlWriterTest, KeepsOtherCharacters) {
  XmlWriter xml;
  xml.Leaf("a", "\u00E9\u4E00\U0001F600");
  EXPECT_EQ(xml.text(), "<a>\u00E9\u4E00\U0001F600</a>");
}

TEST(XmlWriterDeathTest, InsistsOnClosing) {
  XmlWriter xml;
  xml.Open("a");
  EXPECT_DEATH(xml.Take(), "open_");
  EXPECT_DEATH(XmlWriter().Close(), "open_");
}

}  // namespace
}  // namespace epp
