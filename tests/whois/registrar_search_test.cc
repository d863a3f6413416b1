#include "whois/registrar_search.h"

#include <gtest/gtest.h>

namespace whois {
namespace {

registry::Registrar Make(int key, std::string_view id, std::string_view name, int iana_id) {
  registry::Registrar registrar;
  registrar.key = registry::RegistrarKey{key};
  registrar.id = registry::RegistrarId(id);
  registrar.name = name;
  registrar.iana_id = iana_id;
  return registrar;
}

class RegistrarSearchTest : public testing::Test {
 protected:
  RegistrarSearchTest() {
    directory_.Add(Make(1, "one", "Registrar One, Inc.", 3878));
    directory_.Add(Make(2, "two", "3878", 42));
    directory_.Add(Make(3, "three", "Three", 0));
    directory_.Add(Make(4, "four", "", 0));
  }
  // The key found, 0 for none.
  int Find(std::string_view text) const {
    const registry::Registrar* found = FindRegistrar(directory_, text);
    return found == nullptr ? 0 : registry::Number(found->key);
  }

 private:
  registry::Directory directory_;
};

TEST_F(RegistrarSearchTest, FindsByIanaIdBeforeName) {
  EXPECT_EQ(Find("3878"), 1);
  EXPECT_EQ(Find("42"), 2);
}

TEST_F(RegistrarSearchTest, FindsByNameInAnyCase) {
  EXPECT_EQ(Find("registrar ONE, inc."), 1);
  EXPECT_EQ(Find("Registrar One"), 0);
}

TEST_F(RegistrarSearchTest, FindsByEppIdentifierOnlyWhereThereIsNoIanaId) {
  EXPECT_EQ(Find("four"), 4);
  EXPECT_EQ(Find("FOUR"), 0);
  EXPECT_EQ(Find("one"), 0);
}

TEST_F(RegistrarSearchTest, DoesNotFindWhatIsNotThere) {
  EXPECT_EQ(Find("0"), 0);
  EXPECT_EQ(Find("03878"), 0);
  EXPECT_EQ(Find("-1"), 0);
}

}  // namespace
}  // namespace whois
