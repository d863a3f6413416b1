#include "registry/ctl/registrar_options.h"

#include <gmock/gmock.h>

#include "registry/types/reasons.h"

namespace ctl {
namespace {

using registry::RegistrarId;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

registry::RegistrarUpdate Parsed(const RegistrarOptions& options) {
  const auto update = options.Parse(RegistrarId("gold"));
  EXPECT_TRUE(update.ok());
  return update.ok() ? *update : registry::RegistrarUpdate();
}

std::string_view ErrorOf(const RegistrarOptions& options) {
  const auto update = options.Parse(RegistrarId("gold"));
  return update.ok() ? "right" : update.rejection().reason.id;
}

TEST(RegistrarOptionsTest, ChangeNothingThatWasNotGiven) { EXPECT_TRUE(Parsed({}).empty()); }

TEST(RegistrarOptionsTest, AreWrittenAsTheRegistryKeepsThem) {
  RegistrarOptions options;
  options.country = "ca";
  options.rdap_base = "https://rdap.example";
  options.credit_limit = "12.50";
  options.tlds = {"ORG"};
  options.street = {"1 Main St", ""};
  const auto update = Parsed(options);
  EXPECT_THAT(update.country, Optional(std::string("CA")));
  EXPECT_THAT(update.rdap_base, Optional(std::string("https://rdap.example/")));
  EXPECT_THAT(update.credit_limit, Optional(registry::Money{1250}));
  EXPECT_THAT(update.tlds, Optional(ElementsAre("org")));
  EXPECT_THAT(update.street, Optional(ElementsAre("1 Main St")));
}

TEST(RegistrarOptionsTest, TakeAMemberAwayIfTheyAreEmpty) {
  RegistrarOptions options;
  options.fax = "";
  options.rdap_base = "";
  options.street = {""};
  options.all_tlds = true;
  const auto update = Parsed(options);
  EXPECT_THAT(update.fax, Optional(std::string()));
  EXPECT_THAT(update.rdap_base, Optional(std::string()));
  EXPECT_THAT(update.street, Optional(IsEmpty()));
  EXPECT_THAT(update.tlds, Optional(IsEmpty()));
}

TEST(RegistrarOptionsTest, RefuseWhatIsMalformed) {
  EXPECT_EQ(ErrorOf({.phone = "555"}), registry::kPhoneSyntax.id);
  EXPECT_EQ(ErrorOf({.country = "XX"}), registry::kCountrySyntax.id);
  EXPECT_EQ(ErrorOf({.email = "nobody"}), registry::kEmailSyntax.id);
  EXPECT_EQ(ErrorOf({.credit_limit = "many"}), registry::kMoneySyntax.id);
  EXPECT_EQ(ErrorOf({.credit_limit = "1000000000000"}), registry::kMoneyRange.id);
}

}  // namespace
}  // namespace ctl
