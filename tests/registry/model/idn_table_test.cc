#include "registry/model/idn_table.h"

#include <gmock/gmock.h>

#include <string>

#include "registry/base/text.h"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

constexpr std::string_view kHead = "table = t\nallow = 0061-007A 00DF\n";

IdnTable Parse(std::string_view text) {
  absl::StatusOr<IdnTable> table = ParseIdnTable("t.txt", text);
  EXPECT_TRUE(table.ok()) << table.status();
  return table.ok() ? *std::move(table) : IdnTable();
}

std::string Error(std::string_view text) {
  const absl::StatusOr<IdnTable> table = ParseIdnTable("t.txt", text);
  return table.ok() ? "fine" : std::string(table.status().message());
}

TEST(CodePointSetTest, KeepsRangesSortedAndApart) {
  CodePointSet set;
  EXPECT_TRUE(set.empty());
  set.Add(30, 40);
  set.Add(10, 20);
  set.Add(50, 60);
  EXPECT_THAT(set.ranges(), ElementsAre(Pair(10, 20), Pair(30, 40), Pair(50, 60)));
  set.Add(15, 18);
  EXPECT_THAT(set.ranges(), ElementsAre(Pair(10, 20), Pair(30, 40), Pair(50, 60)));
  set.Add(21, 29);
  EXPECT_THAT(set.ranges(), ElementsAre(Pair(10, 40), Pair(50, 60)));
  set.Add(5, 70);
  EXPECT_THAT(set.ranges(), ElementsAre(Pair(5, 70)));
  set.Add(0x10FFFF, 0x10FFFF);
  set.Add(0x10FFFE, 0x10FFFF);
  EXPECT_THAT(set.ranges(), ElementsAre(Pair(5, 70), Pair(0x10FFFE, 0x10FFFF)));
  for (int point : {5, 40, 70, 0x10FFFE, 0x10FFFF})
    EXPECT_TRUE(set.Has(static_cast<char32_t>(point))) << point;
  for (int point : {0, 4, 71, 0x10FFFD})
    EXPECT_FALSE(set.Has(static_cast<char32_t>(point))) << point;
}

TEST(IdnTableTest, ReadsWhatTheFileSays) {
  const std::string text = Concat(kHead,
                                  "title = Some table  # a remark\nallow = 00E0\n"
                                  "variant = 00DF : 0073 0073\nvariant = 00E0 : 0061\n"
                                  "only_after = 00DF : 0061-0065\n");
  const IdnTable table = Parse(text);
  EXPECT_EQ(table.id, "t");
  EXPECT_EQ(table.title, "Some table");
  EXPECT_THAT(table.allowed.ranges(), ElementsAre(Pair('a', 'z'), Pair(0xDF, 0xE0)));
  EXPECT_THAT(table.variants,
              ElementsAre(IdnTable::Variant{0xDF, U"ss"}, IdnTable::Variant{0xE0, U"a"}));
  ASSERT_EQ(table.rules.size(), 1u);
  EXPECT_EQ(table.rules[0].kind, IdnTable::Rule::Kind::kOnlyAfter);
  EXPECT_TRUE(table.rules[0].points.Has(0xDF));
  EXPECT_TRUE(table.rules[0].others.Has('c'));
  EXPECT_EQ(table.text, text) << "kept as it was written";
  EXPECT_EQ(Parse(table.text), table);
}

TEST(IdnTableTest, AllowsLabelsOfItsCodePointsOnly) {
  const IdnTable table = Parse(kHead);
  EXPECT_TRUE(table.Allows(U"stra\u00DFe"));
  EXPECT_TRUE(table.Allows(U"a"));
  EXPECT_FALSE(table.Allows(U""));
  EXPECT_FALSE(table.Allows(U"a1"));
  EXPECT_FALSE(table.Allows(U"\u00FC"));
}

TEST(IdnTableTest, RulesNarrowWhereACodePointMayStand) {
  const auto with = [](std::string_view rule) { return Parse(Concat(kHead, rule, "\n")); };
  const IdnTable after = with("only_after = 00DF : 0061-0062");
  EXPECT_TRUE(after.Allows(U"a\u00DFb\u00DF"));
  EXPECT_FALSE(after.Allows(U"\u00DFa"));
  EXPECT_FALSE(after.Allows(U"a\u00DF\u00DF"));
  EXPECT_TRUE(after.Allows(U"xyz")) << "the rule is not about these";
  const IdnTable before = with("only_before = 00DF 0078 : 0061");
  EXPECT_TRUE(before.Allows(U"\u00DFaxa"));
  EXPECT_FALSE(before.Allows(U"a\u00DF"));
  EXPECT_FALSE(before.Allows(U"xb"));
  const IdnTable together = with("only_with = 00DF : 0061 0062");
  EXPECT_TRUE(together.Allows(U"\u00DFxxb"));
  EXPECT_FALSE(together.Allows(U"\u00DFxx"));
  const IdnTable apart = with("not_with = 00DF : 0061 0062");
  EXPECT_TRUE(apart.Allows(U"\u00DFxx"));
  EXPECT_FALSE(apart.Allows(U"b\u00DF"));
}

TEST(IdnTableTest, ErrorsNameTheLine) {
  EXPECT_EQ(Error(kHead), "fine");
  EXPECT_THAT(Error("allow = 0061\n"), HasSubstr("table"));
  EXPECT_THAT(Error("table = t\n"), HasSubstr("allow"));
  EXPECT_THAT(Error("table = a/b\nallow = 0061\n"), HasSubstr("t.txt:1"));
  for (std::string_view line : {"allow = ",
                                "allow = 61",
                                "allow = 0061-",
                                "allow = 0062-0061",
                                "allow = 110000",
                                "allow = D800",
                                "allow = 00000061",
                                "allow = +061",
                                "allow = 0041",
                                "allow = 0000-00FF",
                                "allow = 0061,0062",
                                "variant = 00DF",
                                "variant = 00DF 0061",
                                "variant = 00DF :",
                                "variant = 00DF 0061 : 0073",
                                "variant = 00DF : 0061 0061 0061 0061 0061",
                                "variant = 00E0 : 0061",
                                "variant = 00DF : 0061 : 0061",
                                "only_after = 00DF",
                                "only_after = 00E0 : 0061",
                                "only_before = : 0061",
                                "only_with = 00DF : x",
                                "not_with = 0061-00DF : 0061",
                                "unknown = 0061"}) {
    EXPECT_THAT(Error(Concat(kHead, line, "\n")), HasSubstr("t.txt:3")) << line;
  }
  EXPECT_THAT(Error(Concat(kHead, "title = \xC3\n")), HasSubstr("t.txt:3"));
  EXPECT_THAT(Error(Concat(kHead, "# ", std::string(1 << 20, 'x'))), HasSubstr("longer than"));
}

TEST(IdnTableTest, IdsArePlainWords) {
  EXPECT_TRUE(IsIdnTableId("de"));
  EXPECT_TRUE(IsIdnTableId("zh-Hans_1.0"));
  EXPECT_TRUE(IsIdnTableId(std::string(64, 'a')));
  for (std::string_view id : {"", " ", "a b", "a/b", "\u00E9"}) EXPECT_FALSE(IsIdnTableId(id));
  EXPECT_FALSE(IsIdnTableId(std::string(65, 'a')));
}

TEST(IdnTableTest, LabelsOfNamesInUnicode) {
  EXPECT_TRUE(IsALabel(DomainName("xn--bcher-kva.org")));
  EXPECT_FALSE(IsALabel(DomainName("bucher.org")));
  EXPECT_EQ(ULabelOf(DomainName("xn--bcher-kva.org")), U"b\u00FCcher");
  EXPECT_EQ(ULabelOf(DomainName("xn--vcs.xn--p1ai")), U"\u56FD");
  EXPECT_EQ(ULabelOf(DomainName("plain.org")), U"plain");
}

}  // namespace
}  // namespace registry
