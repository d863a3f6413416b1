#include "whois/redaction.h"

#include <gtest/gtest.h>

#include "registry/types/contact_details.h"

namespace whois {
namespace {

using registry::Contact;
using registry::Disclose;

Contact FullContact() {
  Contact contact;
  contact.international.emplace();
  contact.international->name = "Ada";
  contact.international->organization = "Org";
  contact.international->street = {"Street 1"};
  contact.international->city = "City";
  contact.international->state = "State";
  contact.international->postal_code = "12345";
  contact.international->country = "CA";
  contact.voice = registry::Phone{"+1.5555550100", "7"};
  contact.fax = registry::Phone{"+1.5555550101", "8"};
  contact.email = "ada@example.org";
  return contact;
}

template <class T>
char Mark(const Published<T>& part) {
  if (!part.held()) return '.';
  return part.shown() ? 'S' : 'w';
}

// One letter for each part in the order of ContactView: S shown, w withheld, . not there.
std::string Marks(const std::optional<ContactView>& view) {
  if (!view) return "unpublished";
  return {Mark(view->handle),       Mark(view->name),
          Mark(view->organization), Mark(view->street),
          Mark(view->city),         Mark(view->state),
          Mark(view->postal_code),  Mark(view->country),
          Mark(view->phone),        Mark(view->phone_extension),
          Mark(view->fax),          Mark(view->fax_extension),
          Mark(view->email)};
}

std::string MarksOf(const Contact& contact, ContactRole role) {
  return Marks(Publish(contact, role, "C1-X"));
}

constexpr unsigned kAll = Disclose::kNameInt | Disclose::kOrgInt | Disclose::kAddrInt |
                          Disclose::kVoice | Disclose::kFax | Disclose::kEmail;

TEST(RedactionTest, TheStandingPolicyGoesByTheRole) {
  const Contact contact = FullContact();
  //                                                          hnosciczcpxfxe
  EXPECT_EQ(MarksOf(contact, ContactRole::kRegistrant), "wwSwwSwSwwwww");
  EXPECT_EQ(MarksOf(contact, ContactRole::kTechnical), "ww......ww..w");
  EXPECT_EQ(MarksOf(contact, ContactRole::kAdministrative), "unpublished");
  EXPECT_EQ(MarksOf(contact, ContactRole::kBilling), "unpublished");
  EXPECT_EQ(MarksOf(contact, ContactRole::kNone), "unpublished");
}

TEST(RedactionTest, WhatTheContactDisclosesIsShownInEveryRole) {
  Contact contact = FullContact();
  contact.disclose = {true, kAll};
  for (ContactRole role : {ContactRole::kRegistrant, ContactRole::kAdministrative,
                           ContactRole::kTechnical, ContactRole::kBilling, ContactRole::kNone}) {
    EXPECT_EQ(MarksOf(contact, role), "SSSSSSSSSSSSS");
  }
}

TEST(RedactionTest, EachFieldOfDiscloseOpensItsOwnParts) {
  const std::pair<unsigned, std::string_view> kCases[] = {
      {Disclose::kNameInt, "SSSwwSwSwwwww"}, {Disclose::kOrgInt, "wwSwwSwSwwwww"},
      {Disclose::kAddrInt, "wwSSSSSSwwwww"}, {Disclose::kVoice, "wwSwwSwSSSwww"},
      {Disclose::kFax, "wwSwwSwSwwSSw"},     {Disclose::kEmail, "wwSwwSwSwwwwS"},
      {Disclose::kNameLoc, "wwSwwSwSwwwww"},  // of a form that is not published
  };
  for (const auto& [field, marks] : kCases) {
    Contact contact = FullContact();
    contact.disclose = {true, field};
    EXPECT_EQ(MarksOf(contact, ContactRole::kRegistrant), marks) << field;
  }
}

TEST(RedactionTest, WhatTheContactWithholdsIsWithheldButStateAndCountry) {
  Contact contact = FullContact();
  contact.disclose = {false, kAll};
  EXPECT_EQ(MarksOf(contact, ContactRole::kRegistrant), "wwwwwSwSwwwww");
  EXPECT_EQ(MarksOf(contact, ContactRole::kTechnical), "ww......ww..w");
  EXPECT_EQ(MarksOf(contact, ContactRole::kAdministrative), "unpublished");
}

TEST(RedactionTest, OfTheTechnicalContactOnlyWhatItDisclosesBeyondTheEssentialIsThere) {
  Contact contact = FullContact();
  contact.disclose = {true, Disclose::kNameInt | Disclose::kOrgInt};
  EXPECT_EQ(MarksOf(contact, ContactRole::kTechnical), "SSS.....ww..w");
  EXPECT_EQ(MarksOf(contact, ContactRole::kAdministrative), "SSS..........");
}

TEST(RedactionTest, WhatIsNotHeldIsNeitherShownNorWithheld) {
  Contact contact = FullContact();
  contact.international->organization.clear();
  contact.international->street.clear();
  contact.international->state.clear();
  contact.international->postal_code.clear();
  contact.voice->extension.clear();
  contact.fax.reset();
  EXPECT_EQ(MarksOf(contact, ContactRole::kRegistrant), "ww..w..Sw...w");
  contact.voice.reset();
  EXPECT_EQ(MarksOf(contact, ContactRole::kRegistrant), "ww..w..S....w");
}

TEST(RedactionTest, TheInternationalFormIsPreferred) {
  Contact contact = FullContact();
  contact.localized = contact.international;
  contact.localized->name = "\u00c4da";
  contact.disclose = {true, Disclose::kNameInt | Disclose::kNameLoc};
  EXPECT_EQ(Publish(contact, ContactRole::kRegistrant, "C1-X")->name.value(), "Ada");
  contact.international.reset();
  EXPECT_EQ(Publish(contact, ContactRole::kRegistrant, "C1-X")->name.value(), "\u00c4da");
}

TEST(RedactionTest, WithheldValuesAreNowhereInTheView) {
  const ContactView view = *Publish(FullContact(), ContactRole::kRegistrant, "C1-X");
  EXPECT_EQ(view.name.value(), "");
  EXPECT_EQ(view.handle.value(), "");
  EXPECT_TRUE(view.street.value().empty());
  EXPECT_EQ(view.organization.value(), "Org");
}

}  // namespace
}  // namespace whois
