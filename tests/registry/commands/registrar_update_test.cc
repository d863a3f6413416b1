#include "registry/commands/registrar_update.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class RegistrarUpdateTest : public testing::Test {
 protected:
  RegistrarUpdateTest() {
    scene.asker = kOperator;
    before = *scene.directory.Registrar(kGold);
    command.id = before.id;
  }

  const Registrar& Committed() {
    EXPECT_EQ(ReasonOf(scene.Commit(command)), "accepted");
    return *scene.directory.Registrar(kGold);
  }

  Scene scene;
  Registrar before;
  RegistrarUpdate command;
};

TEST_F(RegistrarUpdateTest, ChangesWhatIsGivenAndKeepsTheRest) {
  command.name = "Gold GmbH";
  command.tlds = {"org"};
  command.max_sessions = 7;
  command.password_days = 90;
  command.credit_limit = Money{500};
  command.admin.name = "Anne Admin";
  command.tech.fax = "+1.5555550100";
  Registrar expected = before;
  expected.name = "Gold GmbH";
  expected.tlds = {"org"};
  expected.max_sessions = 7;
  expected.password_days = 90;
  expected.credit_limit = Money{500};
  expected.admin.name = "Anne Admin";
  expected.tech.fax = "+1.5555550100";
  EXPECT_EQ(Committed(), expected);
}

TEST_F(RegistrarUpdateTest, OfTwoOperatorsNeitherLosesAChange) {
  RegistrarUpdate other = command;
  command.city = "Reston";
  command.add_certificates = {Fingerprint{1}, Fingerprint{2}};
  other.phone = "+1.5555550100";
  other.add_certificates = {Fingerprint{3}, Fingerprint{2}};
  Committed();
  ASSERT_EQ(ReasonOf(scene.Commit(other)), "accepted");
  Registrar expected = before;
  expected.city = "Reston";
  expected.phone = "+1.5555550100";
  for (const uint8_t n : {1, 2, 3}) expected.certificates.push_back(Fingerprint{n});
  EXPECT_EQ(*scene.directory.Registrar(kGold), expected);
}

TEST_F(RegistrarUpdateTest, EveryMemberCountsAsAChange) {
  EXPECT_TRUE(command.empty());
  void (*const give[])(RegistrarUpdate&) = {
      [](RegistrarUpdate& c) { c.suspended = false; },
      [](RegistrarUpdate& c) { c.credit_limit = Money{}; },
      [](RegistrarUpdate& c) { c.low_balance = Money{}; },
      [](RegistrarUpdate& c) { c.minimum_data = false; },
      [](RegistrarUpdate& c) { c.street.emplace(); },
      [](RegistrarUpdate& c) { c.abuse_phone = ""; },
      [](RegistrarUpdate& c) { c.admin.name = ""; },
      [](RegistrarUpdate& c) { c.tech.email = ""; },
      [](RegistrarUpdate& c) { c.add_certificates = {Fingerprint{1}}; },
      [](RegistrarUpdate& c) { c.remove_certificates = {Fingerprint{1}}; },
  };
  for (const auto& change : give) {
    RegistrarUpdate update = command;
    change(update);
    EXPECT_FALSE(update.empty());
  }
}

TEST_F(RegistrarUpdateTest, RemovesCertificates) {
  scene.ChangeRegistrar(kGold, [](Registrar& gold) {
    gold.certificates = {Fingerprint{1}, Fingerprint{2}};
  });
  command.remove_certificates = {Fingerprint{1}};
  EXPECT_EQ(Committed().certificates, std::vector{Fingerprint{2}});
}

TEST_F(RegistrarUpdateTest, SuspendsAndResumes) {
  Registrar expected = before;
  command.suspended = true;
  expected.suspended = true;
  EXPECT_EQ(Committed(), expected);
  command.suspended = false;
  EXPECT_EQ(Committed(), before);
}

TEST_F(RegistrarUpdateTest, KeepsASuspensionThatIsNotMentioned) {
  scene.ChangeRegistrar(kGold, [](Registrar& gold) { gold.suspended = true; });
  command.city = "Reston";
  EXPECT_TRUE(Committed().suspended);
}

TEST_F(RegistrarUpdateTest, ReasonsApplyInTheirDocumentedOrder) {
  command.suspended = true;
  void (*const spoil[])(Scene&, RegistrarUpdate&) = {
      [](Scene& s, RegistrarUpdate&) { s.asker = kGold; },
      [](Scene&, RegistrarUpdate& c) { c = RegistrarUpdate{.id = c.id}; },
      [](Scene&, RegistrarUpdate& c) { c.id = RegistrarId("bronze"); },
      [](Scene&, RegistrarUpdate& c) { c.remove_certificates = {Fingerprint{9}}; },
      [](Scene&, RegistrarUpdate& c) { c.name = "a\nb"; },
  };
  ExpectReasonsInOrder(scene, command, kRegistrarUpdateReasons, spoil);
}

}  // namespace
}  // namespace registry
