#include "registry/store/rdds_tokens.h"

#include <gmock/gmock.h>

#include "registry/commands/domain_lookup.h"
#include "registry/types/given_token.h"
#include "tests/registry/store/store_scene.h"

namespace registry::store {
namespace {

RddsToken MakeToken(std::string_view name, std::string_view secret, absl::Time now) {
  RddsToken token;
  token.name = name;
  token.digest = GivenToken(std::string(secret)).digest();
  token.unredacted = true;
  token.per_minute = 7;
  token.purpose = "case 42";
  token.made = absl::FromUnixMillis(absl::ToUnixMillis(now));
  token.made_by = "jon";
  return token;
}

class RddsTokensTest : public testing::Test {
 protected:
  // As the next command sees it.
  const RddsToken* Known(std::string_view secret) {
    const auto reply = scene.Run(kPublic, DomainLookup{DomainName("nobody.org")});
    directory = reply.directory;
    return directory->Token(GivenToken(std::string(secret)).digest());
  }

  StoreScene scene;
  std::shared_ptr<const Directory> directory;
};

TEST_F(RddsTokensTest, AreSeenByTheNextLookUpOfARunningStore) {
  EXPECT_EQ(Known("secret"), nullptr);
  RddsToken made = MakeToken("agency", "secret", scene.clock.Now());
  made.expires = made.made + absl::Hours(1);
  ASSERT_TRUE(CreateRddsToken(scene.database, made).ok());
  const RddsToken* known = Known("secret");
  ASSERT_NE(known, nullptr);
  made.key = known->key;
  EXPECT_EQ(*known, made);
  EXPECT_TRUE(known->ValidAt(made.made));
  EXPECT_FALSE(known->ValidAt(made.expires));
  EXPECT_EQ(Known("other"), nullptr);
}

TEST_F(RddsTokensTest, HaveEachANameForEver) {
  const absl::Time now = scene.clock.Now();
  ASSERT_TRUE(CreateRddsToken(scene.database, MakeToken("agency", "secret", now)).ok());
  EXPECT_TRUE(
      absl::IsAlreadyExists(CreateRddsToken(scene.database, MakeToken("agency", "another", now))));
  ASSERT_TRUE(RevokeRddsToken(scene.database, "agency", "paul", now).ok());
  EXPECT_TRUE(
      absl::IsAlreadyExists(CreateRddsToken(scene.database, MakeToken("agency", "another", now))));
  EXPECT_EQ(Known("another"), nullptr);
}

TEST_F(RddsTokensTest, AreRevokedOnceAndStayInTheList) {
  const absl::Time now = absl::FromUnixMillis(absl::ToUnixMillis(scene.clock.Now()));
  ASSERT_TRUE(CreateRddsToken(scene.database, MakeToken("agency", "secret", now)).ok());
  EXPECT_TRUE(absl::IsNotFound(RevokeRddsToken(scene.database, "nobody", "paul", now)));
  ASSERT_TRUE(RevokeRddsToken(scene.database, "agency", "paul", now).ok());
  ASSERT_TRUE(RevokeRddsToken(scene.database, "agency", "mary", now + absl::Hours(1)).ok());
  EXPECT_FALSE(Known("secret")->ValidAt(now));
  const auto all = ListRddsTokens(scene.database);
  ASSERT_TRUE(all.ok()) << all.status();
  ASSERT_EQ(all->size(), 1u);
  EXPECT_EQ((*all)[0].revoked, now);
  EXPECT_EQ((*all)[0].revoked_by, "paul");
  EXPECT_EQ((*all)[0].expires, absl::InfiniteFuture());
}

}  // namespace
}  // namespace registry::store
