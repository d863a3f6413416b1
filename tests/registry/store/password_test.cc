#include "registry/store/password.h"

#include <gtest/gtest.h>

#include <future>

namespace registry::store {
namespace {

TEST(PasswordTest, MatchesOnlyItself) {
  const std::string hash = HashPassword("sesame-1");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
  EXPECT_TRUE(PasswordMatches(hash, "sesame-1"));
  EXPECT_FALSE(PasswordMatches(hash, "sesame-2"));
  EXPECT_FALSE(PasswordMatches(hash, ""));
  EXPECT_FALSE(PasswordMatches("", "sesame-1"));
  EXPECT_FALSE(PasswordMatches("garbage", "sesame-1"));
}

TEST(PasswordTest, IsSaltedEachTime) { EXPECT_NE(HashPassword("sesame"), HashPassword("sesame")); }

TEST(PasswordPoolTest, HashesAndComparesElsewhere) {
  PasswordPool pool(2);
  std::promise<std::string> hash;
  pool.Hash("sesame-1", [&](std::string encoded) { hash.set_value(std::move(encoded)); });
  const std::string encoded = hash.get_future().get();
  for (const auto& [stored, expected] :
       {std::pair<std::string, bool>{encoded, true}, {std::string(), false}}) {
    std::promise<bool> matches;
    pool.Compare(stored, "sesame-1", [&](bool same) { matches.set_value(same); });
    EXPECT_EQ(matches.get_future().get(), expected);
  }
}

TEST(PasswordPoolTest, FinishesWhatIsQueuedBeforeItGoes) {
  int done = 0;
  {
    PasswordPool pool(1);
    for (int i = 0; i < 3; ++i) pool.Compare("", "x", [&](bool) { ++done; });
  }
  EXPECT_EQ(done, 3);
}

}  // namespace
}  // namespace registry::store
