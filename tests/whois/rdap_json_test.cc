#include "whois/rdap_json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <iterator>
#include <set>
#include <string>

#include "tests/whois/golden.h"
#include "tests/whois/sample_registry.h"
#include "whois/redacted.h"

namespace whois {
namespace {

namespace json = boost::json;
using registry::DomainName;

class RdapJsonTest : public testing::Test {
 protected:
  RdapPage Page(std::string_view path) const {
    RdapPage page;
    page.base = "https://rdap.registry.example";
    page.request_url = page.base + std::string(path);
    page.terms_url = "https://registry.example/rdap-terms";
    page.as_of = registry_.now;
    return page;
  }
  DomainView Domain(std::string_view name) {
    registry::DomainLookup lookup;
    lookup.name = DomainName(name);
    return ViewOf(*registry_.Run(lookup), registry_.directory);
  }
  std::string DomainJson(std::string_view name) {
    return RdapJson(Domain(name), Page("/domain/" + std::string(name)));
  }
  HostView Host(std::string_view name) {
    registry::HostLookup lookup;
    lookup.name = DomainName(name);
    return ViewOf(registry_.Run(lookup)->hosts.front(), registry_.directory);
  }
  RegistrarView Registrar(registry::RegistrarKey key) {
    return ViewOf(*registry_.directory.Registrar(key));
  }
  void ExpectJson(std::string_view file, const std::string& text) {
    tests::ExpectGolden("rdap/" + std::string(file), tests::PrettyJson(text));
  }

  tests::SampleRegistry registry_;
};

TEST_F(RdapJsonTest, Domain) { ExpectJson("domain.json", DomainJson("samplewell.org")); }

TEST_F(RdapJsonTest, DomainWithoutContactsAndNameServers) {
  RdapPage page = Page("/domain/minimal.org");
  page.port43 = "whois.registry.example";
  ExpectJson("domain_minimal.json", RdapJson(Domain("minimal.org"), page));
}

TEST_F(RdapJsonTest, DomainInRedemptionWithEverythingWithheld) {
  ExpectJson("domain_redemption.json", DomainJson("lapsed.org"));
}

TEST_F(RdapJsonTest, DomainWithDisclosedContacts) {
  ExpectJson("domain_disclosed.json", DomainJson("xn--bcher-kva.org"));
}

TEST_F(RdapJsonTest, NameServer) {
  ExpectJson("nameserver.json",
             RdapJson(Host("ns1.samplewell.org"), Page("/nameserver/ns1.samplewell.org")));
}

TEST_F(RdapJsonTest, ExternalNameServerWithAnInternationalName) {
  ExpectJson("nameserver_external.json", RdapJson(Host("ns.xn--bcher-kva.example"),
                                                  Page("/nameserver/ns.b%C3%BCcher.example")));
}

TEST_F(RdapJsonTest, Registrar) {
  ExpectJson("registrar.json", RdapJson(Registrar(registry::kGold), Page("/entity/3878")));
}

TEST_F(RdapJsonTest, RegistrarOfWhichLittleIsKnown) {
  ExpectJson("registrar_bare.json", RdapJson(Registrar(registry::kSilver), Page("/entity/silver")));
}

TEST_F(RdapJsonTest, Contact) {
  registry::ContactLookup lookup;
  lookup.key = registry::ContactKey{9001};
  const auto view = ViewOf(*registry_.Run(lookup), registry_.directory);
  ExpectJson("contact.json", RdapJson(*view, Page("/entity/C9001-LROR")));
}

TEST_F(RdapJsonTest, Help) { ExpectJson("help.json", RdapHelpJson(Page("/help"))); }

TEST_F(RdapJsonTest, Error) {
  const RdapError error{404, "Not Found", "The registry has no such object."};
  ExpectJson("error.json", RdapJson(error, Page("/domain/nobody.org")));
}

TEST_F(RdapJsonTest, NothingCanBeTakenForMarkup) {
  const std::string text = DomainJson("xn--bcher-kva.org");
  EXPECT_EQ(text.find('<'), std::string::npos);
  EXPECT_NE(text.find("B\u00fccher \\u003cGmbH>"), std::string::npos) << text;
}

TEST_F(RdapJsonTest, RegistrarsForTestsAndForTheRegistryItselfAreNotReferredTo) {
  DomainView domain = Domain("samplewell.org");
  for (int id : {9994, 9999}) {
    domain.registrar.iana_id = id;
    EXPECT_EQ(RdapJson(domain, Page("/")).find("\"related\""), std::string::npos) << id;
  }
  domain.registrar.iana_id = 9993;
  EXPECT_NE(RdapJson(domain, Page("/")).find("\"related\""), std::string::npos);
}

TEST_F(RdapJsonTest, ConformanceNamesRedactionOnlyWhereSomethingIsRedacted) {
  EXPECT_NE(DomainJson("samplewell.org").find("\"redacted\"]"), std::string::npos);
  EXPECT_EQ(DomainJson("minimal.org").find("redacted"), std::string::npos);
}

// What the entity of a role has: "handle", and its card's properties, "telvoice" and "telfax"
// apart.
std::set<std::string> PartsOf(const json::object& body, std::string_view role) {
  std::set<std::string> parts;
  for (const json::value& entity : body.at("entities").as_array()) {
    if (entity.at("roles").at(0).as_string() != json::string(role)) continue;
    if (entity.as_object().contains("handle")) parts.insert("handle");
    for (const json::value& property : entity.at("vcardArray").at(1).as_array()) {
      std::string part(property.at(0).as_string());
      const json::value* kind = property.at(1).as_object().if_contains("type");
      if (kind != nullptr) part += std::string(kind->as_string());
      parts.insert(std::move(part));
    }
  }
  return parts;
}

struct Redacted {
  std::string_view name;  // without the role
  std::string_view part;  // of PartsOf
  bool stays;             // empty, but in its place
};
constexpr Redacted kRedacted[] = {
    {" ID", "handle", false},        {" Name", "fn", true},
    {" Organization", "org", false}, {" Street", "adr", true},
    {" City", "adr", true},          {" Postal Code", "adr", true},
    {" Phone", "telvoice", false},   {" Phone Ext", "telvoice", false},
    {" Fax", "telfax", false},       {" Fax Ext", "telfax", false},
    {" Email", "email", false},
};

// RFC 9537 section 4: the path of a removal finds nothing in our own answer, the others find
// something.
TEST_F(RdapJsonTest, TheListOfRedactionsAgreesWithTheAnswer) {
  for (std::string_view name : {"samplewell.org", "lapsed.org", "xn--bcher-kva.org"}) {
    const json::object body = json::parse(DomainJson(name)).as_object();
    std::set<std::string> seen;
    for (const json::value& entry : body.at("redacted").as_array()) {
      const std::string type(entry.at("name").at("type").as_string());
      EXPECT_TRUE(seen.insert(type).second) << type << " twice in " << name;
      const bool tech = type.find("Tech") != std::string::npos;
      const auto* rule = std::find_if(std::begin(kRedacted), std::end(kRedacted),
                                      [&](const Redacted& r) { return type.ends_with(r.name); });
      ASSERT_NE(rule, std::end(kRedacted)) << type;
      const std::set<std::string> parts = PartsOf(body, tech ? "technical" : "registrant");
      EXPECT_EQ(parts.contains(std::string(rule->part)), rule->stays) << type << " of " << name;
      EXPECT_EQ(entry.at("method").as_string(), rule->stays ? "emptyValue" : "removal") << type;
      EXPECT_TRUE(entry.as_object().contains(rule->stays ? "postPath" : "prePath")) << type;
    }
    EXPECT_FALSE(seen.empty()) << name;
  }
}

}  // namespace
}  // namespace whois
