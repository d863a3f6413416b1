#include "registry/types/domain_name.h"

#include <gmock/gmock.h>

#include "absl/hash/hash_testing.h"
#include "registry/types/reasons.h"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string Name(std::initializer_list<size_t> label_sizes) {
  std::string name;
  for (size_t size : label_sizes)
    name += std::string(name.empty() ? 0 : 1, '.') + std::string(size, 'a');
  return name;
}

TEST(DomainNameTest, TakesNames) {
  for (const std::string& good : {
           std::string("example.org"),
           std::string("a.b"),
           std::string("1.2.3.org"),
           std::string("a-b.c-d.example"),
           std::string("a--b.org"),                 // hyphens in the second and third place
           std::string("ab-c--d.org"),              // and in later ones
           std::string("xn--bcher-kva.example"),    // buecher with an umlaut
           std::string("xn--mnchen-3ya.xn--p1ai"),  // with a TLD in Cyrillic
           std::string("xn--fsqu00a.xn--0zwm56d"),  // Han
           std::string("xn--4gbrim.xn--ngbc5azd"),  // right to left
           std::string("xn--strae-oqa.example"),    // sharp s: valid, not mapped
           std::string("main.zz--main-1234"),       // a TLD may have hyphens there
           Name({63, 3}),
           Name({63, 63, 63, 61}),
       }) {
    const Outcome<DomainName> name = DomainName::Parse(good);
    ASSERT_TRUE(name.ok()) << good;
    EXPECT_EQ(name->text(), good);
  }
}

TEST(DomainNameTest, RefusesEverythingElse) {
  for (const std::string& bad : {
           std::string(""),
           std::string("."),
           std::string("org"),
           std::string("example.org."),
           std::string(".org"),
           std::string("a..org"),
           std::string("-a.org"),
           std::string("a-.org"),
           std::string("a.-org"),
           std::string("!.org"),
           std::string("a_b.org"),
           std::string("*.org"),
           std::string("a b.org"),
           std::string(" a.org"),
           std::string("a.org\n"),
           std::string("a\0.org", 6),
           std::string("m\xC3\xBCnchen.org"),
           std::string("192.0.2.1"),
           std::string("a.123"),
           std::string("xx--abc.org"),  // reserved LDH label
           std::string("zz--main.main.org"),
           std::string("xn--.org"),
           std::string("xn--a.org"),                      // a control character
           std::string("xn--abc-.org"),                   // would be plain "abc"
           std::string("xn--zzzzzzzzzzzzzzzz99999.org"),  // no Punycode
           std::string("xn--bcher-kv.org"),
           std::string("xn--ls8h.org"),          // an emoji: disallowed
           std::string("xn--Bcher-KVA.xn--zz"),  // a TLD that is no A-label
           std::string("xn--iny-zx5a.org"),      // the infinity sign: disallowed
           Name({64, 3}),
           Name({63, 63, 63, 62}),
           std::string(100'000, 'a'),
       }) {
    const Outcome<DomainName> name = DomainName::Parse(bad);
    ASSERT_FALSE(name.ok()) << bad;
    EXPECT_EQ(name.rejection().reason.id, kDomainNameSyntax.id);
    EXPECT_LE(name.rejection().subject.size(), 64u);
  }
}

TEST(DomainNameTest, RefusesALabelsThatOnlyMappingWouldMake) {
  for (std::string_view bad : {
           "xn--bcher-2pa.org",  // capital U-umlaut
           "xn--rg-i03n.org",    // a full-width letter
           "xn--54g.org",        // Roman numeral one thousand
           "xn--1-rda.org",      // one half
           "xn--uber-vwc.org",   // u and a combining diaeresis: not composed
       }) {
    EXPECT_FALSE(DomainName::Parse(bad).ok()) << bad;
  }
}

TEST(DomainNameTest, KeepsTheRulesOfIdna2008) {
  EXPECT_TRUE(DomainName::Parse("xn--ll-0ea.org").ok()) << "middle dot between two l";
  EXPECT_FALSE(DomainName::Parse("xn--ab-0ea.org").ok()) << "middle dot elsewhere";
  EXPECT_TRUE(DomainName::Parse("xn--11b2ezcw70k.org").ok()) << "zero width joiner after a virama";
  EXPECT_FALSE(DomainName::Parse("xn--ab-m1t.org").ok()) << "zero width joiner elsewhere";
  EXPECT_FALSE(DomainName::Parse("xn--mgb8iyr.org").ok()) << "both kinds of Arabic digits";
  EXPECT_FALSE(DomainName::Parse("xn--a-wbb.org").ok()) << "begins with a combining mark";
  EXPECT_FALSE(DomainName::Parse("xn--1a-uld.org").ok()) << "right to left, with a Latin letter";
  EXPECT_FALSE(DomainName::Parse("xn----dha.org").ok()) << "U-label ends with a hyphen";
  EXPECT_FALSE(DomainName::Parse("xn----eha.org").ok()) << "U-label begins with a hyphen";
  EXPECT_FALSE(DomainName::Parse("xn--53h.org").ok()) << "a symbol";
}

TEST(DomainNameTest, FoldsLetterCase) {
  EXPECT_EQ(DomainName::Parse("ExAmPlE.ORG")->text(), "example.org");
  EXPECT_EQ(DomainName::Parse("XN--BCHER-KVA.example")->text(), "xn--bcher-kva.example");
  EXPECT_EQ(DomainName("A.org"), DomainName("a.ORG"));
}

TEST(DomainNameTest, KnowsItsParts) {
  const DomainName name("ns1.a.b.org");
  EXPECT_EQ(name.label_count(), 4);
  EXPECT_EQ(name.label(), "ns1");
  EXPECT_EQ(name.parent(), "a.b.org");
  EXPECT_EQ(name.tld(), "org");
  EXPECT_THAT(name.Ancestors(), ElementsAre(DomainName("a.b.org"), DomainName("b.org")));
  EXPECT_THAT(DomainName("b.org").Ancestors(), IsEmpty());
}

TEST(DomainNameTest, IsEmptyWhenNothingWasSaid) {
  const DomainName none;
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(none.label_count(), 0);
  EXPECT_EQ(none.label(), "");
  EXPECT_EQ(none.parent(), "");
  EXPECT_EQ(none.tld(), "");
  EXPECT_THAT(none.Ancestors(), IsEmpty());
}

TEST(DomainNameTest, IsBelowOnlyWhereALabelEnds) {
  const DomainName name("a.b.org");
  EXPECT_TRUE(name.IsBelow("b.org"));
  EXPECT_TRUE(name.IsBelow("org"));
  EXPECT_FALSE(name.IsBelow("a.b.org"));
  EXPECT_FALSE(name.IsBelow("rg"));
  EXPECT_FALSE(name.IsBelow(".org"));
  EXPECT_FALSE(name.IsBelow(""));
  EXPECT_FALSE(DomainName("ab.org").IsBelow("b.org"));
}

TEST(DomainNameTest, IsOrderedByOctets) {
  EXPECT_LT(DomainName("a-b.org"), DomainName("a.org"));
  EXPECT_LT(DomainName("a.org"), DomainName("ab.org"));
}

TEST(DomainNameTest, ReadsWhatPeopleType) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"example.org", "example.org"},
      {"Example.ORG.", "example.org"},
      {"b\xC3\xBC"
       "cher.example",
       "xn--bcher-kva.example"},
      {"B\xC3\x9C"
       "CHER.example.",
       "xn--bcher-kva.example"},
      {"bu\xCC\x88"
       "cher.example",
       "xn--bcher-kva.example"},  // combining diaeresis
      {"stra\xC3\x9F"
       "e.example",
       "xn--strae-oqa.example"},
      {"\xE4\xBE\x8B\xE3\x80\x82\xE6\xB5\x8B\xE8\xAF\x95", "xn--fsq.xn--0zwm56d"},
      {"xn--bcher-kva.b\xC3\xBC"
       "cher",
       "xn--bcher-kva.xn--bcher-kva"},
  };
  for (const auto& [typed, text] : rows) {
    const Outcome<DomainName> name = DomainName::FromUnicode(typed);
    ASSERT_TRUE(name.ok()) << typed;
    EXPECT_EQ(name->text(), text);
  }
  for (const std::string& bad :
       {std::string(""), std::string("."), std::string("org."), std::string("a.org.."),
        std::string("\xF0\x9F\x8C\x8D.org"), std::string("\xFF.org"), std::string("\xC3\xBC b.org"),
        std::string("m\xC3\xBC\n.org"), std::string(2000, 'a') + ".org"}) {
    EXPECT_FALSE(DomainName::FromUnicode(bad).ok()) << bad;
  }
}

TEST(DomainNameTest, ShowsItselfInUnicode) {
  EXPECT_EQ(DomainName("xn--bcher-kva.example").ToUnicode(),
            "b\xC3\xBC"
            "cher.example");
  EXPECT_EQ(DomainName("example.org").ToUnicode(), "example.org");
}

TEST(DomainNameTest, TrustsWhatItHasWritten) {
  EXPECT_EQ(DomainName::Trusted("a.org"), DomainName("a.org"));
}

TEST(DomainNameTest, HashesAsItCompares) {
  EXPECT_TRUE(absl::VerifyTypeImplementsAbslHashCorrectly(
      {DomainName(), DomainName("a.org"), DomainName("b.org"), DomainName("A.org")}));
}

TEST(DomainNameDeathTest, AbortsOnAMalformedLiteral) {
  EXPECT_DEATH(DomainName("org"), "check failed");
}

}  // namespace
}  // namespace registry
