#include "whois/jcard.h"

#include <gtest/gtest.h>

#include <string>

namespace whois {
namespace {

using Text = Published<std::string>;

std::string CardOf(const ContactView& contact) {
  JsonWriter json;
  WriteContactCard(contact, json);
  return json.Finish();
}

TEST(JcardTest, HasAVersionAndANameEvenWhenEmpty) {
  EXPECT_EQ(CardOf(ContactView()),
            R"(["vcard",[["version",{},"text","4.0"],["fn",{},"text",""]]])");
}

TEST(JcardTest, WritesSeveralStreetLinesAsAnArray) {
  ContactView contact;
  contact.street = Published<std::vector<std::string>>::Shown({"One", "Two"});
  EXPECT_NE(CardOf(contact).find(R"(["adr",{},"text",["","",["One","Two"],"","","",""]])"),
            std::string::npos)
      << CardOf(contact);
}

TEST(JcardTest, KeepsTheCountryOutOfTheAddress) {
  ContactView contact;
  contact.country = Text::Shown("CA");
  EXPECT_NE(CardOf(contact).find(R"(["adr",{"cc":"CA"},"text",["","","","","","",""]])"),
            std::string::npos)
      << CardOf(contact);
}

TEST(JcardTest, LeavesThePlacesOfWithheldPartsOfAnAddressEmpty) {
  ContactView contact;
  contact.street = Published<std::vector<std::string>>::Withheld();
  contact.state = Text::Shown("QC");
  EXPECT_NE(CardOf(contact).find(R"(["adr",{},"text",["","","","","QC","",""]])"),
            std::string::npos)
      << CardOf(contact);
}

TEST(JcardTest, WritesTelephonesAsUrisWithTheirKind) {
  ContactView contact;
  contact.phone = Text::Shown("+1.5555550100");
  contact.phone_extension = Text::Shown("12");
  contact.fax = Text::Shown("+1.5555550101");
  const std::string card = CardOf(contact);
  EXPECT_NE(card.find(R"(["tel",{"type":"voice"},"uri","tel:+1.5555550100;ext=12"])"),
            std::string::npos)
      << card;
  EXPECT_NE(card.find(R"(["tel",{"type":"fax"},"uri","tel:+1.5555550101"])"), std::string::npos)
      << card;
}

}  // namespace
}  // namespace whois
