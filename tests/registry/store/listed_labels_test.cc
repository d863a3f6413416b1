// The long lists, and tokens, from the operator's hand to the commands of a running store.
#include "registry/store/listed_labels.h"

#include <gmock/gmock.h>

#include "registry/base/text.h"
#include "registry/commands/domain_check.h"
#include "registry/commands/domain_info.h"
#include "registry/commands/tld_apply.h"
#include "registry/store/allocation_tokens.h"
#include "tests/registry/store/store_scene.h"

namespace registry::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = ListedLabel::Kind;
using Labels = std::vector<std::pair<std::string, std::optional<ListedLabel>>>;

class ListedLabelsTest : public testing::Test {
 protected:
  ListedLabelsTest() {
    TldPolicy policy = *scene.store->directory()->Tld("org");
    policy.premium_classes["rare"] = {Money{10000}, Money{5000}, Money{6000}, Money{8000}};
    scene.Run(kOperator, TldApply{std::move(policy)});
  }
  absl::StatusOr<LabelsEdited> Edit(Labels labels, bool replace = false, std::string tld = "org") {
    LabelEdit edit{std::move(tld), std::move(labels), replace, "jon", "a test"};
    return EditLabels(scene.database, edit, scene.clock.Now(), [](int64_t) {});
  }
  std::string Reason(std::string_view name) {
    DomainCheck check;
    check.names.push_back({std::string(name), DomainName(name)});
    const auto reply = scene.Run(scene.gold, check);
    EXPECT_TRUE(reply.status.ok());
    return std::string((*reply.outcome)->items[0].reason);
  }
  std::vector<std::string> Listed(std::optional<Kind> kind = {}, const std::string& prefix = {}) {
    std::vector<std::string> labels;
    EXPECT_TRUE(ReadLabels(scene.database, "org", kind, prefix,
                           [&](const std::string& label, const ListedLabel&) {
                             labels.push_back(label);
                             return absl::OkStatus();
                           })
                    .ok());
    return labels;
  }
  std::string Flag() { return scene.Query("SELECT listed FROM tlds WHERE tld = 'org'"); }

  StoreScene scene;
};

TEST_F(ListedLabelsTest, AreSeenByTheNextCommandOfARunningStore) {
  EXPECT_EQ(Reason("held.org"), "");
  const auto edited = Edit({{"held", ListedLabel{Kind::kReserved, ""}},
                            {"never", ListedLabel{Kind::kBlocked, ""}},
                            {"gem", ListedLabel{Kind::kPremium, "rare"}}});
  ASSERT_TRUE(edited.ok()) << edited.status();
  EXPECT_EQ(edited->put, 3);
  EXPECT_EQ(Reason("held.org"), "Allocation Token required");
  EXPECT_EQ(Reason("never.org"), "blocked");
  EXPECT_EQ(Reason("free.org"), "");
  EXPECT_EQ(Reason("held.ngo"), "") << "another TLD's list";
  EXPECT_EQ(scene.Code(scene.gold, CreateOrg("held.org")), ResultCode::kParameterPolicy);
  EXPECT_EQ(scene.Code(scene.gold, CreateOrg("never.org")), ResultCode::kParameterPolicy);
  DomainCreate gem = CreateOrg("gem.org");
  EXPECT_EQ(scene.Code(scene.gold, gem), ResultCode::kParameterMissing);
  gem.agreement = FeeAgreement{"USD", Money{10000}};
  EXPECT_EQ(scene.Code(scene.gold, gem), ResultCode::kOk);
  const auto info = scene.Run(scene.gold, DomainInfo{DomainName("gem.org")});
  EXPECT_EQ((*info.outcome)->domain.premium_class, "rare");
  ASSERT_TRUE(Edit({{"held", std::nullopt}, {"absent", std::nullopt}}).ok());
  EXPECT_EQ(Reason("held.org"), "");
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST_F(ListedLabelsTest, TheDirectoryChangesWithTheFirstAndTheLastOnly) {
  const auto version = [&] { return scene.Number("SELECT version FROM registry"); };
  const int64_t first = version();
  ASSERT_TRUE(Edit({{"a", ListedLabel{Kind::kReserved, ""}}}).ok());
  EXPECT_EQ(version(), first + 1);
  EXPECT_EQ(Flag(), "t");
  ASSERT_TRUE(Edit({{"b", ListedLabel{Kind::kReserved, ""}}}).ok());
  ASSERT_TRUE(Edit({{"a", std::nullopt}}).ok());
  EXPECT_EQ(version(), first + 1);
  ASSERT_TRUE(Edit({{"b", std::nullopt}}).ok());
  EXPECT_EQ(version(), first + 2);
  EXPECT_EQ(Flag(), "f");
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST_F(ListedLabelsTest, ReplacingRemovesWhatIsNotThere) {
  ASSERT_TRUE(Edit({{"a", ListedLabel{Kind::kReserved, ""}},
                    {"b", ListedLabel{Kind::kBlocked, ""}},
                    {"ba", ListedLabel{Kind::kBlocked, ""}}})
                  .ok());
  EXPECT_THAT(Listed(Kind::kBlocked), ElementsAre("b", "ba"));
  EXPECT_THAT(Listed({}, "ba"), ElementsAre("ba"));
  const auto edited = Edit({{"a", ListedLabel{Kind::kReserved, ""}},
                            {"b", ListedLabel{Kind::kReserved, "rare"}},
                            {"c", ListedLabel{Kind::kBlocked, ""}}},
                           /*replace=*/true);
  ASSERT_TRUE(edited.ok()) << edited.status();
  EXPECT_EQ(edited->put, 2) << "a is as it was";
  EXPECT_EQ(edited->removed, 1);
  EXPECT_THAT(Listed(), ElementsAre("a", "b", "c"));
  const auto changes = ReadLabelChanges(scene.database, "org", "ba", 10);
  ASSERT_TRUE(changes.ok());
  ASSERT_EQ(changes->size(), 2u);
  EXPECT_EQ((*changes)[0].listed, std::nullopt);
  EXPECT_EQ((*changes)[1].listed, (ListedLabel{Kind::kBlocked, ""}));
  EXPECT_EQ((*changes)[0].by, "jon");
  EXPECT_EQ((*changes)[0].reason, "a test");
}

TEST_F(ListedLabelsTest, IsAllOrNothing) {
  EXPECT_TRUE(absl::IsInvalidArgument(
      Edit({{"a", ListedLabel{Kind::kReserved, ""}}, {"b", ListedLabel{Kind::kPremium, "gone"}}})
          .status()));
  EXPECT_TRUE(
      absl::IsNotFound(Edit({{"a", ListedLabel{Kind::kReserved, ""}}}, false, "net").status()));
  EXPECT_THAT(Listed(), IsEmpty());
  EXPECT_EQ(scene.Number("SELECT count(*) FROM listed_label_changes"), 0);
}

TEST_F(ListedLabelsTest, TakesManyAtOnce) {
  Labels labels;
  for (int i = 0; i < 100'000; ++i) {
    labels.emplace_back(Concat("l", i), ListedLabel{Kind::kReserved, ""});
  }
  ASSERT_TRUE(Edit(std::move(labels)).ok());
  EXPECT_EQ(Listed().size(), 100'000u);
  EXPECT_EQ(Reason("l99999.org"), "Allocation Token required");
  EXPECT_EQ(Reason("l100000.org"), "");
}

TEST_F(ListedLabelsTest, ATokenAllocatesOnce) {
  ASSERT_TRUE(
      Edit({{"held", ListedLabel{Kind::kReserved, ""}}, {"too", ListedLabel{Kind::kReserved, ""}}})
          .ok());
  AllocationToken token;
  token.digest = GivenToken("abc").digest();
  token.registrar = scene.gold;
  const auto keys = CreateTokens(scene.database, {token}, "jon", scene.clock.Now());
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_TRUE(absl::IsAlreadyExists(
      CreateTokens(scene.database, {token}, "jon", scene.clock.Now()).status()));
  DomainCreate create = CreateOrg("held.org");
  create.token = GivenToken("abc");
  EXPECT_EQ(scene.Code(scene.silver, create), ResultCode::kAuthorizationError);
  EXPECT_EQ(scene.Code(scene.gold, create), ResultCode::kOk);
  create.name = DomainName("too.org");
  EXPECT_EQ(scene.Code(scene.gold, create), ResultCode::kAuthorizationError);
  DomainInfo info{DomainName("held.org")};
  info.asks_token = true;
  EXPECT_EQ((*scene.Run(scene.gold, info).outcome)->token, "abc");
  const auto records = ReadTokens(scene.database, /*all=*/true, scene.clock.Now());
  ASSERT_EQ(records->size(), 1u);
  EXPECT_EQ((*records)[0].token.uses, 1);
  EXPECT_THAT(*ReadTokens(scene.database, /*all=*/false, scene.clock.Now()), IsEmpty());
  EXPECT_THAT(scene.Findings(), IsEmpty());
  scene.Query("UPDATE allocation_tokens SET uses = 0");
  EXPECT_THAT(scene.Findings(), ElementsAre(testing::StartsWith("token-use-not-counted")));
}

TEST_F(ListedLabelsTest, ATokenIsReadBackAsItWasMade) {
  AllocationToken token;
  token.digest = GivenToken("all").digest();
  token.kind = AllocationToken::Kind::kPromotion;
  token.purpose = AllocationToken::Purpose::kTransfer;
  token.registrar = scene.silver;
  token.tld = "org";
  token.name = DomainName("gem.org");
  token.starts = absl::FromUnixMillis(1'700'000'000'123);
  token.ends = absl::FromUnixMillis(4'000'000'000'456);
  token.max_uses = 7;
  token.price = Money{150};
  token.promoted_years = 3;
  AllocationToken plain;
  plain.digest = GivenToken("plain").digest();
  plain.discount = 5;
  const auto keys = CreateTokens(scene.database, {token, plain}, "jon", scene.clock.Now());
  ASSERT_TRUE(keys.ok()) << keys.status();
  token.key = (*keys)[0];
  plain.key = (*keys)[1];
  const auto records = ReadTokens(scene.database, false, scene.clock.Now());
  ASSERT_EQ(records->size(), 2u);
  EXPECT_EQ((*records)[0].token, token);
  EXPECT_EQ((*records)[1].token, plain);
  ASSERT_TRUE(RevokeToken(scene.database, plain.key, "joyce", scene.clock.Now()).ok());
  ASSERT_TRUE(RevokeToken(scene.database, plain.key, "jon", scene.clock.Now()).ok());
  EXPECT_TRUE(absl::IsNotFound(RevokeToken(scene.database, 999, "jon", scene.clock.Now())));
  const auto all = ReadTokens(scene.database, true, scene.clock.Now());
  EXPECT_TRUE((*all)[1].token.revoked);
  EXPECT_EQ((*all)[1].revoked_by, "joyce");
}

}  // namespace
}  // namespace registry::store
