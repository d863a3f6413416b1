#include "registry/types/identifiers.h"

#include <gtest/gtest.h>

#include "registry/types/reasons.h"

namespace registry {
namespace {

TEST(IdentifiersTest, HaveThreeToSixteenCharacters) {
  for (std::string_view good : {"abc", "1234567890123456", "sh8013", "A b.C", "M\xC3\xBC\xC3\xBC",
                                "\xE6\x9D\xB1\xE4\xBA\xAC\xE6\x9D\xB1", "!\"<&>"}) {
    EXPECT_TRUE(ContactId::Parse(good).ok()) << good;
    EXPECT_TRUE(RegistrarId::Parse(good).ok()) << good;
    EXPECT_EQ(ContactId::Parse(good)->text(), good);
  }
  for (std::string_view bad : {"", "ab", "12345678901234567", " abc", "abc ", "a  b", "a\tb",
                               "a\nb", "\xC3\xBC\xC3\xBC", "ab\xFF", "ab\x7F"}) {
    EXPECT_EQ(ContactId::Parse(bad).rejection().reason.id, kContactIdSyntax.id) << bad;
    EXPECT_EQ(RegistrarId::Parse(bad).rejection().reason.id, kRegistrarIdSyntax.id) << bad;
    EXPECT_EQ(OrganizationId::Parse(bad).rejection().reason.id, kOrganizationIdSyntax.id) << bad;
  }
}

TEST(IdentifiersTest, CareForLetterCase) {
  EXPECT_NE(ContactId("abc"), ContactId("ABC"));
  EXPECT_LT(ContactId("ABC"), ContactId("abc"));
}

TEST(IdentifiersTest, AreEmptyWhenNothingWasSaid) {
  EXPECT_TRUE(RegistrarId().empty());
  EXPECT_EQ(RegistrarId::Trusted("gold"), RegistrarId("gold"));
}

TEST(IdentifiersTest, KeepRegistrarsAndContactsApart) {
  static_assert(!std::is_convertible_v<ContactId, RegistrarId>);
  static_assert(!std::is_convertible_v<std::string, ContactId>);
}

TEST(IdentifiersDeathTest, AbortOnAMalformedLiteral) {
  EXPECT_DEATH(RegistrarId("x"), "check failed");
}

}  // namespace
}  // namespace registry
