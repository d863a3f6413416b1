#include "epp/xml_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "epp/reasons.h"
#include "registry/types/reasons.h"

namespace epp {
namespace {

using registry::Reject;

// A parsed document and what reading it finds.
class XmlReaderTest : public testing::Test {
 protected:
  Element Parse(std::string text) {
    text_ = std::move(text);
    faults_ = Faults();
    constexpr unsigned kOptions = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
                                  pugi::parse_wconv_attribute | pugi::parse_ws_pcdata;
    EXPECT_TRUE(document_.load_buffer(text_.data(), text_.size(), kOptions));
    return Element(document_.document_element());
  }
  std::string_view fault() const {
    return faults_.any() ? faults_.rejection().reason.id : std::string_view("none");
  }

  std::string text_;
  pugi::xml_document document_;
  Faults faults_;
};

TEST_F(XmlReaderTest, ResolvesPrefixesDefaultsAndRedeclarations) {
  const Element a = Parse("<a xmlns='u' xmlns:p='v'><p:b/><c xmlns=''/><p:d xmlns:p='w'/><e/></a>");
  EXPECT_TRUE(a.Is("u", "a"));
  Element child = a.FirstChild();
  EXPECT_TRUE(child.Is("v", "b"));
  child = child.Next();
  EXPECT_TRUE(child.Is("", "c"));
  child = child.Next();
  EXPECT_TRUE(child.Is("w", "d"));
  child = child.Next();
  EXPECT_TRUE(child.Is("u", "e"));
  EXPECT_FALSE(child.Is("u", "a"));
  EXPECT_FALSE(child.Next());
}

TEST_F(XmlReaderTest, JoinsTextCdataAndEntitiesAroundComments) {
  EXPECT_EQ(Parse("<a> b<!-- c --><![CDATA[<d>]]>&amp;<?e?> </a>").Text(), " b<d>& ");
  EXPECT_EQ(Parse("<a><![CDATA[ ]]> </a>").HasText(), false);
  EXPECT_EQ(Parse("<a><b/>c</a>").HasText(), true);
}

TEST_F(XmlReaderTest, TakesChildrenInOrder) {
  Content content(Parse("<a xmlns='u'> <b/> <c/><c/> <d/> </a>"), &faults_);
  EXPECT_TRUE(content.Require("b"));
  EXPECT_FALSE(content.Take("x"));
  EXPECT_EQ(content.TakeAll("c").size(), 2u);
  EXPECT_TRUE(content.Take("d"));
  content.End();
  EXPECT_EQ(fault(), "none");
}

TEST_F(XmlReaderTest, ComplainsOfWhatTheSchemaForbids) {
  const auto read = [&](std::string text) {
    Content content(Parse(std::move(text)), &faults_);
    content.Require("b");
    content.RequireAll("c", {"e"}, 2);
    content.End();
    return fault();
  };
  EXPECT_EQ(read("<a xmlns='u'><b/><c e='1'/></a>"), "none");
  EXPECT_EQ(read("<a xmlns='u'><c/></a>"), kElementUnexpected.id);
  EXPECT_EQ(read("<a xmlns='u'><b/></a>"), kElementMissing.id);
  EXPECT_EQ(read("<a xmlns='u'><c/><b/></a>"), kElementUnexpected.id);
  EXPECT_EQ(read("<a xmlns='u'><b/><b/><c/></a>"), kElementUnexpected.id);
  EXPECT_EQ(read("<a xmlns='u'><b/><c/><c/><c/></a>"), kElementUnexpected.id);
  EXPECT_EQ(read("<a xmlns='u'><b/><c/><d/></a>"), kElementUnexpected.id);
  EXPECT_EQ(read("<a xmlns='u'><b xmlns='v'/><c/></a>"), kElementUnexpected.id);
  EXPECT_EQ(read("<a xmlns='u'><b/><c/><c xmlns=''/></a>"), kElementUnexpected.id);
  EXPECT_EQ(read("<a xmlns='u'>x<b/><c/></a>"), kTextUnexpected.id);
  EXPECT_EQ(read("<a xmlns='u'><b/><c/><![CDATA[x]]></a>"), kTextUnexpected.id);
  EXPECT_EQ(read("<a xmlns='u'><b f='1'/><c/></a>"), kAttributeUnexpected.id);
  EXPECT_EQ(read("<a xmlns='u'><b/><c f='1'/></a>"), kAttributeUnexpected.id);
}

TEST_F(XmlReaderTest, SaysWhatIsUnexpectedAndWhatIsNot) {
  const auto subject = [&](std::string text) {
    Faults faults;
    Content content(Parse(std::move(text)), &faults);
    content.Require("b");
    content.Take("c");
    content.TakeAll("d", {}, 1);
    content.End();
    return faults.rejection().subject;
  };
  EXPECT_EQ(subject("<a xmlns='u'/>"), "b") << "this one is missing";
  EXPECT_EQ(subject("<a xmlns='u'><x/></a>"), "x (expected: b)");
  EXPECT_EQ(subject("<a xmlns='u'><b/><x/></a>"), "x (expected: c or d)");
  EXPECT_EQ(subject("<a xmlns='u'><b/><c/><b/></a>"), "b (expected: d)");
  EXPECT_EQ(subject("<a xmlns='u'><b/><d/><d/></a>"), "d") << "the last was the last";
  EXPECT_EQ(subject("<a xmlns='u'><b xmlns='v'/></a>"), "b in namespace 'v' (expected: b)");
}

TEST_F(XmlReaderTest, AllowsSchemaLocationsButNoOtherForeignAttribute) {
  const std::string xsi = "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' ";
  EXPECT_EQ(Parse("<a " + xsi + "i:schemaLocation='u v'/>").UnexpectedAttribute({}), "");
  EXPECT_EQ(Parse("<a " + xsi + "i:noNamespaceSchemaLocation='v'/>").UnexpectedAttribute({}), "");
  EXPECT_EQ(Parse("<a " + xsi + "i:type='u'/>").UnexpectedAttribute({}), "i:type");
  EXPECT_EQ(Parse("<a xmlns:i='u' i:schemaLocation='u v'/>").UnexpectedAttribute({}),
            "i:schemaLocation");
  EXPECT_EQ(Parse("<a schemaLocation='u v'/>").UnexpectedAttribute({}), "schemaLocation");
  EXPECT_EQ(Parse("<a xml:lang='en'/>").UnexpectedAttribute({"lang"}), "xml:lang");
}

TEST_F(XmlReaderTest, ReadsTokensAndNormalizedStrings) {
  EXPECT_EQ(ReadToken(Parse("<a> \n b\t\tc\r\nd </a>"), &faults_), "b c d");
  EXPECT_EQ(ReadNormalized(Parse("<a> \n b\t</a>"), &faults_), "   b ");
  EXPECT_EQ(ReadToken(Parse("<a/>"), &faults_), "");
  EXPECT_EQ(ReadToken(Element(), &faults_), "");
  EXPECT_EQ(fault(), "none");
  ReadToken(Parse("<a>b<c/></a>"), &faults_);
  EXPECT_EQ(fault(), kElementUnexpected.id);
  ReadNormalized(Parse("<a>b<c/></a>"), &faults_);
  EXPECT_EQ(fault(), kElementUnexpected.id);
  ExpectEmpty(Parse("<a>b</a>"), &faults_);
  EXPECT_EQ(fault(), kTextUnexpected.id);
}

TEST_F(XmlReaderTest, ReadsAttributesAsTokens) {
  EXPECT_EQ(RequireAttribute(Parse("<a b=' c '/>"), "b", {"c"}, &faults_), "c");
  EXPECT_EQ(fault(), "none");
  RequireAttribute(Parse("<a/>"), "b", {"c"}, &faults_);
  EXPECT_EQ(fault(), kAttributeMissing.id);
  RequireAttribute(Parse("<a b='d'/>"), "b", {"c"}, &faults_);
  EXPECT_EQ(fault(), kAttributeValue.id);
}

TEST_F(XmlReaderTest, KeepsTheFaultOfTheEarliestStage) {
  const Element a = Parse("<a/>");
  faults_.Parameter(Reject(kNumberSyntax), a);
  faults_.Parameter(Reject(kNumberRange), a);
  EXPECT_EQ(fault(), kNumberSyntax.id);
  faults_.Option(kUrgentNotOffered, a);
  EXPECT_EQ(fault(), kUrgentNotOffered.id);
  faults_.Schema(kTextUnexpected, a);
  faults_.Schema(kElementMissing, a);
  faults_.Option(kMonthsNotOffered, a);
  EXPECT_EQ(fault(), kTextUnexpected.id);
  faults_.Service(kUnknownObject, a);
  EXPECT_EQ(fault(), kUnknownObject.id);
}

TEST_F(XmlReaderTest, EchoesAnElementButNeverAPassword) {
  EXPECT_EQ(Parse("<p:a xmlns:p='u' b='&lt;'>c&amp;</p:a>").Echo(),
            R"(<a xmlns="u" b="&lt;">c&amp;</a>)");
  EXPECT_EQ(Parse("<a xmlns='u'><b>c</b></a>").Echo(), R"(<a xmlns="u"/>)");
  EXPECT_EQ(Parse("<a xmlns='u'> <!-- b --> </a>").Echo(), R"(<a xmlns="u"/>)");
  EXPECT_EQ(Parse("<a><pw>secret</pw></a>").FirstChild().Echo(), R"(<pw xmlns=""/>)");
  EXPECT_EQ(Parse("<newPW>secret</newPW>").Echo(), R"(<newPW xmlns=""/>)");
  EXPECT_EQ(Parse("<a>" + std::string(300, 'x') + "</a>").Echo(), R"(<a xmlns=""/>)");
  EXPECT_EQ(Element().Echo(), "");
}

TEST_F(XmlReaderTest, EchoesNothingOfWhatStandsInASecret) {
  const std::string authInfo = R"(<authInfo xmlns="u"/>)", pw = R"(<pw xmlns="u"/>)";
  EXPECT_EQ(Parse("<authInfo xmlns='u' a='secret'>secret</authInfo>").Echo(), authInfo);
  EXPECT_EQ(Parse("<authInfo xmlns='u'><ext>secret</ext></authInfo>").FirstChild().Echo(),
            authInfo);
  EXPECT_EQ(Parse("<authInfo xmlns='u'><pw><secret b='secret'>secret</secret></pw></authInfo>")
                .FirstChild()
                .FirstChild()
                .Echo(),
            pw);
  EXPECT_EQ(Parse("<a xmlns='u' pw='secret'/>").Echo(), R"(<a xmlns="u"/>)");
  ReadToken(Parse("<pw xmlns='u'>sec<ret/></pw>"), &faults_);
  EXPECT_EQ(faults_.echo(), pw);
  EXPECT_EQ(faults_.rejection().subject, "");
}

TEST_F(XmlReaderTest, EchoesTheNameAloneOfAnElementThatIsNotOurs) {
  Content(Parse("<a xmlns='u'><password hint='secret'>secret</password></a>"), &faults_).End();
  EXPECT_EQ(faults_.echo(), R"(<password xmlns="u"/>)");
}

TEST_F(XmlReaderTest, KeepsWhatPolicyRefusesApartFromFaults) {
  Faults faults;
  faults.Policy(Reject(kTooManyNames), Parse("<a xmlns='u'>b</a>"));
  faults.Policy(Reject(kNumberSyntax), Parse("<c/>"));
  EXPECT_FALSE(faults.any());
  EXPECT_EQ(faults.policy()->reason.id, kTooManyNames.id) << "the first";
  EXPECT_EQ(faults.policy_echo(), R"(<a xmlns="u">b</a>)");
}

TEST(LexicalFormTest, Booleans) {
  EXPECT_EQ(ParseBoolean("true"), true);
  EXPECT_EQ(ParseBoolean("1"), true);
  EXPECT_EQ(ParseBoolean("false"), false);
  EXPECT_EQ(ParseBoolean("0"), false);
  for (const char* bad : {"", "TRUE", "yes", "2", "01"}) EXPECT_EQ(ParseBoolean(bad), std::nullopt);
}

TEST(LexicalFormTest, Integers) {
  EXPECT_EQ(ParseInteger("0"), 0);
  EXPECT_EQ(ParseInteger("-1"), -1);
  EXPECT_EQ(ParseInteger("+007"), 7);
  EXPECT_EQ(ParseInteger("99999999999999999999"), std::numeric_limits<int64_t>::max());
  for (const char* bad : {"", "-", "+", "1.5", "0x1", "1 2", "one", "1e3"}) {
    EXPECT_EQ(ParseInteger(bad), std::nullopt) << bad;
  }
}

TEST(LexicalFormTest, Dates) {
  EXPECT_EQ(ParseDate("2027-02-28")->day, absl::CivilDay(2027, 2, 28));
  EXPECT_EQ(ParseDate("2028-02-29Z")->day, absl::CivilDay(2028, 2, 29));
  EXPECT_TRUE(ParseDate("2027-02-28+00:00")->utc);
  EXPECT_FALSE(ParseDate("2027-02-28+05:30")->utc);
  EXPECT_FALSE(ParseDate("2027-02-28-14:00")->utc);
  for (const char* bad :
       {"", "2027-02-29", "2027-2-28", "2027-13-01", "2027-00-01", "2027-01-32", "27-01-01",
        "0000-01-01", "2027/01/01", "2027-01-01T00:00:00Z", "2027-01-01z", "2027-01-01+15:00",
        "2027-01-01+5:00", "2027-01-01+05:60", "-027-01-01"}) {
    EXPECT_FALSE(ParseDate(bad).has_value()) << bad;
  }
}

}  // namespace
}  // namespace epp
