#include "registry/ctl/names_file.h"

#include <gmock/gmock.h>

namespace ctl {
namespace {

using registry::ListedLabel;
using testing::ElementsAre;
using testing::Pair;
using Kind = ListedLabel::Kind;

class NamesFileTest : public testing::Test {
 protected:
  NamesFileTest() {
    policy.tld = "org";
    policy.premium_classes["rare"] = {};
  }
  absl::StatusOr<std::vector<NamedLabel>> Parse(std::string_view text) {
    return ParseNamesFile("names.txt", text, policy, usual);
  }
  std::string Error(std::string_view text) { return std::string(Parse(text).status().message()); }

  registry::TldPolicy policy;
  std::optional<ListedLabel> usual;
};

TEST_F(NamesFileTest, HasALabelWithKindAndClassOnEachLine) {
  const auto labels = Parse(
      "# a list\n\nnic reserved\r\nBad\tblocked  # why\ngem premium rare\n"
      "held reserved rare\nb\u00fccher blocked");
  ASSERT_TRUE(labels.ok()) << labels.status();
  EXPECT_THAT(*labels, ElementsAre(Pair("nic", ListedLabel{Kind::kReserved, ""}),
                                   Pair("bad", ListedLabel{Kind::kBlocked, ""}),
                                   Pair("gem", ListedLabel{Kind::kPremium, "rare"}),
                                   Pair("held", ListedLabel{Kind::kReserved, "rare"}),
                                   Pair("xn--bcher-kva", ListedLabel{Kind::kBlocked, ""})));
}

TEST_F(NamesFileTest, TakesWhatIsUsualForALabelAlone) {
  usual = ListedLabel{Kind::kPremium, "rare"};
  const auto labels = Parse("gem\nnic reserved\n");
  ASSERT_TRUE(labels.ok()) << labels.status();
  EXPECT_THAT(*labels, ElementsAre(Pair("gem", ListedLabel{Kind::kPremium, "rare"}),
                                   Pair("nic", ListedLabel{Kind::kReserved, ""})));
}

TEST_F(NamesFileTest, NamesTheLinesThatAreWrong) {
  EXPECT_EQ(Error("gem\n"),
            "names.txt:1: expected a kind behind the label: reserved, blocked or premium");
  EXPECT_EQ(Error("\nwww.gem reserved"), "names.txt:2: not a label: www.gem");
  EXPECT_EQ(Error("g_m reserved"), "names.txt:1: not a label: g_m");
  EXPECT_EQ(Error("gem golden"), "names.txt:1: not a kind (reserved, blocked, premium): golden");
  EXPECT_EQ(Error("gem premium"), "names.txt:1: a premium label needs its class");
  EXPECT_EQ(Error("gem premium gold"), "names.txt:1: the policy of org has no premium_class gold");
  EXPECT_EQ(Error("gem blocked rare"), "names.txt:1: a blocked label has no class");
  EXPECT_EQ(Error("gem premium rare x"), "names.txt:1: expected a label, a kind and a class");
  EXPECT_EQ(Error("gem reserved\nGEM blocked\n-x blocked"),
            "names.txt:2: stands on line 1 too: gem\nnames.txt:3: not a label: -x");
}

TEST_F(NamesFileTest, DoesNotNameThemAll) {
  std::string text;
  for (int i = 0; i < 25; ++i) text += "-x blocked\n";
  EXPECT_THAT(Error(text), testing::EndsWith("names.txt:20: not a label: -x\n... and 5 more"));
}

}  // namespace
}  // namespace ctl
