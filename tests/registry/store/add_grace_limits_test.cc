#include "registry/store/add_grace_limits.h"

#include <gmock/gmock.h>

#include <thread>

#include "registry/base/text.h"
#include "registry/commands/domain_delete.h"
#include "registry/commands/tld_apply.h"
#include "tests/registry/store/store_scene.h"

namespace registry::store {
namespace {

TEST(FreeAddGraceDeletionsTest, IsTheLargerOfTheShareAndTheNumber) {
  EXPECT_EQ(FreeAddGraceDeletions(100, 10, 10, 5), 9);
  EXPECT_EQ(FreeAddGraceDeletions(100, 10, 10, 50), 50);
  EXPECT_EQ(FreeAddGraceDeletions(10, 20, 10, 0), 0) << "nothing is left";
  EXPECT_EQ(FreeAddGraceDeletions(1000, 0, 100, 0), 1000);
}

class AddGraceLimitsTest : public testing::Test {
 protected:
  AddGraceLimitsTest() {
    TldPolicy policy = *scene.store->directory()->Tld("org");
    policy.agp_free = 1;
    EXPECT_EQ(scene.Code(kOperator, TldApply{policy}), ResultCode::kOk);
    // Six are created, four of them deleted: one is free.
    for (int i = 0; i < 6; ++i) {
      const DomainName name(Concat("a", i, ".org"));
      EXPECT_EQ(scene.Code(scene.gold, CreateOrg(name.text())), ResultCode::kOk);
      if (i >= 4) continue;
      EXPECT_EQ(scene.Code(scene.gold, DomainDelete{name}), ResultCode::kOk);
    }
    EXPECT_EQ(scene.Code(scene.silver, CreateNgo("b.ngo")), ResultCode::kOk);
    month = absl::ToCivilMonth(scene.clock.Now(), absl::UTCTimeZone());
    next = absl::FromCivil(month + 1, absl::UTCTimeZone());
  }

  int64_t Balance() const {
    return scene.Number(
        Concat("SELECT balance FROM balances WHERE registrar = ", Number(scene.gold)));
  }
  AddGraceUse Use() const {
    const auto uses = ReadAddGraceUse(scene.database, month);
    EXPECT_TRUE(uses.ok()) << uses.status();
    EXPECT_EQ(uses->size(), 1u) << "silver deleted nothing";
    return uses->empty() ? AddGraceUse() : uses->front();
  }

  StoreScene scene;
  absl::CivilMonth month;
  absl::Time next;
};

TEST_F(AddGraceLimitsTest, TellsWhoDeletedHowMany) {
  const AddGraceUse use = Use();
  EXPECT_EQ(use.registrar, "gold");
  EXPECT_EQ(use.tld, "org");
  EXPECT_EQ(use.created, 6);
  EXPECT_EQ(use.deleted, 4);
  EXPECT_EQ(use.excess, 3);
  EXPECT_EQ(use.charge, Money{2700});
  EXPECT_EQ(use.state, AddGraceUse::State::kOpen);
}

TEST_F(AddGraceLimitsTest, ChargesWhatTheLastOfThemGaveBack) {
  DomainCreate longer = CreateOrg("long.org");
  longer.period = Years(10);
  EXPECT_EQ(scene.Code(scene.gold, longer), ResultCode::kOk);
  EXPECT_EQ(scene.Code(scene.gold, DomainDelete{longer.name}), ResultCode::kOk);
  EXPECT_EQ(Use().excess, 4);
  EXPECT_EQ(Use().charge, Money{2700 + 9000});
  const int64_t before = Balance();
  ASSERT_TRUE(ChargeAddGraceExcess(scene.database, next + absl::Hours(1)).ok());
  EXPECT_EQ(Balance(), before - 11700);
  EXPECT_THAT(scene.Findings(), testing::IsEmpty());
  scene.Query("UPDATE agp_charges SET amount = amount + 1");
  EXPECT_THAT(scene.Findings(), testing::ElementsAre(testing::HasSubstr("agp-excess-not-booked")));
}

TEST_F(AddGraceLimitsTest, NamesThatCostNothingDoNotCount) {
  TldPolicy policy = *scene.store->directory()->Tld("org");
  policy.create_fee = Money{};
  EXPECT_EQ(scene.Code(kOperator, TldApply{policy}), ResultCode::kOk);
  for (int i = 0; i < 30; ++i) {
    const DomainName name(Concat("free", i, ".org"));
    EXPECT_EQ(scene.Code(scene.gold, CreateOrg(name.text())), ResultCode::kOk);
    EXPECT_EQ(scene.Code(scene.gold, DomainDelete{name}), ResultCode::kOk);
  }
  EXPECT_EQ(Use().created, 6);
  EXPECT_EQ(Use().excess, 3);
}

TEST_F(AddGraceLimitsTest, AChargeThatLeavesLittleIsToldAsAnyOther) {
  scene.Query(Concat("UPDATE balances SET low_balance = balance + credit_limit WHERE registrar = ",
                     Number(scene.gold)));
  ASSERT_TRUE(ChargeAddGraceExcess(scene.database, next + absl::Hours(1)).ok());
  EXPECT_EQ(scene.Number(Concat("SELECT count(*) FROM poll_messages WHERE text LIKE 'Low balance: "
                                "%' AND registrar = ",
                                Number(scene.gold))),
            1);
}

TEST_F(AddGraceLimitsTest, WhatTheOperatorDeletesIsNeitherNewNorHis) {
  EXPECT_EQ(scene.Code(kOperator, DomainDelete{DomainName("a4.org")}), ResultCode::kOk);
  EXPECT_EQ(Use().deleted, 4);
  EXPECT_EQ(Use().charge, Money{2700});
}

TEST_F(AddGraceLimitsTest, ChargesTheMonthOnceItIsOver) {
  const int64_t before = Balance();
  ASSERT_TRUE(ChargeAddGraceExcess(scene.database, next - absl::Seconds(1)).ok());
  ASSERT_TRUE(ChargeAddGraceExcess(scene.database, next + absl::Minutes(59)).ok());
  EXPECT_EQ(Balance(), before);
  ASSERT_TRUE(ChargeAddGraceExcess(scene.database, next + absl::Hours(1)).ok());
  EXPECT_EQ(Balance(), before - 2700);
  ASSERT_TRUE(ChargeAddGraceExcess(scene.database, next + absl::Hours(2)).ok());
  ASSERT_TRUE(ChargeAddGraceExcess(scene.database, next + absl::Hours(24 * 40)).ok());
  EXPECT_EQ(Balance(), before - 2700);
  EXPECT_EQ(Use().state, AddGraceUse::State::kCharged);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM poll_messages WHERE text LIKE '3 deletions in the "
                         "add grace period beyond the limit of org in % were charged: 27.00'"),
            1);
  EXPECT_THAT(scene.Findings(), testing::IsEmpty());
}

TEST_F(AddGraceLimitsTest, AMonthThatBrokeOffIsFinished) {
  ASSERT_TRUE(ChargeAddGraceExcess(scene.database, next + absl::Hours(1)).ok());
  const int64_t after = Balance();
  scene.Query("DELETE FROM agp_months");  // the process ended before it noted the end
  ASSERT_TRUE(ChargeAddGraceExcess(scene.database, next + absl::Hours(2)).ok());
  EXPECT_EQ(Balance(), after);
}

TEST_F(AddGraceLimitsTest, ManyProcessesChargeOnce) {
  const int64_t before = Balance();
  std::vector<std::thread> processes;
  for (int i = 0; i < 8; ++i) {
    processes.emplace_back(
        [&] { EXPECT_TRUE(ChargeAddGraceExcess(scene.database, next + absl::Hours(1)).ok()); });
  }
  for (std::thread& process : processes) process.join();
  EXPECT_EQ(Balance(), before - 2700);
}

TEST_F(AddGraceLimitsTest, WhoeverIsExemptPaysNothing) {
  const int64_t before = Balance();
  EXPECT_TRUE(absl::IsNotFound(ExemptFromAddGraceLimits(scene.database, month, "nobody", "org")));
  ASSERT_TRUE(ExemptFromAddGraceLimits(scene.database, month, "gold", "org").ok());
  ASSERT_TRUE(ExemptFromAddGraceLimits(scene.database, month, "gold", "org").ok());
  ASSERT_TRUE(ChargeAddGraceExcess(scene.database, next + absl::Hours(1)).ok());
  EXPECT_EQ(Balance(), before);
  EXPECT_EQ(Use().state, AddGraceUse::State::kExempt);
}

TEST_F(AddGraceLimitsTest, WhatIsChargedCannotBeExempted) {
  ASSERT_TRUE(ChargeAddGraceExcess(scene.database, next + absl::Hours(1)).ok());
  EXPECT_TRUE(
      absl::IsAlreadyExists(ExemptFromAddGraceLimits(scene.database, month, "gold", "org")));
}

}  // namespace
}  // namespace registry::store
