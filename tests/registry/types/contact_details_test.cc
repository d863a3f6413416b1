#include "registry/types/contact_details.h"

#include <gmock/gmock.h>

#include "registry/types/reasons.h"

namespace registry {
namespace {

constexpr PostalField kFields[] = {PostalField::kName,   PostalField::kOrganization,
                                   PostalField::kStreet, PostalField::kCity,
                                   PostalField::kState,  PostalField::kPostalCode};

std::string_view ReasonOf(PostalForm form, PostalField field, std::string_view text) {
  const Outcome<std::string> outcome = ParsePostalText(form, field, text);
  return outcome.ok() ? "" : outcome.rejection().reason.id;
}
std::string_view ReasonOf(PostalField field, std::string_view text) {
  return ReasonOf(PostalForm::kLocalized, field, text);
}

TEST(CountryTest, TakesAssignedCodes) {
  for (std::string_view good : {"AD", "US", "DE", "AQ", "BQ", "CW", "SS", "SX", "ZW", "XK"}) {
    EXPECT_EQ(ParseCountry(good).ok(), good != "XK") << good;
  }
}

TEST(CountryTest, RefusesEverythingElse) {
  for (std::string_view bad : {"", "U", "USA", "XX", "us", "ZZ", "UK", "EU", "AN", "D ", " D", "  ",
                               "A\xC3", "DAD", "AF AG"}) {
    EXPECT_EQ(ParseCountry(bad).rejection().reason.id, kCountrySyntax.id) << bad;
  }
}

TEST(CountryTest, HasNoCodeAcrossTwoEntriesOfItsTable) {
  int assigned = 0;
  for (char first = 'A'; first <= 'Z'; ++first) {
    for (char second = 'A'; second <= 'Z'; ++second) {
      if (ParseCountry(std::string{first, second}).ok()) ++assigned;
    }
  }
  EXPECT_EQ(assigned, 249);
}

TEST(EmailTest, TakesAddresses) {
  const std::string longest = std::string(64, 'a') + "@example.com";
  for (std::string_view good :
       {std::string_view("jdoe@example.com"), std::string_view("j.doe+tag@mail.example.co.uk"),
        std::string_view("o'neil@example.com"), std::string_view("J_Doe@EXAMPLE.com"),
        std::string_view("!#$%&'*+-/=?^_`{|}~@example.com"),
        std::string_view("a@xn--bcher-kva.example"), std::string_view(longest)}) {
    const Outcome<std::string> email = ParseEmail(good);
    ASSERT_TRUE(email.ok()) << good;
    EXPECT_EQ(*email, good) << "kept as it was given";
  }
}

TEST(EmailTest, TakesInternationalisedAddresses) {
  for (const char* good : {"jon@example.org", "j\u00F6rg@example.org", "jon@m\u00FCller.example",
                           "jon@xn--mller-kva.example", "\u7528\u6237.x@\u4F8B\u5B50.example",
                           "\u0434\u0438\u043C\u0430@example.org"}) {
    const Outcome<std::string> email = ParseInternationalEmail(good);
    ASSERT_TRUE(email.ok()) << good;
    EXPECT_EQ(*email, good);
  }
  const std::string long_part = std::string(62, 'a') + "\u00F6";
  EXPECT_TRUE(ParseInternationalEmail(long_part + "@example.org").ok());
  for (const std::string& bad :
       {std::string(), std::string("j\u00F6rg"), std::string("@m\u00FCller.example"),
        std::string("j\u00F6rg@"), std::string("j\u00F6 rg@example.org"),
        std::string("j\u00F6rg.@example.org"), std::string("j\u00F6@rg@example.org"),
        std::string("j\u00F6rg@example.org."), std::string("j\u00F6rg@example"),
        std::string("j\u00F6rg@xn--a.example"), std::string("j\u00F6rg@\u2665.example"),
        std::string("j\u0085rg@example.org"), std::string("j\xF6rg@example.org"),
        "a" + long_part + "@example.org"}) {
    const Outcome<std::string> email = ParseInternationalEmail(bad);
    ASSERT_FALSE(email.ok()) << bad;
    EXPECT_EQ(email.rejection().reason.id, kInternationalEmailSyntax.id) << bad;
  }
}

TEST(EmailTest, RefusesEverythingElse) {
  const std::string too_long = std::string(65, 'a') + "@example.com";
  const std::string long_domain = "a@" + std::string(63, 'b') + "." + std::string(63, 'b') + "." +
                                  std::string(63, 'b') + "." + std::string(61, 'b');
  for (std::string_view bad : {std::string_view(""),
                               std::string_view("@"),
                               std::string_view("example"),
                               std::string_view("example.example"),
                               std::string_view("@example.com"),
                               std::string_view("a@"),
                               std::string_view("a@example"),
                               std::string_view("a@example."),
                               std::string_view("a@-b.example"),
                               std::string_view("a b@example.com"),
                               std::string_view(".a@example.com"),
                               std::string_view("a.@example.com"),
                               std::string_view("a..b@example.com"),
                               std::string_view("a@b@example.com"),
                               std::string_view("\"a b\"@example.com"),
                               std::string_view("a@[192.0.2.1]"),
                               std::string_view("a@192.0.2.1"),
                               std::string_view("a@example.com\n"),
                               std::string_view("m\xC3\xBCller@example.com"),
                               std::string_view("a@m\xC3\xBC.example"),
                               std::string_view(too_long),
                               std::string_view(long_domain)}) {
    EXPECT_EQ(ParseEmail(bad).rejection().reason.id, kEmailSyntax.id) << bad;
  }
}

TEST(PhoneTest, TakesNumbersWithAndWithoutExtension) {
  for (auto [number, extension] :
       {std::pair{"+1.7035555555", ""}, std::pair{"+1.7035555555", "1234"}, std::pair{"+49.1", ""},
        std::pair{"+1.12345678901234", ""}, std::pair{"+999.123456789012", "0"}}) {
    const Outcome<Phone> phone = Phone::Parse(number, extension);
    ASSERT_TRUE(phone.ok()) << number;
    EXPECT_EQ(phone->number, number);
    EXPECT_EQ(phone->extension, extension);
  }
}

TEST(PhoneTest, RefusesEverythingElse) {
  for (std::string_view bad :
       {"", "+12345", "+1111.1", "55", "+1.", "+.1", "+1.123456789012345", "+1.a", "+a.1", "1.2",
        "+1.2.3", "+1 .2", "+1.2 ", " +1.2", "++1.2", "+-1.2", "+999.1234567890123", "+"}) {
    EXPECT_EQ(Phone::Parse(bad, "").rejection().reason.id, kPhoneSyntax.id) << bad;
  }
  for (std::string_view bad : {"x", "1 2", "-1", "1234567890123456"}) {
    EXPECT_EQ(Phone::Parse("+1.2", bad).rejection().reason.id, kPhoneSyntax.id) << bad;
  }
}

TEST(PostalTextTest, TakesTheShortestAndTheLongest) {
  for (const PostalField field : kFields) {
    const size_t longest = field == PostalField::kPostalCode ? 16 : 255;
    EXPECT_EQ(ReasonOf(field, "A"), "");
    EXPECT_EQ(ReasonOf(field, std::string(longest, 'x')), "");
    EXPECT_EQ(ReasonOf(field, std::string(longest + 1, 'x')), kPostalTooLong.id);
  }
}

TEST(PostalTextTest, MayBeEmptyButForNameAndCity) {
  for (const PostalField field : kFields) {
    const bool required = field == PostalField::kName || field == PostalField::kCity;
    for (const char* text : {"", " ", "\t\n"}) {
      EXPECT_EQ(ReasonOf(field, text), required ? kPostalEmpty.id : std::string_view());
    }
  }
}

TEST(PostalTextTest, CountsCharactersNotOctets) {
  std::string umlauts;
  for (int i = 0; i < 255; ++i) umlauts += "\xC3\xBC";
  EXPECT_EQ(ReasonOf(PostalField::kOrganization, umlauts), "");
  EXPECT_EQ(ReasonOf(PostalField::kOrganization, umlauts + "x"), kPostalTooLong.id);
}

TEST(PostalTextTest, NormalisesBlanks) {
  const auto text =
      ParsePostalText(PostalForm::kInternational, PostalField::kName, "  Jon\tPostel\n");
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(*text, "Jon Postel");
}

TEST(PostalTextTest, RefusesWhatIsNotPrintable) {
  for (const char* text : {"a\x01", "b\x7F", "\xFF"}) {
    for (const PostalField field : kFields) {
      EXPECT_EQ(ReasonOf(field, text), kPostalNotPrintable.id);
    }
  }
}

TEST(PostalTextTest, NamesTheFieldItRefuses) {
  const auto subject = [](PostalField field, std::string_view text) {
    return ParsePostalText(PostalForm::kInternational, field, text).rejection().subject;
  };
  EXPECT_EQ(subject(PostalField::kName, ""), "name");
  EXPECT_EQ(subject(PostalField::kStreet, "\x01"), "street");
  EXPECT_EQ(subject(PostalField::kState, "\xC3\xBC"), "sp");
  EXPECT_EQ(subject(PostalField::kPostalCode, std::string(17, '9')), "pc has at most 16");
  EXPECT_EQ(subject(PostalField::kOrganization, std::string(256, 'x')), "org has at most 255");
}

TEST(PostalTextTest, IsAsciiInTheInternationalForm) {
  constexpr std::string_view kCity = "M\xC3\xBCnchen";
  EXPECT_EQ(ReasonOf(PostalForm::kInternational, PostalField::kCity, kCity), kPostalNotAscii.id);
  EXPECT_EQ(ReasonOf(PostalForm::kLocalized, PostalField::kCity, kCity), "");
}

}  // namespace
}  // namespace registry
