#include "registry/model/directory.h"

#include <gtest/gtest.h>

namespace registry {
namespace {

registry::Registrar Named(int key, std::string_view id) {
  registry::Registrar registrar;
  registrar.key = RegistrarKey{key};
  registrar.id = RegistrarId(id);
  return registrar;
}

TldPolicy Policy(std::string tld) {
  TldPolicy policy;
  policy.tld = std::move(tld);
  return policy;
}

TEST(DirectoryTest, FindsTldsByName) {
  Directory directory;
  directory.Add(Policy("org"));
  directory.Add(Policy("ngo"));
  ASSERT_NE(directory.Tld("org"), nullptr);
  EXPECT_EQ(directory.Tld("org")->tld, "org");
  EXPECT_EQ(directory.Tld("ong"), nullptr);
  ASSERT_EQ(directory.tlds().size(), 2u);
  EXPECT_EQ(directory.tlds()[0]->tld, "ngo");
  EXPECT_EQ(directory.tlds()[1]->tld, "org");
}

TEST(DirectoryTest, FindsRegistrarsByKeyAndById) {
  Directory directory;
  directory.Add(Named(2, "silver"));
  directory.Add(Named(1, "gold"));
  ASSERT_NE(directory.Registrar(RegistrarKey{1}), nullptr);
  EXPECT_EQ(directory.Registrar(RegistrarKey{1})->id, RegistrarId("gold"));
  ASSERT_NE(directory.Registrar(RegistrarId("silver")), nullptr);
  EXPECT_EQ(directory.Registrar(RegistrarId("silver"))->key, RegistrarKey{2});
  EXPECT_EQ(directory.Registrar(RegistrarKey{3}), nullptr);
  EXPECT_EQ(directory.Registrar(RegistrarId("bronze")), nullptr);
  ASSERT_EQ(directory.registrars().size(), 2u);
  EXPECT_EQ(directory.registrars()[0]->key, RegistrarKey{1});
}

TEST(DirectoryTest, NamesRegistrarsOnly) {
  Directory directory;
  directory.Add(Named(1, "gold"));
  EXPECT_EQ(directory.RegistrarText(RegistrarKey{1}), "gold");
  EXPECT_EQ(directory.RegistrarText(RegistrarKey{2}), "");
  for (RegistrarKey key : {kNoRegistrar, kOperator, kLifecycle, kPublic}) {
    EXPECT_EQ(directory.RegistrarText(key), "");
  }
}

TEST(DirectoryTest, ReplacesWhatItKnows) {
  Directory directory;
  directory.Add(Named(1, "gold"));
  directory.Add(Named(1, "platinum"));
  EXPECT_EQ(directory.Registrar(RegistrarId("gold")), nullptr);
  EXPECT_EQ(directory.RegistrarText(RegistrarKey{1}), "platinum");
  EXPECT_EQ(directory.registrars().size(), 1u);

  TldPolicy changed = Policy("org");
  changed.longest_years = 5;
  directory.Add(Policy("org"));
  directory.Add(changed);
  EXPECT_EQ(directory.Tld("org")->longest_years, 5);
}

}  // namespace
}  // namespace registry
