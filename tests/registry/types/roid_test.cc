#include "registry/types/roid.h"

#include <gtest/gtest.h>

#include "registry/types/reasons.h"

namespace registry {
namespace {

TEST(RoidTest, IsKindNumberAndRepository) {
  EXPECT_EQ(FormatRoid(ObjectKind::kDomain, 101, "LROR"), "D101-LROR");
  EXPECT_EQ(FormatRoid(ObjectKind::kHost, 1, "POSTEL"), "H1-POSTEL");
  EXPECT_EQ(FormatRoid(ObjectKind::kContact, INT64_MAX, "POSTEL"), "C9223372036854775807-POSTEL");
}

TEST(RoidTest, ReadsBackWhatItWrites) {
  for (ObjectKind kind :
       {ObjectKind::kDomain, ObjectKind::kHost, ObjectKind::kContact, ObjectKind::kOrganization}) {
    const Outcome<ParsedRoid> roid = ParseRoid(FormatRoid(kind, 101, "LROR"), "LROR");
    ASSERT_TRUE(roid.ok());
    EXPECT_EQ(roid->kind, kind);
    EXPECT_EQ(roid->number, 101);
  }
}

TEST(RoidTest, RefusesEverythingElse) {
  for (std::string_view bad : {"",
                               "-",
                               "D",
                               "D-LROR",
                               "101-LROR",
                               "X101-LROR",
                               "d101-LROR",
                               "D101",
                               "D101-",
                               "D101-ORG",
                               "D101-lror",
                               "D101-LROR-LROR",
                               "D0-LROR",
                               "D-1-LROR",
                               "D+1-LROR",
                               "D007-LROR",
                               "D9223372036854775808-LROR",
                               "D101-LROR ",
                               "D1 01-LROR",
                               "DD1-LROR"}) {
    EXPECT_EQ(ParseRoid(bad, "LROR").rejection().reason.id, kRoidSyntax.id) << bad;
  }
}

TEST(RepositoryIdTest, IsOneToEightLettersAndDigits) {
  for (const char* right : {"A", "LROR", "12345678", "Postel01"}) {
    EXPECT_TRUE(IsRepositoryId(right)) << right;
  }
  for (const char* wrong : {"", "123456789", "A-B", "A_B", "A B", "\xC3\xA9", "A\n"}) {
    EXPECT_FALSE(IsRepositoryId(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace registry
