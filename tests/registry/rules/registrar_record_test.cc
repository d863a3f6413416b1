#include "registry/rules/registrar_record.h"

#include <gtest/gtest.h>

#include "registry/rules/reasons.h"
#include "registry/types/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class RegistrarRecordTest : public testing::Test {
 protected:
  std::string_view ReasonNow(const Registrar* before = nullptr) const {
    const auto refused = CheckRegistrar(record, before, scene.directory);
    return refused ? refused->reason.id : "accepted";
  }

  Scene scene;
  Registrar record = *scene.directory.Registrar(kGold);
};

TEST_F(RegistrarRecordTest, TakesACompleteRecord) {
  record.street = {"1 Main St", "Suite 2", "Floor 3"};
  record.name = "Gold \xE6\x97\xA5\xE6\x9C\xAC";
  record.url = "https://www.gold.example:8443/a?b=c#d";
  record.rdap_base = "http://[2001:db8::1]:80/rdap/";
  record.whois_server = "whois.gold.example";
  record.tlds = {"org"};
  EXPECT_EQ(ReasonNow(), "accepted");
}

TEST_F(RegistrarRecordTest, RefusesWhatWouldForgeALine) {
  for (const char* name : {"", "  ", "Gold\r\nRegistrar: Silver", "Gold\x01", "Gold\xFF",
                           "Gold\xC2\x85", "Gold\xE2\x80\xA8"}) {
    record.name = name;
    EXPECT_EQ(ReasonNow(), kRegistrarName.id) << name;
  }
  record.name = std::string(256, 'a');
  EXPECT_EQ(ReasonNow(), kRegistrarName.id);
  record.name = "Gold";
  for (const auto member :
       {&Registrar::city, &Registrar::state, &Registrar::postal_code, &Registrar::country,
        &Registrar::phone, &Registrar::fax, &Registrar::email, &Registrar::url,
        &Registrar::whois_server, &Registrar::rdap_base, &Registrar::abuse_email,
        &Registrar::abuse_phone}) {
    const std::string kept = record.*member;
    record.*member = "a\nb";
    EXPECT_EQ(ReasonNow(), kRegistrarText.id);
    record.*member = kept;
  }
  for (const auto member : {&Registrar::admin, &Registrar::tech}) {
    (record.*member).fax = "a\nb";
    EXPECT_EQ(ReasonNow(), kRegistrarText.id);
    (record.*member).fax.clear();
  }
  record.street = {"a\nb"};
  EXPECT_EQ(ReasonNow(), kRegistrarText.id);
}

TEST_F(RegistrarRecordTest, RefusesWhatLeadsNowhere) {
  record.street = {"1", "2", "3", "4"};
  EXPECT_EQ(ReasonNow(), kTooManyStreetLines.id);
  record.street = {};
  record.url = "javascript:alert(1)";
  EXPECT_EQ(ReasonNow(), kWebAddress.id);
  record.url = "";
  record.rdap_base = "rdap.example/";
  EXPECT_EQ(ReasonNow(), kWebAddress.id);
  record.rdap_base = "";
  record.whois_server = "whois server";
  EXPECT_EQ(ReasonNow(), kHostNameSyntax.id);
  record.whois_server = "";
  record.credit_limit = Money{-1};
  EXPECT_EQ(ReasonNow(), kCreditLimitRange.id);
  record.credit_limit = Money{};
  record.low_balance = Money{-1};
  EXPECT_EQ(ReasonNow(), kLowBalanceRange.id);
  record.low_balance = Money{};
  for (const char* tld : {"com", "", "ORG"}) {
    record.tlds = {"org", tld};
    EXPECT_EQ(ReasonNow(), kUnknownTld.id) << tld;
  }
}

TEST_F(RegistrarRecordTest, LetsStandWhatStoodBefore) {
  record.name = "";
  record.url = "gold";
  record.tlds = {"com"};
  const Registrar before = record;
  record.city = "Reston";
  EXPECT_EQ(ReasonNow(&before), "accepted");
  record.url = "silver";
  EXPECT_EQ(ReasonNow(&before), kWebAddress.id);
}

TEST(WebAddressTest, IsHttpWithAHost) {
  for (const char* right : {"http://a.example", "HTTPS://A.example/", "https://192.0.2.1:1/",
                            "https://xn--bcher-kva.example/%C3%A9"}) {
    EXPECT_TRUE(IsWebAddress(right)) << right;
  }
  for (const char* wrong :
       {"", "https://", "https:///a", "ftp://a.example/", "https://a", "https://a b.example/",
        "https://a.example:0/", "https://a.example:65536/", "https://a.example:x/",
        "https://u@a.example/", "https://[192.0.2.1]/", "https://a.example/\xC3\xA9",
        "https://a.example/<", "https://a.example/\"", "https://999.1.1.1/"}) {
    EXPECT_FALSE(IsWebAddress(wrong)) << wrong;
  }
}

TEST_F(RegistrarRecordTest, IdentifiersAreLettersDigitsAndHyphens) {
  const auto reason = [&](std::string_view id) {
    const auto refused = CheckRegistrarId(RegistrarId(id), scene.directory);
    return refused ? refused->reason.id : "accepted";
  };
  EXPECT_EQ(reason("Bronze-1"), "accepted");
  for (const char* id : {"a b", "br_nze", "br\xC3\xB6nze", "a/b", "a.b"}) {
    EXPECT_EQ(reason(id), kRegistrarIdCharacters.id) << id;
  }
  EXPECT_EQ(reason("gold"), kRegistrarExists.id);
  EXPECT_EQ(reason("GOLD"), kRegistrarExists.id);
}

}  // namespace
}  // namespace registry
