#include "epp/frame_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace epp {
namespace {

using testing::HasSubstr;

// Empty if the frame is fine, else what is wrong.
std::string Check(std::string_view octets, const FrameLimits& limits = {}) {
  const absl::StatusOr<std::string> decoded = DecodeFrame(octets);
  if (!decoded.ok()) return std::string(decoded.status().message());
  const absl::Status status = CheckFrame(*decoded, limits);
  return status.ok() ? "" : std::string(status.message());
}

std::string Utf16(std::string_view ascii, bool big_endian) {
  std::string out = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (char c : ascii) {
    if (big_endian) out += '\0';
    out += c;
    if (!big_endian) out += '\0';
  }
  return out;
}

TEST(FrameCheckTest, AcceptsWhatXmlAllows) {
  for (const char* good : {
           "<a/>",
           "<a></a>",
           "<a ></a >",
           " \r\n\t<a/> ",
           "\xEF\xBB\xBF<a/>",
           "<?xml version=\"1.0\"?><a/>",
           "<?xml version='1.0' encoding='UTF-8'?><a/>",
           "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"no\" ?>\n<a/>",
           "<?xml version = \"1.0\" standalone='yes'?><a/>",
           "<!-- before --><a><!-- - inside - --></a><!---->",
           "<?php echo?><a><?b?><?c d?></a><?e f ? g ?>",
           "<a b='1' c=\"2\"/>",
           "<a\nb = '1'\tc\r=\n'2'/>",
           "<a b='&quot;\"&apos;>'/>",
           "<a>&lt;&gt;&amp;&apos;&quot;&#65;&#x41;&#x1F600;</a>",
           "<a><![CDATA[<b>&nothing;]]]]><![CDATA[>]]></a>",
           "<a>] ]> ]]</a>",
           "<a xmlns='u'><b xmlns=''/></a>",
           "<p:a xmlns:p='u'><p:b xmlns:p='v' p:c='1' c='2'/></p:a>",
           "<a xml:lang='en' xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
           "<\xC3\xA9l\xC3\xA9ment \xE4\xB8\x80='\xF0\x9F\x98\x80'/>",
           "<a-b.c_d1/>",
       }) {
    EXPECT_EQ(Check(good), "") << good;
  }
}

struct Bad {
  std::string frame;
  const char* fault;
};

TEST(FrameCheckTest, RefusesWhatIsNoDocument) {
  const std::string nul("<a>\0</a>", 8);
  const Bad bad[] = {
      {"", "no root"},
      {"   ", "no root"},
      {"<!-- only -->", "no root"},
      {"text", "text before the root"},
      {"x<a/>", "text before the root"},
      {"<a/>x", "follows the root"},
      {"<a/><b/>", "follows the root"},
      {"<a/>&amp;", "follows the root"},
      {"<a/><![CDATA[]]>", "follows the root"},
      {"<a/>\xEF\xBB\xBF", "follows the root"},
      {nul, "a character that XML forbids"},
      {"<a>\x01</a>", "a character that XML forbids"},
      {"<a>\xEF\xBF\xBF</a>", "a character that XML forbids"},
      {"<a>\xC0\x80</a>", "not UTF-8"},
      {"<a>\xE9</a>", "not UTF-8"},
      {"<a>\xED\xA0\x80</a>", "not UTF-8"},
  };
  for (const Bad& row : bad) EXPECT_THAT(Check(row.frame), HasSubstr(row.fault)) << row.frame;
}

TEST(FrameCheckTest, RefusesBadTags) {
  const Bad bad[] = {
      {"<a>", "ends inside"},
      {"<a><b></a></b>", "without its start tag"},
      {"<a></ab>", "without its start tag"},
      {"<ab></a>", "without its start tag"},
      {"</a>", "malformed name"},
      {"<a></a", "without its start tag"},
      {"<a", "unfinished tag"},
      {"< a/>", "malformed name"},
      {"<1a/>", "malformed name"},
      {"<-a/>", "malformed name"},
      {"<a/ >", "malformed start tag"},
      {"<a><></a>", "malformed name"},
      {"<a b/>", "without a value"},
      {"<a b=/>", "without quotes"},
      {"<a b=1/>", "without quotes"},
      {"<a b='1\"/>", "unfinished attribute"},
      {"<a b='1'c='2'/>", "no space before"},
      {"<a b='1' b='2'/>", "same attribute twice"},
      {"<a b='<'/>", "< in an attribute"},
      {"<a b='&'/>", "reference"},
      {"<a 'b'/>", "malformed name"},
      {"<a>]]></a>", "]]> in text"},
  };
  for (const Bad& row : bad) EXPECT_THAT(Check(row.frame), HasSubstr(row.fault)) << row.frame;
}

TEST(FrameCheckTest, RefusesDeclarationsAndEntities) {
  const Bad bad[] = {
      {"<!DOCTYPE a><a/>", "document type"},
      {"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "document type"},
      {"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "document type"},
      {"<!DOCTYPE a [<!ENTITY a0 'ha'><!ENTITY a1 '&a0;&a0;&a0;'>]><a>&a1;</a>", "document type"},
      {"<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://example.net/'>%p;]><a/>", "document type"},
      {"<a/><!DOCTYPE a>", "follows the root"},
      {"<a><!DOCTYPE a></a>", "declaration inside"},
      {"<a><!ENTITY x 'y'></a>", "declaration inside"},
      {"<a>&x;</a>", "unknown entity"},
      {"<a b='&x;'/>", "unknown entity"},
      {"<a>&LT;</a>", "unknown entity"},
      {"<a>&</a>", "malformed reference"},
      {"<a>&amp</a>", "malformed reference"},
      {"<a>& amp;</a>", "unknown entity"},
      {"<a>&;</a>", "unknown entity"},
      {"<a>&#;</a>", "illegal character reference"},
      {"<a>&#x;</a>", "illegal character reference"},
      {"<a>&#0;</a>", "illegal character reference"},
      {"<a>&#x1;</a>", "illegal character reference"},
      {"<a>&#xD800;</a>", "illegal character reference"},
      {"<a>&#xFFFE;</a>", "illegal character reference"},
      {"<a>&#x110000;</a>", "illegal character reference"},
      {"<a>&#4294967361;</a>", "reference"},
      {"<a>&#X41;</a>", "illegal character reference"},
      {"<a>&#6 5;</a>", "illegal character reference"},
      {"<a>&aaaaaaaaaaaaaaaaaaaaaaaaaaaa;</a>", "malformed reference"},
  };
  for (const Bad& row : bad) EXPECT_THAT(Check(row.frame), HasSubstr(row.fault)) << row.frame;
}

TEST(FrameCheckTest, RefusesBadCommentsAndInstructions) {
  const Bad bad[] = {
      {"<!-- a -- b --><a/>", "two hyphens"},
      {"<!--- a ---><a/>", "two hyphens"},
      {"<!-- a <a/>", "unfinished comment"},
      {"<!-><a/>", "malformed name"},
      {"<? b?><a/>", "malformed name"},
      {"<?b", "malformed processing instruction"},
      {"<?b c <a/>", "unfinished processing"},
      {"<?b:c d?><a/>", "colon"},
      {" <?xml version='1.0'?><a/>", "not at the beginning"},
      {"<a><?XML version='1.0'?></a>", "not at the beginning"},
      {"<a><![CDATA[</a>", "unfinished CDATA"},
      {"<a><![cdata[]]></a>", "declaration inside"},
  };
  for (const Bad& row : bad) EXPECT_THAT(Check(row.frame), HasSubstr(row.fault)) << row.frame;
}

TEST(FrameCheckTest, RefusesBadXmlDeclarations) {
  const Bad bad[] = {
      {"<?xml version='1.1'?><a/>", "not XML version 1.0"},
      {"<?xml version='2.0'?><a/>", "not XML version 1.0"},
      {"<?xml?><a/>", "XML declaration"},
      {"<?xml encoding='UTF-8'?><a/>", "malformed XML declaration"},
      {"<?xml version='1.0' standalone='maybe'?><a/>", "malformed XML declaration"},
      {"<?xml version='1.0' standalone='no' encoding='UTF-8'?><a/>", "malformed XML declaration"},
      {"<?xml version='1.0'encoding='UTF-8'?><a/>", "malformed XML declaration"},
      {"<?xml version='1.0' ><a/>", "malformed XML declaration"},
      {"<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "UTF-8 or UTF-16"},
      {"<?xml version='1.0' encoding='US-ASCII'?><a/>", "UTF-8 or UTF-16"},
      {"<?xml version='1.0' encoding='UTF-16'?><a/>", "UTF-8 or UTF-16"},
      {"<?xml version='1.0' encoding=''?><a/>", "malformed encoding"},
  };
  for (const Bad& row : bad) EXPECT_THAT(Check(row.frame), HasSubstr(row.fault)) << row.frame;
}

TEST(FrameCheckTest, RefusesBadNamespaces) {
  const Bad bad[] = {
      {"<p:a/>", "undeclared"},
      {"<a p:b='1'/>", "undeclared"},
      {"<a><p:b xmlns:p='u'/><p:c/></a>", "undeclared"},
      {"<a xmlns:p=''/>", "bound to no namespace"},
      {"<a:b:c xmlns:a='u'/>", "two colons"},
      {"<:a/>", "malformed name"},
      {"<p: xmlns:p='u'/>", "malformed name"},
      {"<p:1 xmlns:p='u'/>", "malformed name"},
      {"<a xmlns:xml='u'/>", "reserved"},
      {"<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>", "reserved"},
      {"<a xmlns='http://www.w3.org/2000/xmlns/'/>", "reserved"},
      {"<a xmlns:xmlns='u'/>", "reserved"},
      {"<xmlns:a/>", "undeclared"},
      {"<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "same attribute twice"},
      {"<a xmlns:p='u' xmlns:q='&#117;' p:b='1' q:b='2'/>", "same attribute twice"},
  };
  for (const Bad& row : bad) EXPECT_THAT(Check(row.frame), HasSubstr(row.fault)) << row.frame;
}

TEST(FrameCheckTest, ReadsUtf16WithItsMarkOnly) {
  const std::string frame = "<?xml version='1.0' encoding='UTF-16'?><a>b</a>";
  EXPECT_EQ(Check(Utf16(frame, true)), "");
  EXPECT_EQ(Check(Utf16(frame, false)), "");
  EXPECT_EQ(Check(Utf16("<a/>", true)), "");
  EXPECT_NE(Check(Utf16(frame, true).substr(2)), "");
  EXPECT_NE(Check(Utf16(frame, true) + "\x01"), "");
  EXPECT_THAT(Check(Utf16("<?xml version='1.0' encoding='UTF-8'?><a/>", true)),
              HasSubstr("UTF-8 or UTF-16"));
  EXPECT_EQ(*DecodeFrame(Utf16("<a>b</a>", false)), "<a>b</a>");
}

TEST(FrameCheckTest, BoundsDepthAttributesAndNamespaces) {
  FrameLimits limits{.depth = 3, .attributes = 2, .namespaces = 2};
  EXPECT_EQ(Check("<a><a><a/></a></a>", limits), "");
  EXPECT_THAT(Check("<a><a><a><a/></a></a></a>", limits), HasSubstr("too deeply"));
  EXPECT_EQ(Check("<a b='' c=''/>", limits), "");
  EXPECT_THAT(Check("<a b='' c='' d=''/>", limits), HasSubstr("too many attributes"));
  EXPECT_EQ(Check("<a xmlns='u'><b xmlns='v'/><b xmlns='v'/></a>", limits), "");
  EXPECT_THAT(Check("<a xmlns='u'><b xmlns='v'><b xmlns='w'/></b></a>", limits),
              HasSubstr("too many namespace"));
}

TEST(FrameCheckTest, SurvivesEveryPrefixAndEveryDamagedOctet) {
  const std::string frame =
      "<?xml version='1.0' encoding='UTF-8'?><p:a xmlns:p='u' b=\"&#x41;\"><!-- c --><![CDATA[d]]>"
      "<?e f?>\xC3\xA9&lt;</p:a>";
  ASSERT_EQ(Check(frame), "");
  for (size_t i = 0; i < frame.size(); ++i) EXPECT_NE(Check(frame.substr(0, i)), "") << i;
  for (size_t i = 0; i < frame.size(); ++i) {
    std::string damaged = frame;
    damaged[i] = '<';
    Check(damaged);
    damaged[i] = '\xFF';
    EXPECT_NE(Check(damaged), "") << i;
  }
}

}  // namespace
}  // namespace epp
