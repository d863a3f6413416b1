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

std::string MarksOf(const Contact& contact, ContactRole role,
                    const registry::RddsPolicy& policy = {}) {
  return Marks(Publish(contact, role, "C1-X", policy));
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

TEST(RedactionTest, ThePolicyOfTheTldSaysWhatIsShown) {
  using registry::RddsPart;
  registry::RddsPolicy policy;
  const Contact contact = FullContact();
  const auto bits = [](std::initializer_list<RddsPart> parts) {
    uint16_t all = 0;
    for (RddsPart part : parts) all |= static_cast<uint16_t>(part);
    return all;
  };
  policy.roles[0].shown = 0;
  policy.roles[1] = {true, bits({RddsPart::kStreet, RddsPart::kEmail})};
  policy.roles[2] = {true, bits({RddsPart::kHandle, RddsPart::kOrganization, RddsPart::kPhone})};
  policy.roles[3] = {false, bits({RddsPart::kName})};
  EXPECT_EQ(MarksOf(contact, ContactRole::kRegistrant, policy), "wwwwwSwSwwwww")
      << "state and country are always shown";
  EXPECT_EQ(MarksOf(contact, ContactRole::kAdministrative, policy), "ww.S....ww..S");
  EXPECT_EQ(MarksOf(contact, ContactRole::kTechnical, policy), "SwS.....SS..w");
  EXPECT_EQ(MarksOf(contact, ContactRole::kBilling, policy), "unpublished");
  policy.roles[2].published = false;
  EXPECT_EQ(MarksOf(contact, ContactRole::kTechnical, policy), "unpublished");
  for (size_t part = 0; part < registry::kRddsPartNames.size(); ++part) {
    for (registry::RddsRolePolicy& role : policy.roles) role.shown |= 1U << part;
  }
  EXPECT_EQ(MarksOf(contact, ContactRole::kRegistrant, policy), "SSSSSSSSSSSSS");
  EXPECT_EQ(MarksOf(contact, ContactRole::kNone, policy), "unpublished")
      << "by itself it belongs to no TLD";
}

TEST(RedactionTest, TheContactGoesBeforeThePolicy) {
  registry::RddsPolicy policy;
  policy.roles[2] = {true, 0x7FF};
  Contact contact = FullContact();
  contact.disclose = {false, Disclose::kNameInt | Disclose::kAddrInt | Disclose::kFax};
  EXPECT_EQ(MarksOf(contact, ContactRole::kTechnical, policy), "wwSwwwwwSSwwS");
  policy.roles[2] = {false, 0};
  contact.disclose = {true, Disclose::kNameInt | Disclose::kEmail};
  EXPECT_EQ(MarksOf(contact, ContactRole::kTechnical, policy), "SS..........S")
      << "of what is not published otherwise nothing is said";
}

TEST(RedactionTest, UnredactedIsAllThatIsHeld) {
  Contact contact = FullContact();
  contact.disclose = {false, kAll};
  for (ContactRole role : {ContactRole::kRegistrant, ContactRole::kBilling, ContactRole::kNone}) {
    EXPECT_EQ(Marks(Unredacted(contact, role, "C1-X")), "SSSSSSSSSSSSS");
  }
  contact.fax.reset();
  contact.international->organization.clear();
  EXPECT_EQ(Marks(Unredacted(contact, ContactRole::kTechnical, "C1-X")), "SS.SSSSSSS..S");
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
