#include "registry/commands/registrar_password.h"

#include <gtest/gtest.h>

#include "registry/types/reasons.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class RegistrarPasswordTest : public testing::Test {
 protected:
  Scene scene;
  RegistrarPassword command{kGold, "$argon2id$new"};
};

TEST_F(RegistrarPasswordTest, ReplacesTheHashAndNothingElse) {
  Registrar expected = *scene.directory.Registrar(kGold);
  expected.password_hash = "$argon2id$new";
  expected.password_set = scene.now;
  EXPECT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_EQ(*scene.directory.Registrar(kGold), expected);
}

TEST_F(RegistrarPasswordTest, MayBeResetByTheOperator) {
  scene.asker = kOperator;
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");
}

TEST_F(RegistrarPasswordTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, RegistrarPassword&) = {
      [](Scene&, RegistrarPassword& c) { c.registrar = kStranger; },
      [](Scene& s, RegistrarPassword&) { s.asker = kSilver; },
  };
  ExpectReasonsInOrder(scene, command, kRegistrarPasswordReasons, spoil);
}

TEST(CheckPasswordTest, TakesSixAndMoreCharactersOfTwoKinds) {
  const RegistrarId id("gold-1");
  for (const char* good : {"abcde1", "12345a", "abc-de", "123 45", "abcdefghijklmno1",
                           "h\xC3\xA9llo-h\xC3\xA9llo-1234", "abcd\xC3\xA9\xC3\xA9"}) {
    EXPECT_TRUE(CheckPassword(good, id).ok()) << good;
  }
  EXPECT_TRUE(CheckPassword(std::string(127, 'a') + "1", id).ok());
  EXPECT_EQ(ReasonOf(CheckPassword(std::string(128, 'a') + "1", id)), kPasswordWeak.id);
  EXPECT_TRUE(CheckPassword(std::string(199, 'a') + "1", id, 200).ok());
  EXPECT_EQ(ReasonOf(CheckPassword("abcdefghijklmnop1", id, 16)), kPasswordWeak.id);
}

TEST(CheckPasswordTest, RefusesTheRest) {
  const RegistrarId id("gold-1");
  for (const char* weak :
       {"", "abcd1", "[LOGIN-SECURITY]", " abcde1", "abcde1 ", "abc  de1", "abcdef", "123456",
        "------", "gold-1", "GOLD-1", "abc\x01-1", "abc\xFF-1", "abcde1\n"}) {
    EXPECT_EQ(ReasonOf(CheckPassword(weak, id)), kPasswordWeak.id) << weak;
  }
}

}  // namespace
}  // namespace registry
