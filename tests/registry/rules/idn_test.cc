#include "registry/rules/idn.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "registry/base/text.h"
#include "tests/support/paths.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

IdnTable Shipped(const std::string& id) {
  const std::string path = Concat("deploy/idn/", id, ".txt");
  std::ifstream file(tests::SourcePath(path));
  std::stringstream text;
  text << file.rdbuf();
  absl::StatusOr<IdnTable> table = ParseIdnTable(path, text.str());
  EXPECT_TRUE(table.ok()) << table.status();
  return table.ok() ? *std::move(table) : IdnTable();
}

class IdnTest : public testing::Test {
 protected:
  void Offer(std::initializer_list<std::string> ids) {
    for (const std::string& id : ids) scene.directory.Add(Shipped(id));
    scene.ChangePolicy([&](TldPolicy& policy) { policy.idn_tables = ids; });
  }
  // The table, or the reason.
  std::string Judge(std::string_view label, const IdnRequest* request = nullptr) {
    const Outcome<DomainName> name = DomainName::FromUnicode(Concat(label, ".org"));
    EXPECT_TRUE(name.ok()) << label;
    const TldPolicy& policy = *scene.directory.Tld("org");
    const auto table = CheckIdn(request, *name, policy, scene.directory);
    const bool by_a_table = table.ok() || table.rejection().reason.id == kIdnTableAmbiguous.id;
    EXPECT_EQ(request != nullptr || by_a_table,
              MayBeIdn(*name, policy, scene.directory) || request != nullptr)
        << label;
    return table.ok() ? *table : std::string(table.rejection().reason.id);
  }
  std::string Judge(std::string_view label, std::string table, std::string uname = "") {
    const IdnRequest request{std::move(table), std::move(uname)};
    return Judge(label, &request);
  }

  Scene scene;
};

TEST_F(IdnTest, WithoutTablesOnlyAsciiIsRegistered) {
  EXPECT_EQ(Judge("plain"), "");
  EXPECT_EQ(Judge("b\u00FCcher"), "idn-label-in-no-table");
  EXPECT_EQ(Judge("plain", "de"), "idn-table-not-offered");
}

TEST_F(IdnTest, TheOnlyTableThatAllowsTheLabelIsTakenUnasked) {
  Offer({"de", "es", "pl"});
  EXPECT_EQ(Judge("plain"), "") << "ASCII needs none";
  EXPECT_EQ(Judge("\u00F6l"), "de");
  EXPECT_EQ(Judge("\u0142\u00F3d\u017A"), "pl");
  EXPECT_EQ(Judge("\u0441\u043E\u0440"), "idn-label-in-no-table");
  EXPECT_EQ(Judge("ping\u00FCino"), "idn-table-ambiguous") << "German or Spanish";
  EXPECT_EQ(Judge("b\u00FCcher"), "de") << "Spanish has it only between g and e or i";
}

TEST_F(IdnTest, TheTableThatIsAskedForDecides) {
  Offer({"de", "es"});
  EXPECT_EQ(Judge("ping\u00FCino", "es"), "es");
  EXPECT_EQ(Judge("ping\u00FCino", "de"), "de");
  EXPECT_EQ(Judge("plain", "de"), "de");
  EXPECT_EQ(Judge("se\u00F1or", "de"), "idn-label-not-in-table");
  EXPECT_EQ(Judge("b\u00FCcher", "es"), "idn-label-not-in-table") << "a rule of the table";
  EXPECT_EQ(Judge("b\u00FCcher", "pl"), "idn-table-not-offered");
  EXPECT_EQ(Judge("b\u00FCcher", "DE"), "idn-table-not-offered");
}

TEST_F(IdnTest, UnameIsTheNameOrItsLabelInUnicode) {
  Offer({"de"});
  for (const char* uname : {"", "b\u00FCcher", "b\u00FCcher.org"}) {
    EXPECT_EQ(Judge("b\u00FCcher", "de", uname), "de") << uname;
  }
  for (const char* uname : {"xn--bcher-kva", "b\u00FCcher.ngo", "b\u00FCcher.", "B\u00FCcher",
                            "bu\u0308cher", "bucher"}) {
    EXPECT_EQ(Judge("b\u00FCcher", "de", uname), "idn-uname-mismatch") << uname;
  }
}

TEST_F(IdnTest, AnIdnOnlyTldRefusesAscii) {
  Offer({"de"});
  scene.ChangePolicy([](TldPolicy& policy) { policy.idn_only = true; });
  EXPECT_EQ(Judge("plain"), "idn-only");
  EXPECT_EQ(Judge("plain", "de"), "idn-only");
  EXPECT_EQ(Judge("b\u00FCcher"), "de");
}

TEST_F(IdnTest, TheTablesThatWeShipAllowWhatTheyAreFor) {
  const struct {
    const char* table;
    const char* yes;
    const char* no;
  } rows[] = {{"latin", "\u0142\u00F3d\u017A", "\u0441\u043E\u0440"},
              {"de", "stra\u00DFe", "\u00E9t\u00E9"},
              {"es", "se\u00F1or", "stra\u00DFe"},
              {"pl", "\u0142\u00F3d\u017A", "\u00F6l"},
              {"ca", "col\u00B7legi", "stra\u00DFe"},
              {"cyrillic", "\u043F\u0440\u0438\u043C\u0435\u0440", "b\u00FCcher"},
              {"greek", "\u03C0\u03B1\u03C1\u03AC\u03B4\u03B5\u03B9\u03B3\u03BC\u03B1", "\u00F6l"},
              {"arabic", "\u0645\u062B\u0627\u0644", "\u043F\u0440"},
              {"han", "\u4E2D\u570B", "\u043F\u0440"}};
  for (const auto& row : rows) {
    Offer({row.table});
    EXPECT_EQ(Judge(row.yes, row.table), row.table);
    EXPECT_EQ(Judge(row.no, row.table), "idn-label-not-in-table");
    EXPECT_EQ(CheckIdnTables(*scene.directory.Tld("org"), scene.directory), std::nullopt)
        << row.table;
  }
  Offer({"latin", "de", "es", "pl", "ca", "cyrillic", "greek", "arabic", "han"});
  EXPECT_EQ(CheckIdnTables(*scene.directory.Tld("org"), scene.directory), std::nullopt)
      << "all together";
}

TEST_F(IdnTest, ArabicDigitsOfTwoKindsDoNotMix) {
  Offer({"arabic"});
  EXPECT_EQ(Judge("\u0645\u0660\u0661", "arabic"), "arabic");
  EXPECT_EQ(Judge("\u0645\u06F0\u06F1", "arabic"), "arabic");
  EXPECT_FALSE(DomainName::FromUnicode("\u0645\u0660\u06F1.org").ok()) << "IDNA says so as well";
}

// Variants: "strasse" and its like in German.
class IdnVariantsTest : public IdnTest {
 protected:
  IdnVariantsTest() {
    Offer({"de"});
    domain.name = DomainName("xn--strae-oqa.org");
    domain.sponsor = kGold;
    domain.registrant = scene.AddContact("holder").key;
    domain.variant_key = scene.directory.VariantKey(domain.name);
  }
  Domain& Add(std::string_view name) {
    Domain& added = scene.AddDomain(name);
    added.variant_key = scene.directory.VariantKey(added.name);
    return added;
  }
  void Share() {
    scene.ChangePolicy(
        [](TldPolicy& policy) { policy.idn_variants = TldPolicy::Variants::kSameRegistrant; });
  }
  WorkingSet Load() {
    Needs needs;
    needs.domains.push_back({domain.name, Lock::kNone, false, false, /*variants=*/true});
    return scene.Load({needs}, scene.now);
  }
  std::string Judge() {
    const auto follows = CheckVariants(domain, *scene.directory.Tld("org"), Load());
    if (!follows) return std::string(follows.rejection().reason.id);
    return *follows ? "follows" : "leads";
  }
  bool Taken(RegistrarKey asker) {
    scene.asker = asker;
    return VariantTaken(domain.name, *scene.directory.Tld("org"), scene.context(), Load());
  }

  Domain domain;
};

TEST_F(IdnVariantsTest, TheFirstOfASetLeads) {
  EXPECT_EQ(Judge(), "leads");
  Add("other.org");
  EXPECT_EQ(Judge(), "leads");
  EXPECT_FALSE(Taken(kGold));
}

TEST_F(IdnVariantsTest, VariantsAreBlockedByDefault) {
  Add("strasse.org");
  EXPECT_EQ(Judge(), "variant-blocked");
  EXPECT_TRUE(Taken(kGold));
  Share();
  EXPECT_EQ(Judge(), "follows");
  EXPECT_FALSE(Taken(kGold));
}

TEST_F(IdnVariantsTest, SharedOnesAreForOneRegistrantOfOneRegistrar) {
  Share();
  Domain& other = Add("strasse.org");
  domain.registrant = scene.AddContact("another").key;
  EXPECT_EQ(Judge(), "variant-of-another");
  scene.ChangePolicy([](TldPolicy& policy) { policy.data_model = TldPolicy::DataModel::kMinimum; });
  EXPECT_EQ(Judge(), "follows") << "nobody knows the registrant";
  other.sponsor = kSilver;
  EXPECT_EQ(Judge(), "variant-of-another");
  EXPECT_TRUE(Taken(kGold));
  EXPECT_FALSE(Taken(kSilver));
}

TEST_F(IdnVariantsTest, WhoeverFindsNobodyLeadingLeads) {
  Share();
  Domain& other = Add("strasse.org");
  other.variant_follows = true;
  EXPECT_EQ(Judge(), "leads");
}

TEST_F(IdnVariantsTest, ADomainInRedemptionIsInTheWayOneThatIsPurgedIsNot) {
  Domain& other = Add("strasse.org");
  other.phase = DomainPhase::kPendingDelete;
  other.phase_ends = scene.now + absl::Seconds(1);
  EXPECT_EQ(Judge(), "variant-blocked");
  EXPECT_TRUE(Taken(kGold));
  other.phase_ends = scene.now;
  EXPECT_FALSE(Taken(kGold));
  EXPECT_EQ(Judge(), "variant-blocked") << "its row has not made room yet";
}

}  // namespace
}  // namespace registry
