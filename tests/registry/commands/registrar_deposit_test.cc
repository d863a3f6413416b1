#include "registry/commands/registrar_deposit.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class RegistrarDepositTest : public testing::Test {
 protected:
  RegistrarDepositTest() { scene.asker = kOperator; }

  Scene scene;
  RegistrarDeposit command{RegistrarId("gold"), Money{2500}, "invoice 42"};
};

TEST_F(RegistrarDepositTest, BooksTheAmountWithItsReference) {
  const Money before = scene.balances[kGold];
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_EQ(scene.balances[kGold], before + Money{2500});
  ASSERT_EQ(scene.ledger.size(), 1u);
  EXPECT_EQ(scene.ledger[0].kind, LedgerKind::kDeposit);
  EXPECT_EQ(scene.ledger[0].registrar, kGold);
  EXPECT_EQ(scene.ledger[0].what, "deposit: invoice 42");
  EXPECT_EQ(scene.ledger[0].domain, DomainKey{});
}

TEST_F(RegistrarDepositTest, NeedsNoReference) {
  command.reference.clear();
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_EQ(scene.ledger.at(0).what, "deposit");
}

TEST_F(RegistrarDepositTest, RefusesAReferenceThatIsNoLineOfText) {
  for (const char* reference : {"a\nb", "\xFF", "\x1B[2J"}) {
    command.reference = reference;
    EXPECT_EQ(ReasonOf(scene.Run(command)), kDepositReference.id);
  }
}

TEST_F(RegistrarDepositTest, TakesBackMoreThanThereIs) {
  command.amount = -Money{500000};
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_LT(scene.balances[kGold], Money{});
}

TEST_F(RegistrarDepositTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, RegistrarDeposit&) = {
      [](Scene& s, RegistrarDeposit&) { s.asker = kGold; },
      [](Scene&, RegistrarDeposit& c) { c.amount = Money{}; },
      [](Scene&, RegistrarDeposit& c) { c.reference = std::string(256, 'a'); },
      [](Scene&, RegistrarDeposit& c) { c.id = RegistrarId("bronze"); },
  };
  ExpectReasonsInOrder(scene, command, kRegistrarDepositReasons, spoil);
}

}  // namespace
}  // namespace registry
