#include "registry/types/contact_details.h"

#include <gmock/gmock.h>

#include "registry/types/reasons.h"

namespace registry {
namespace {

using testing::ElementsAre;

PostalInfo GoodPostalInfo() {
  return {"Jon Postel", "ISI", {"4676 Admiralty Way", "Suite 1001"}, "Marina del Rey", "CA",
          "90292",      "US"};
}

std::string_view ReasonOf(PostalForm form, PostalInfo info) {
  const Outcome<PostalInfo> outcome = CheckPostalInfo(form, std::move(info));
  return outcome.ok() ? "" : outcome.rejection().reason.id;
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

TEST(PostalInfoTest, TakesWhatIsRight) {
  const Outcome<PostalInfo> info = CheckPostalInfo(PostalForm::kInternational, GoodPostalInfo());
  ASSERT_TRUE(info.ok());
  EXPECT_EQ(*info, GoodPostalInfo());
}

TEST(PostalInfoTest, TakesTheShortestAndTheLongest) {
  const PostalInfo least{"A", "", {}, "B", "", "", "DE"};
  EXPECT_EQ(ReasonOf(PostalForm::kInternational, least), "");
  const std::string longest(255, 'x');
  const PostalInfo most{
      longest, longest, {longest, longest, longest}, longest, longest, std::string(16, '9'), "DE"};
  EXPECT_EQ(ReasonOf(PostalForm::kInternational, most), "");
}

TEST(PostalInfoTest, CountsCharactersNotOctets) {
  std::string umlauts;
  for (int i = 0; i < 255; ++i) umlauts += "\xC3\xBC";
  PostalInfo info = GoodPostalInfo();
  info.organization = umlauts;
  EXPECT_EQ(ReasonOf(PostalForm::kLocalized, info), "");
  info.organization += "x";
  EXPECT_EQ(ReasonOf(PostalForm::kLocalized, info), kPostalSyntax.id);
}

TEST(PostalInfoTest, NormalisesBlanksAndEmptyStreetLines) {
  PostalInfo info = GoodPostalInfo();
  info.name = "  Jon\tPostel\n";
  info.street = {"", " one ", "   ", "two", ""};
  const Outcome<PostalInfo> checked = CheckPostalInfo(PostalForm::kInternational, info);
  ASSERT_TRUE(checked.ok());
  EXPECT_EQ(checked->name, "Jon Postel");
  EXPECT_THAT(checked->street, ElementsAre("one", "two"));
}

TEST(PostalInfoTest, NamesTheFieldItRefuses) {
  struct Row {
    std::string_view field;
    std::string PostalInfo::*member;
    bool may_be_empty;
    size_t longest;
  };
  const Row rows[] = {
      {"name", &PostalInfo::name, false, 255},    {"org", &PostalInfo::organization, true, 255},
      {"city", &PostalInfo::city, false, 255},    {"sp", &PostalInfo::state, true, 255},
      {"pc", &PostalInfo::postal_code, true, 16},
  };
  for (const Row& row : rows) {
    for (const std::string& value : {std::string(" "), std::string(row.longest + 1, 'x'),
                                     std::string("a\x01"), std::string("\xFF")}) {
      PostalInfo info = GoodPostalInfo();
      info.*row.member = value;
      const Outcome<PostalInfo> outcome = CheckPostalInfo(PostalForm::kLocalized, info);
      if (value == " " && row.may_be_empty) {
        EXPECT_TRUE(outcome.ok()) << row.field;
        continue;
      }
      ASSERT_FALSE(outcome.ok()) << row.field << ' ' << value;
      EXPECT_EQ(outcome.rejection().reason.id, kPostalSyntax.id);
      EXPECT_EQ(outcome.rejection().subject, row.field);
    }
  }
}

TEST(PostalInfoTest, RefusesBadStreets) {
  for (const std::vector<std::string>& street :
       {std::vector<std::string>{"1", "2", "3", "4"}, {std::string(256, 'x')}, {"a", "b\x7F"}}) {
    PostalInfo info = GoodPostalInfo();
    info.street = street;
    const Outcome<PostalInfo> outcome = CheckPostalInfo(PostalForm::kLocalized, info);
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.rejection().reason.id, kPostalSyntax.id);
    EXPECT_EQ(outcome.rejection().subject, "street");
  }
}

TEST(PostalInfoTest, IsAsciiInTheInternationalForm) {
  PostalInfo info = GoodPostalInfo();
  info.city = "M\xC3\xBCnchen";
  EXPECT_EQ(ReasonOf(PostalForm::kInternational, info), kPostalNotAscii.id);
  EXPECT_EQ(ReasonOf(PostalForm::kLocalized, info), "");
}

TEST(PostalInfoTest, RefusesUnassignedCountries) {
  PostalInfo info = GoodPostalInfo();
  info.country = "XX";
  EXPECT_EQ(ReasonOf(PostalForm::kLocalized, info), kCountrySyntax.id);
}

}  // namespace
}  // namespace registry
