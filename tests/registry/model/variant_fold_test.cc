#include "registry/model/variant_fold.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "registry/base/text.h"

namespace registry {
namespace {

IdnTable Table(std::string_view lines) {
  absl::StatusOr<IdnTable> table = ParseIdnTable(
      "t.txt", Concat("table = t\nallow = 0061-007A 00DF-00FF 0430-044F 0455 1E9F\n", lines));
  EXPECT_TRUE(table.ok()) << table.status();
  return *std::move(table);
}

VariantFold FoldOf(std::string_view lines, std::string* conflict = nullptr) {
  const IdnTable table = Table(lines);
  return VariantFold::Of({&table}, conflict);
}

constexpr std::string_view kSharpS = "variant = 00DF : 0073 0073\n";
constexpr std::string_view kLookAlikes = "variant = 0441 : 0063\nvariant = 043E : 006F\n";

std::string Key(const VariantFold& fold, std::string_view name) {
  return fold.KeyOf(*DomainName::FromUnicode(name));
}

TEST(VariantFoldTest, WithoutVariantsNothingHasAKey) {
  EXPECT_TRUE(VariantFold().empty());
  EXPECT_TRUE(FoldOf("").empty());
  EXPECT_EQ(Key(FoldOf(""), "b\u00FCcher.org"), "");
}

TEST(VariantFoldTest, VariantsHaveTheSameKey) {
  const VariantFold fold = FoldOf(kSharpS);
  EXPECT_EQ(Key(fold, "stra\u00DFe.org"), "strasse.org");
  EXPECT_EQ(Key(fold, "strasse.org"), "strasse.org");
  EXPECT_EQ(Key(fold, "gro\u00DFma\u00DF.org"), "grossmass.org");
  EXPECT_EQ(Key(fold, "grossma\u00DF.org"), "grossmass.org");
  EXPECT_EQ(Key(fold, "strasse.ngo"), "strasse.ngo") << "of one TLD";
}

TEST(VariantFoldTest, NamesThatHaveNoVariantsHaveNoKey) {
  const VariantFold fold = FoldOf(kSharpS);
  for (std::string_view name : {"example.org", "sos.org", "s.org", "b\u00FCcher.org"}) {
    EXPECT_EQ(Key(fold, name), "") << name;
  }
  EXPECT_EQ(Key(fold, "www.strasse.org"), "");
}

TEST(VariantFoldTest, CodePointsOfAClassStandForTheLeast) {
  const VariantFold fold = FoldOf(Concat(kLookAlikes, "variant = 00F2 : 043E\n"));
  EXPECT_EQ(Key(fold, "\u0441\u043E.org"), "co.org");
  EXPECT_EQ(Key(fold, "co.org"), "co.org");
  EXPECT_EQ(Key(fold, "c\u00F2.org"), "co.org") << "by way of the Cyrillic one";
  EXPECT_EQ(Key(fold, "ba.org"), "");
}

TEST(VariantFoldTest, TablesOfATldCountTogether) {
  const IdnTable german = Table(kSharpS);
  const IdnTable cyrillic = Table("variant = 0455 : 0073\n");
  const VariantFold fold = VariantFold::Of({&german, &cyrillic});
  EXPECT_EQ(Key(fold, "stra\u00DFe.org"), "strasse.org");
  EXPECT_EQ(Key(fold, "\u0455\u0455.org"), "ss.org");
  EXPECT_EQ(Key(fold, "\u00DF.org"), "ss.org");
  EXPECT_EQ(fold, VariantFold::Of({&cyrillic, &german})) << "in whatever order";
}

TEST(VariantFoldTest, AClassStandsForTheRowThatOneOfItIsAVariantOf) {
  const VariantFold fold = FoldOf(Concat(kSharpS, "variant = 1E9F : 00DF\n"));
  EXPECT_EQ(Key(fold, "\u1E9F.org"), "ss.org");
  EXPECT_EQ(Key(fold, "\u00DF.org"), "ss.org");
}

TEST(VariantFoldTest, SaysWhatContradicts) {
  std::string conflict;
  FoldOf(Concat(kSharpS, "variant = 00DF : 0073 0073\n"), &conflict);
  EXPECT_EQ(conflict, "") << "twice the same";
  FoldOf(Concat(kSharpS, "variant = 00DF : 0073 007A\n"), &conflict);
  EXPECT_EQ(conflict, "\u00DF");
  conflict.clear();
  const VariantFold nested = FoldOf(Concat(kSharpS, "variant = 00E6 : 0061 00DF\n"), &conflict);
  EXPECT_EQ(conflict, "\u00E6");
  EXPECT_EQ(Key(nested, "\u00DF.org"), "ss.org") << "the rest holds";
}

}  // namespace
}  // namespace registry
