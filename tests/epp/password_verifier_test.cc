#include "epp/password_verifier.h"

#include <gtest/gtest.h>

#include <future>
#include <string>
#include <vector>

namespace epp {
namespace {

class PasswordVerifierTest : public testing::Test {
 protected:
  std::future<bool> Start(const std::string& encoded, const std::string& password) {
    auto promise = std::make_shared<std::promise<bool>>();
    std::future<bool> answer = promise->get_future();
    verifier_.Compare(encoded, password, [promise](bool matches) { promise->set_value(matches); });
    return answer;
  }
  bool Matches(const std::string& encoded, const std::string& password) {
    return Start(encoded, password).get();
  }

  const std::string hash_ = registry::store::HashPassword("Right-pw-1");
  PasswordVerifier verifier_{1, 2};
};

TEST_F(PasswordVerifierTest, TellsRightFromWrong) {
  EXPECT_TRUE(Matches(hash_, "Right-pw-1"));
  EXPECT_FALSE(Matches(hash_, "Wrong-pw-1"));
  EXPECT_FALSE(Matches(hash_, ""));
  EXPECT_FALSE(Matches("", "Right-pw-1"));
}

TEST_F(PasswordVerifierTest, RemembersOnlyWhatMatched) {
  EXPECT_TRUE(Matches(hash_, "Right-pw-1"));
  EXPECT_TRUE(Matches(hash_, "Right-pw-1"));
  EXPECT_EQ(verifier_.comparisons(), 1);
  EXPECT_FALSE(Matches(hash_, "Wrong-pw-1"));
  EXPECT_FALSE(Matches(hash_, "Wrong-pw-1"));
  EXPECT_EQ(verifier_.comparisons(), 3);
}

TEST_F(PasswordVerifierTest, WhatWasRememberedEndsWithTheHash) {
  EXPECT_TRUE(Matches(hash_, "Right-pw-1"));
  const std::string changed = registry::store::HashPassword("Other-pw-2");
  EXPECT_FALSE(Matches(changed, "Right-pw-1"));
  EXPECT_TRUE(Matches(changed, "Other-pw-2"));
}

TEST_F(PasswordVerifierTest, EqualQuestionsShareOneAnswer) {
  std::vector<std::future<bool>> right, wrong;
  for (int i = 0; i < 20; ++i) {
    right.push_back(Start(hash_, "Right-pw-1"));
    wrong.push_back(Start(hash_, "Wrong-pw-1"));
  }
  for (auto& answer : right) EXPECT_TRUE(answer.get());
  for (auto& answer : wrong) EXPECT_FALSE(answer.get());
  EXPECT_LT(verifier_.comparisons(), 10) << "the first ones may be ready before the last are asked";
}

TEST_F(PasswordVerifierTest, ForgetsRatherThanGrow) {
  const std::string second = registry::store::HashPassword("Second-pw-2");
  const std::string third = registry::store::HashPassword("Third-pw-3");
  EXPECT_TRUE(Matches(hash_, "Right-pw-1"));
  EXPECT_TRUE(Matches(second, "Second-pw-2"));
  EXPECT_TRUE(Matches(third, "Third-pw-3"));
  EXPECT_EQ(verifier_.comparisons(), 3);
  EXPECT_TRUE(Matches(hash_, "Right-pw-1"));
  EXPECT_EQ(verifier_.comparisons(), 4);
}

TEST_F(PasswordVerifierTest, MakesHashesThatMatch) {
  std::promise<std::string> promise;
  verifier_.Hash("Fresh-pw-4", [&](std::string encoded) { promise.set_value(std::move(encoded)); });
  EXPECT_TRUE(Matches(promise.get_future().get(), "Fresh-pw-4"));
}

}  // namespace
}  // namespace epp
