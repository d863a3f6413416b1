#include "registry/model/registrar.h"

#include <gtest/gtest.h>

namespace registry {
namespace {

TEST(RegistrarTest, MaySellEverythingUnlessItIsLimited) {
  Registrar registrar;
  EXPECT_TRUE(registrar.MaySell("org"));
  registrar.tlds = {"ngo", "ong"};
  EXPECT_TRUE(registrar.MaySell("ong"));
  EXPECT_FALSE(registrar.MaySell("org"));
}

}  // namespace
}  // namespace registry
